/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A desk in one code. It is the first thing that a laptop ever hears of its scanner, so it must survive
 * all that a scanner which nobody has set up does to it: letters and digits only, in either case (Caps
 * Lock), and with y and z exchanged (a US scanner at a German layout) it is still known by its prefix and
 * its checksum. The format is in docs/setup-code.md. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-setup-code.h"

#include "foyer-connect-input.h"
#include "foyer-error.h"
#include "foyer-secrets.h"

#include <glib/gi18n.h>
#include <string.h>

#define PREFIX "FOYER"
#define PREFIX_SWAPPED "FOZER"
#define VERSION '1'
#define HEAD_LENGTH 6
#define CHECKSUM_BYTES 4
#define MAX_PAYLOAD 900
#define MAX_TEXT 4096
#define MAX_LISTS 16
#define MAX_NAME_BYTES 120
#define GROUP 5

/* RFC 4648. Its 0, 1 and 8 are no letters of it, so they can be read as what they look like. */
static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* In the order in which they stand in a code. Numbers never change; new ones come at the end. */
typedef enum
{
  FIELD_SERVICE = 1,
  FIELD_ADDRESS,
  FIELD_TOKEN,
  FIELD_ORGANIZER,
  FIELD_EVENT,
  FIELD_SUBEVENT,
  FIELD_LIST,
  FIELD_GATE,
  FIELD_DESK,
  FIELD_GOOD_UNTIL,
} Field;

G_DEFINE_BOXED_TYPE (FoyerSetupCode, foyer_setup_code, foyer_setup_code_ref, foyer_setup_code_unref)

/**
 * foyer_setup_code_new:
 *
 * Returns: (transfer full): an empty value, to be filled in by its maker before anybody else sees it
 */
FoyerSetupCode *
foyer_setup_code_new (void)
{
  FoyerSetupCode *self = g_rc_box_new0 (FoyerSetupCode);

  self->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->good_until = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_setup_code_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerSetupCode *
foyer_setup_code_ref (FoyerSetupCode *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  FoyerSetupCode *self = data;

  foyer_secrets_wipe (self->token);
  g_free (self->service);
  g_free (self->address);
  g_free (self->organizer);
  g_free (self->event);
  g_free (self->gate);
  g_free (self->desk);
  g_array_unref (self->lists);
}

/**
 * foyer_setup_code_unref:
 * @self: (transfer full): a value
 */
void
foyer_setup_code_unref (FoyerSetupCode *self)
{
  g_rc_box_release_full (self, clear);
}

/* --- writing ------------------------------------------------------------------------------------- */

static void
add_bytes (GByteArray *payload, Field field, gconstpointer bytes, gsize length)
{
  const guint8 head[] = { (guint8)field, (guint8)length };

  g_byte_array_append (payload, head, sizeof head);
  g_byte_array_append (payload, bytes, (guint)length);
}

static void
add_text (GByteArray *payload, Field field, const char *text)
{
  if (text != NULL && *text != '\0')
    add_bytes (payload, field, text, strlen (text));
}

/* Big end first, without leading zeros. */
static void
add_number (GByteArray *payload, Field field, guint64 number)
{
  guint8 bytes[8];
  gsize length = 0;

  for (int shift = 56; shift >= 0; shift -= 8)
    {
      guint8 byte = (guint8)(number >> shift);

      if (length > 0 || byte != 0)
        bytes[length++] = byte;
    }
  if (length > 0)
    add_bytes (payload, field, bytes, length);
}

static void
add_checksum (GByteArray *payload)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (sum, payload->data, payload->len);
  g_checksum_get_digest (sum, digest, &length);
  g_byte_array_append (payload, digest, CHECKSUM_BYTES);
}

static char *
encode (const GByteArray *payload)
{
  GString *text = g_string_sized_new (HEAD_LENGTH + payload->len * 8 / 5 + 2);
  guint buffer = 0;
  guint bits = 0;

  g_string_append (text, PREFIX);
  g_string_append_c (text, VERSION);
  for (guint i = 0; i < payload->len; i++)
    {
      buffer = (buffer << 8 | payload->data[i]) & 0xffff;
      for (bits += 8; bits >= 5; bits -= 5)
        g_string_append_c (text, alphabet[buffer >> (bits - 5) & 31]);
    }
  if (bits > 0)
    g_string_append_c (text, alphabet[buffer << (5 - bits) & 31]);
  return g_string_free (text, FALSE);
}

static void
wipe_payload (GByteArray *payload)
{
  if (payload->len > 0)
    explicit_bzero (payload->data, payload->len);
  g_byte_array_unref (payload);
}

/* --- what may stand in one ------------------------------------------------------------------------ */

static gboolean
is_slug (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-_.", *c) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_name (const char *text)
{
  if (strlen (text) > MAX_NAME_BYTES || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

static gboolean
check_values (const FoyerSetupCode *self, GError **error)
{
  g_autofree char *clean = foyer_connect_input_clean_address (self->address);
  const char *bad = NULL;

  if (self->service == NULL || self->address == NULL || self->token == NULL)
    bad = "service, address or token is missing";
  else if (!g_str_equal (clean, self->address))
    bad = "address";
  else if (self->organizer != NULL && !is_slug (self->organizer))
    bad = "organizer";
  else if (self->event != NULL && !is_slug (self->event))
    bad = "event";
  else if (self->gate != NULL && !is_name (self->gate))
    bad = "gate";
  else if (self->desk != NULL && !is_name (self->desk))
    bad = "desk";
  else if (self->lists->len > MAX_LISTS)
    bad = "too many lists";
  if (bad != NULL)
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, bad,
                       _ ("This set-up code holds something that cannot be used."));
      return FALSE;
    }
  if (!g_str_equal (self->service, "pretix"))
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "unknown service",
                       _ ("Foyer does not know this kind of service."));
      return FALSE;
    }
  return foyer_connect_input_validate (self->address, self->token, FALSE, error);
}

/**
 * foyer_setup_code_to_text:
 * @self: a desk
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the code, capital letters and digits only; it holds the token, so it
 *   is to be wiped. %NULL with %FOYER_ERROR_INVALID if a value cannot stand in one
 */
char *
foyer_setup_code_to_text (const FoyerSetupCode *self, GError **error)
{
  GByteArray *payload;
  char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!check_values (self, error))
    return NULL;

  payload = g_byte_array_new ();
  add_text (payload, FIELD_SERVICE, self->service);
  add_text (payload, FIELD_ADDRESS, self->address);
  add_text (payload, FIELD_TOKEN, self->token);
  add_text (payload, FIELD_ORGANIZER, self->organizer);
  add_text (payload, FIELD_EVENT, self->event);
  add_number (payload, FIELD_SUBEVENT, (guint64)MAX (self->subevent, 0));
  for (guint i = 0; i < self->lists->len; i++)
    add_number (payload, FIELD_LIST, (guint64)MAX (g_array_index (self->lists, gint64, i), 0));
  add_text (payload, FIELD_GATE, self->gate);
  add_text (payload, FIELD_DESK, self->desk);
  if (self->good_until != FOYER_TIME_NONE)
    add_number (payload, FIELD_GOOD_UNTIL, (guint64)MAX (self->good_until / FOYER_SECOND, 0));
  add_checksum (payload);
  if (payload->len > MAX_PAYLOAD || strlen (self->address) > 255)
    foyer_error_set (error, FOYER_ERROR_INVALID, "too long",
                     _ ("This is too long for one code. Use shorter names."));
  else
    text = encode (payload);
  wipe_payload (payload);
  return text;
}

/**
 * foyer_setup_code_group:
 * @text: a code
 *
 * Returns: (transfer full): the code in groups of five, as people read it out
 */
char *
foyer_setup_code_group (const char *text)
{
  GString *grouped = g_string_new (NULL);

  for (gsize i = 0; text[i] != '\0'; i++)
    {
      if (i == HEAD_LENGTH || (i > HEAD_LENGTH && (i - HEAD_LENGTH) % GROUP == 0))
        g_string_append_c (grouped, ' ');
      g_string_append_c (grouped, text[i]);
    }
  return g_string_free (grouped, FALSE);
}

/**
 * foyer_setup_code_free_text:
 * @text: (transfer full) (nullable): a code as text
 *
 * Overwrites and frees it: it holds a token.
 */
void
foyer_setup_code_free_text (char *text)
{
  foyer_secrets_wipe (text);
}

/* --- reading ------------------------------------------------------------------------------------- */

/* Capitals, without what people or a page put between the groups; %NULL if it can be no code. */
static char *
normalize (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  GString *plain;

  if (length == 0 || length > MAX_TEXT)
    return NULL;

  plain = g_string_sized_new (length);
  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_isspace (*c) || *c == '-')
        continue;
      if (!g_ascii_isalnum (*c))
        {
          foyer_secrets_wipe (g_string_free (plain, FALSE));
          return NULL;
        }
      g_string_append_c (plain, g_ascii_toupper (*c));
    }
  if (g_str_has_prefix (plain->str, PREFIX_SWAPPED))
    for (gsize i = 0; i < plain->len; i++)
      plain->str[i] = plain->str[i] == 'Z' ? 'Y' : plain->str[i] == 'Y' ? 'Z' : plain->str[i];
  if (!g_str_has_prefix (plain->str, PREFIX))
    {
      foyer_secrets_wipe (g_string_free (plain, FALSE));
      return NULL;
    }
  return g_string_free (plain, FALSE);
}

/**
 * foyer_setup_code_is_like:
 * @text: (nullable): what was scanned, pasted or typed
 *
 * Returns: whether it begins as a set-up code does, right or wrong
 */
gboolean
foyer_setup_code_is_like (const char *text)
{
  char *plain = normalize (text);
  gboolean like = plain != NULL && strlen (plain) > HEAD_LENGTH;

  foyer_secrets_wipe (plain);
  return like;
}

static int
value_of (char letter)
{
  const char *found;

  if (letter == '0')
    letter = 'O';
  else if (letter == '1')
    letter = 'I';
  else if (letter == '8')
    letter = 'B';
  found = strchr (alphabet, letter);
  return found != NULL && letter != '\0' ? (int)(found - alphabet) : -1;
}

static GByteArray *
decode (const char *body)
{
  GByteArray *payload = g_byte_array_new ();
  guint buffer = 0;
  guint bits = 0;

  for (const char *c = body; *c != '\0'; c++)
    {
      int value = value_of (*c);
      guint8 byte;

      if (value < 0)
        goto bad;
      buffer = (buffer << 5 | (guint)value) & 0xffff;
      bits += 5;
      if (bits < 8)
        continue;
      bits -= 8;
      byte = (guint8)(buffer >> bits);
      g_byte_array_append (payload, &byte, 1);
    }

  /* What is left over is less than a letter, and nothing. */
  if (bits < 5 && (buffer & ((1u << bits) - 1)) == 0)
    return payload;

bad:
  wipe_payload (payload);
  return NULL;
}

static gboolean
has_checksum (const GByteArray *payload)
{
  GByteArray *again;
  gboolean same;

  if (payload->len <= CHECKSUM_BYTES || payload->len > MAX_PAYLOAD)
    return FALSE;

  again = g_byte_array_new ();
  g_byte_array_append (again, payload->data, payload->len - CHECKSUM_BYTES);
  add_checksum (again);
  same = memcmp (again->data, payload->data, payload->len) == 0;
  wipe_payload (again);
  return same;
}

static gboolean
take_text (char **slot, const guint8 *bytes, gsize length)
{
  if (length == 0 || memchr (bytes, '\0', length) != NULL
      || !g_utf8_validate ((const char *)bytes, (gssize)length, NULL))
    return FALSE;

  *slot = g_strndup ((const char *)bytes, length);
  return TRUE;
}

static gboolean
take_number (gint64 *slot, const guint8 *bytes, gsize length)
{
  guint64 number = 0;

  if (length == 0 || length > 8 || bytes[0] == 0)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    number = number << 8 | bytes[i];
  if (number > G_MAXINT64)
    return FALSE;

  *slot = (gint64)number;
  return TRUE;
}

static gboolean
take_field (FoyerSetupCode *self, Field field, const guint8 *bytes, gsize length)
{
  gint64 number;

  switch (field)
    {
    case FIELD_SERVICE:
      return take_text (&self->service, bytes, length);
    case FIELD_ADDRESS:
      return take_text (&self->address, bytes, length);
    case FIELD_TOKEN:
      return take_text (&self->token, bytes, length);
    case FIELD_ORGANIZER:
      return take_text (&self->organizer, bytes, length);
    case FIELD_EVENT:
      return take_text (&self->event, bytes, length);
    case FIELD_SUBEVENT:
      return take_number (&self->subevent, bytes, length);
    case FIELD_LIST:
      if (!take_number (&number, bytes, length))
        return FALSE;
      g_array_append_val (self->lists, number);
      return TRUE;
    case FIELD_GATE:
      return take_text (&self->gate, bytes, length);
    case FIELD_DESK:
      return take_text (&self->desk, bytes, length);
    case FIELD_GOOD_UNTIL:
      if (!take_number (&number, bytes, length) || number > G_MAXINT64 / FOYER_SECOND)
        return FALSE;
      self->good_until = number * FOYER_SECOND;
      return TRUE;
    }

  return FALSE;
}

/* Each field once (a list as often as it likes), in order: there is one way to write a code. */
static gboolean
take_fields (FoyerSetupCode *self, const GByteArray *payload)
{
  gsize end = payload->len - CHECKSUM_BYTES;
  gsize at = 0;
  guint last = 0;

  while (at < end)
    {
      guint field = payload->data[at];
      gsize length;

      if (end - at < 2)
        return FALSE;
      length = payload->data[at + 1];
      at += 2;
      if (length > end - at || field < last || (field == last && field != FIELD_LIST))
        return FALSE;
      if (!take_field (self, (Field)field, payload->data + at, length))
        return FALSE;
      last = field;
      at += length;
    }
  return TRUE;
}

static FoyerSetupCode *
read_plain (const char *plain, GError **error)
{
  g_autoptr (FoyerSetupCode) self = NULL;
  GByteArray *payload;
  gboolean whole;

  if (plain[HEAD_LENGTH - 1] != VERSION)
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "unknown version",
                       _ ("This set-up code was made by another version of Foyer."));
      if (error != NULL)
        foyer_error_set_hint (*error, _ ("Update Foyer on both laptops, then make a new code."));
      return NULL;
    }

  payload = decode (plain + HEAD_LENGTH);
  if (payload == NULL || !has_checksum (payload))
    {
      g_clear_pointer (&payload, wipe_payload);
      foyer_error_set (error, FOYER_ERROR_INVALID, "checksum",
                       _ ("The set-up code is not complete, or a letter of it is wrong."));
      if (error != NULL)
        foyer_error_set_hint (*error, _ ("Scan it again, or compare it with the page."));
      return NULL;
    }

  self = foyer_setup_code_new ();
  whole = take_fields (self, payload);
  wipe_payload (payload);
  if (!whole)
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "fields",
                       _ ("This set-up code holds something that cannot be used."));
      return NULL;
    }
  return check_values (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * foyer_setup_code_parse:
 * @text: (nullable): what was scanned, pasted or typed; blanks and hyphens between its letters do not matter
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the desk in it, or %NULL with %FOYER_ERROR_INVALID and a sentence
 */
FoyerSetupCode *
foyer_setup_code_parse (const char *text, GError **error)
{
  char *plain = normalize (text);
  FoyerSetupCode *self;

  if (plain == NULL || strlen (plain) < HEAD_LENGTH)
    {
      foyer_secrets_wipe (plain);
      foyer_error_set (error, FOYER_ERROR_INVALID, "no prefix",
                       _ ("This is not a set-up code. One begins with FOYER1."));
      return NULL;
    }

  self = read_plain (plain, error);
  foyer_secrets_wipe (plain);
  return self;
}

/**
 * foyer_setup_code_check_time:
 * @self: a desk
 * @now: the laptop's clock
 * @error: return location
 *
 * Returns: whether it may still be used; else %FALSE with %FOYER_ERROR_INVALID
 */
gboolean
foyer_setup_code_check_time (const FoyerSetupCode *self, FoyerTime now, GError **error)
{
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *when = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->good_until == FOYER_TIME_NONE || now <= self->good_until)
    return TRUE;

  until = g_date_time_new_from_unix_utc (self->good_until / FOYER_SECOND);
  local = until != NULL ? g_date_time_to_local (until) : NULL;
  when = local != NULL ? g_date_time_format (local, _ ("%-d %B %Y, %H:%M")) : g_strdup ("?");
  foyer_error_set (error, FOYER_ERROR_INVALID, "expired", _ ("This set-up code was good until %s."),
                   when);
  if (error != NULL)
    foyer_error_set_hint (
        *error, _ ("Ask the organiser for a new one. If it should still be good, look at the clock "
                   "of this laptop."));
  return FALSE;
}
