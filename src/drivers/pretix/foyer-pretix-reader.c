/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all mappers need: the choice of a language, and the reading of single values. New keys may
 * appear at any time and old ones may be absent, so whatever can be done without is read as absent
 * when it has another type than expected; what cannot, rejects its record. */

#define G_LOG_DOMAIN "foyer-pretix"

#include "config.h"

#include "foyer-pretix-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "foyer-json.h"

G_DEFINE_BOXED_TYPE (FoyerPretixReader,
                     foyer_pretix_reader,
                     foyer_pretix_reader_ref,
                     foyer_pretix_reader_unref)

/* `de_AT.UTF-8@euro` -> `de-at`; NULL for what names no language. */
static char *
language_of_locale (const char *locale)
{
  gsize length = strcspn (locale, ".@");
  char *language;

  if (length == 0 || length > 35 || g_ascii_strncasecmp (locale, "C", length) == 0
      || g_ascii_strncasecmp (locale, "POSIX", length) == 0)
    return NULL;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (locale[i]) && locale[i] != '-' && locale[i] != '_')
      return NULL;

  language = g_ascii_strdown (locale, (gssize)length);
  return g_strdelimit (language, "_", '-');
}

static void
add_language (GPtrArray *languages, const char *locale)
{
  g_autofree char *language = locale != NULL ? language_of_locale (locale) : NULL;

  if (language != NULL
      && !g_ptr_array_find_with_equal_func (languages, language, g_str_equal, NULL))
    g_ptr_array_add (languages, g_steal_pointer (&language));
}

/**
 * foyer_pretix_reader_new:
 * @locales: the reader's, best first, as g_get_language_names() gives them
 * @event_locale: (nullable): the event's own, if known: tried before English
 *
 * Returns: (transfer full): a reader
 */
FoyerPretixReader *
foyer_pretix_reader_new (const char *const *locales, const char *event_locale)
{
  FoyerPretixReader *self = g_atomic_rc_box_new0 (FoyerPretixReader);
  g_autoptr (GPtrArray) languages = g_ptr_array_new ();

  for (gsize i = 0; locales != NULL && locales[i] != NULL; i++)
    add_language (languages, locales[i]);
  add_language (languages, event_locale);
  add_language (languages, "en");
  g_ptr_array_add (languages, NULL);
  self->languages = (GStrv)g_ptr_array_free (g_steal_pointer (&languages), FALSE);
  return self;
}

/**
 * foyer_pretix_reader_ref:
 * @self: a reader
 *
 * Returns: (transfer full): @self
 */
FoyerPretixReader *
foyer_pretix_reader_ref (FoyerPretixReader *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
foyer_pretix_reader_clear (gpointer data)
{
  FoyerPretixReader *self = data;

  g_strfreev (self->languages);
}

/**
 * foyer_pretix_reader_unref:
 * @self: (transfer full): a reader
 */
void
foyer_pretix_reader_unref (FoyerPretixReader *self)
{
  g_atomic_rc_box_release_full (self, foyer_pretix_reader_clear);
}

/**
 * foyer_pretix_reader_dup_accept_language:
 * @self: a reader
 *
 * Returns: (transfer full): the value of an `Accept-Language` header
 */
char *
foyer_pretix_reader_dup_accept_language (FoyerPretixReader *self)
{
  GString *value = g_string_new (NULL);

  for (guint i = 0; self->languages[i] != NULL && i < 9; i++)
    {
      if (i == 0)
        g_string_append (value, self->languages[i]);
      else
        g_string_append_printf (value, ", %s;q=0.%u", self->languages[i], 9 - i);
    }

  return g_string_free (value, FALSE);
}

/**
 * foyer_pretix_reader_get_text:
 * @self: a reader
 * @object: an object of pretix's
 * @member: a member that pretix may say in several languages: `{"en": "...", "de": "..."}`; a plain
 *   text is taken as it is
 *
 * The reader's language comes first, then the event's, then English, then any, since a text in a
 * strange language says more than none. Empty texts are passed over.
 *
 * Returns: (transfer none) (nullable): the text, or %NULL if there is none in any language
 */
const char *
foyer_pretix_reader_get_text (FoyerPretixReader *self, JsonObject *object, const char *member)
{
  JsonObject *texts = foyer_json_get_object (object, member);
  const char *text;
  g_autoptr (GList) names = NULL;

  if (texts == NULL)
    {
      text = foyer_json_get_string (object, member);
      return text != NULL && *text != '\0' ? text : NULL;
    }

  names = json_object_get_members (texts);
  for (guint i = 0; self->languages[i] != NULL; i++)
    for (const GList *l = names; l != NULL; l = l->next)
      if (g_ascii_strcasecmp (l->data, self->languages[i]) == 0
          && (text = foyer_json_get_string (texts, l->data)) != NULL && *text != '\0')
        return text;

  for (const GList *l = names; l != NULL; l = l->next)
    if ((text = foyer_json_get_string (texts, l->data)) != NULL && *text != '\0')
      return text;

  return NULL;
}

/**
 * foyer_pretix_read_id:
 * @object: (nullable): an object
 * @member: name of the member
 * @id: (out): the id
 * @error: return location
 *
 * Reads an id without which the record is nothing.
 *
 * Returns: %FALSE with an error if it is no whole number above 0
 */
gboolean
foyer_pretix_read_id (JsonObject *object, const char *member, gint64 *id, GError **error)
{
  *id = foyer_json_get_int (object, member, 0);
  if (*id > 0)
    return TRUE;

  foyer_pretix_reject (error, "%s is no id", member);
  return FALSE;
}

/**
 * foyer_pretix_read_reference:
 * @object: an object
 * @member: name of the member
 *
 * Returns: the id of another record, or 0 if there is none
 */
gint64
foyer_pretix_read_reference (JsonObject *object, const char *member)
{
  return MAX (foyer_json_get_int (object, member, 0), 0);
}

/**
 * foyer_pretix_read_time:
 * @object: an object
 * @member: name of the member
 *
 * Returns: the instant, or %FOYER_TIME_NONE if it is absent or not readable
 */
FoyerTime
foyer_pretix_read_time (JsonObject *object, const char *member)
{
  const char *text = foyer_json_get_string (object, member);
  FoyerTime time;

  /* without an offset it would be in the server's zone, which nobody knows */
  return text != NULL && foyer_time_parse (text, NULL, &time) ? time : FOYER_TIME_NONE;
}

/**
 * foyer_pretix_read_limit:
 * @object: an object
 * @member: name of the member
 * @time: (out): the instant, or %FOYER_TIME_NONE if it is absent or null
 * @error: return location
 *
 * Reads a time that decides who may enter: one that cannot be read must not count as "no limit".
 *
 * Returns: %FALSE with an error if it is there and not readable
 */
gboolean
foyer_pretix_read_limit (JsonObject *object, const char *member, FoyerTime *time, GError **error)
{
  *time = foyer_pretix_read_time (object, member);
  if (*time != FOYER_TIME_NONE || foyer_json_is_null (object, member))
    return TRUE;

  foyer_pretix_reject (error, "%s is no time", member);
  return FALSE;
}

/**
 * foyer_pretix_read_flag:
 * @object: an object
 * @member: name of the member
 * @flag: (out): the truth value, %FALSE if it is absent or null
 * @error: return location
 *
 * Reads a truth value that decides who may enter: one that cannot be read must not count as %FALSE.
 *
 * Returns: %FALSE with an error if it is there and no truth value
 */
gboolean
foyer_pretix_read_flag (JsonObject *object, const char *member, gboolean *flag, GError **error)
{
  *flag = foyer_json_get_boolean (object, member, FALSE);
  if (foyer_json_is_null (object, member) || foyer_json_get_boolean (object, member, TRUE) == *flag)
    return TRUE;

  foyer_pretix_reject (error, "%s is no truth value", member);
  return FALSE;
}

/**
 * foyer_pretix_read_text:
 * @object: an object
 * @member: name of the member
 *
 * Returns: (transfer full) (nullable): the text, or %NULL if it is absent, empty or no text
 */
char *
foyer_pretix_read_text (JsonObject *object, const char *member)
{
  const char *text = foyer_json_get_string (object, member);

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/**
 * foyer_pretix_read_decimal:
 * @object: an object
 * @member: name of a member that pretix writes as a text, `"12.50"`; a whole number is taken, too
 *
 * Returns: (transfer full) (nullable): decimal text
 */
char *
foyer_pretix_read_decimal (JsonObject *object, const char *member)
{
  gint64 number;

  if (object != NULL && foyer_json_node_get_int (json_object_get_member (object, member), &number))
    return g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return foyer_pretix_read_text (object, member);
}

/**
 * foyer_pretix_read_small_int:
 * @object: an object
 * @member: name of a member: a position in a list, a length
 *
 * Returns: the number, 0 if it is absent or out of range
 */
int
foyer_pretix_read_small_int (JsonObject *object, const char *member)
{
  gint64 value = foyer_json_get_int (object, member, 0);

  return value >= G_MININT && value <= G_MAXINT ? (int)value : 0;
}

/**
 * foyer_pretix_read_ids:
 * @object: an object
 * @member: name of a member that holds a list of ids
 *
 * Returns: (transfer full) (element-type gint64): the ids; what is no id is left out
 */
GArray *
foyer_pretix_read_ids (JsonObject *object, const char *member)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  JsonArray *array = foyer_json_get_array (object, member);
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      gint64 id;

      if (foyer_json_node_get_int (json_array_get_element (array, i), &id) && id > 0)
        g_array_append_val (ids, id);
    }

  return ids;
}

/**
 * foyer_pretix_reject:
 * @error: (out) (optional): return location
 * @format: printf() format of what is wrong, for the log: names of members, never their values
 * @...: its arguments
 *
 * Sets the error of a record that cannot be read.
 */
void
foyer_pretix_reject (GError **error, const char *format, ...)
{
  g_autofree char *detail = NULL;
  va_list args;

  va_start (args, format);
  detail = g_strdup_vprintf (format, args);
  va_end (args);
  foyer_error_set (error, FOYER_ERROR_PROTOCOL, detail,
                   _ ("The service sent a record that cannot be read."));
}

/**
 * foyer_pretix_reject_inside:
 * @error: (inout) (optional): an error set by a mapper of something inside
 * @format: printf() format of where it stands: `positions[%u].`
 * @...: its arguments
 *
 * Puts the place before the detail of an error.
 */
void
foyer_pretix_reject_inside (GError **error, const char *format, ...)
{
  g_autoptr (GError) inner = NULL;
  g_autofree char *place = NULL;
  const char *detail;
  va_list args;

  if (error == NULL || *error == NULL)
    return;

  va_start (args, format);
  place = g_strdup_vprintf (format, args);
  va_end (args);
  inner = g_steal_pointer (error);
  detail = foyer_error_get_detail (inner);
  foyer_pretix_reject (error, "%s%s", place, detail != NULL ? detail : "unreadable");
}
