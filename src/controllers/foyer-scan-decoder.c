/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scanner is a keyboard that types very fast. What tells it from a person is time alone, and the time
 * that counts is the events' own: the main loop may have been busy. The first keys of a burst cannot be
 * told from typing, so they go on to where the focus is and are taken back once the burst is certain.
 *
 * Scanners believe that they are plugged into a US keyboard. On a German laptop the layout makes z of
 * their y; so a burst is read by the hardware's key codes through a US table, and by the layout's text
 * only where the table has nothing. Both readings are kept: the service knows which one is a ticket. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-scan-decoder.h"

#include <string.h>

/* A person who rolls over four keys this fast is rare, and gets the letters back. Where a scanner is as slow as
 * a quick person types, it takes more of them to be certain. */
#define CERTAIN_LENGTH 4
#define CERTAIN_LENGTH_SLOW 8
#define SLOW_GAP 60

/* A scanner that ends its codes with nothing: what is shorter is somebody's typing. */
#define UNENDED_LENGTH 8

/* A busy computer holds up even a scanner. One that is certain may pause so many gaps, as long as it is
 * fast on the whole: no person is. */
#define HICCUP_GAPS 6

/* A code longer than this is no ticket; the rest of the burst is still kept out of the entry. */
#define MAX_LENGTH 4096

struct _FoyerScanDecoder
{
  guint max_gap;
  FoyerScannerProfile *profile; /* (owned) */

  GString *hardware; /* (owned) through the US table */
  GString *text;     /* (owned) through the laptop's layout */
  gboolean hardware_whole;
  gboolean text_whole;
  guint n_keys;

  guint32 first_time;
  guint32 last_time;
  guint last_keycode;
  gboolean last_is_down;

  char *typed; /* (owned) (nullable) taken, but then it was no scan */

  char *code;        /* (owned) (nullable) of the last scan */
  char *alternative; /* (owned) (nullable) its other reading */
};

/* evdev's codes + 8, as GDK gives them under X11 and Wayland. */
static const struct
{
  guint first;
  const char *plain;
  const char *shifted;
} us_rows[] = {
  { 10, "1234567890-=", "!@#$%^&*()_+" },
  { 24, "qwertyuiop[]", "QWERTYUIOP{}" },
  { 38, "asdfghjkl;'`", "ASDFGHJKL:\"~" },
  { 51, "\\zxcvbnm,./", "|ZXCVBNM<>?" },
  { 63, "*", "*" },
  { 65, " ", " " },
  { 79, "789-456+1230.", "789-456+1230." },
  { 106, "/", "/" },
};

/**
 * foyer_us_key_to_char:
 * @keycode: a hardware key code
 * @shift: whether Shift is held
 *
 * Returns: what a US keyboard writes with it, or 0
 */
char
foyer_us_key_to_char (guint keycode, gboolean shift)
{
  for (gsize i = 0; i < G_N_ELEMENTS (us_rows); i++)
    {
      const char *row = shift ? us_rows[i].shifted : us_rows[i].plain;

      if (keycode < us_rows[i].first)
        return 0;
      for (guint at = 0; row[at] != '\0'; at++)
        if (us_rows[i].first + at == keycode)
          return row[at];
    }

  return 0;
}

/**
 * foyer_scan_decoder_new:
 *
 * Returns: (transfer full): a decoder that waits for the first key
 */
FoyerScanDecoder *
foyer_scan_decoder_new (void)
{
  FoyerScanDecoder *self = g_new0 (FoyerScanDecoder, 1);

  self->profile = foyer_scanner_profile_new ();
  self->max_gap = self->profile->max_gap;
  self->hardware = g_string_new (NULL);
  self->text = g_string_new (NULL);
  return self;
}

/**
 * foyer_scan_decoder_free:
 * @self: (transfer full): a decoder
 */
void
foyer_scan_decoder_free (FoyerScanDecoder *self)
{
  g_string_free (self->hardware, TRUE);
  g_string_free (self->text, TRUE);
  foyer_scanner_profile_unref (self->profile);
  g_free (self->code);
  g_free (self->alternative);
  g_free (self->typed);
  g_free (self);
}

/**
 * foyer_scan_decoder_set_max_gap:
 * @self: a decoder
 * @milliseconds: the longest time between two keys of one scan
 */
void
foyer_scan_decoder_set_max_gap (FoyerScanDecoder *self, guint milliseconds)
{
  self->max_gap = MAX (milliseconds, 1);
}

/**
 * foyer_scan_decoder_get_max_gap:
 * @self: a decoder
 *
 * Returns: milliseconds
 */
guint
foyer_scan_decoder_get_max_gap (FoyerScanDecoder *self)
{
  return self->max_gap;
}

/**
 * foyer_scan_decoder_set_profile:
 * @self: a decoder
 * @profile: what was learned of the scanner
 */
void
foyer_scan_decoder_set_profile (FoyerScanDecoder *self, FoyerScannerProfile *profile)
{
  FoyerScannerProfile *old = self->profile;

  self->profile = foyer_scanner_profile_ref (profile);
  foyer_scanner_profile_unref (old);
  foyer_scan_decoder_set_max_gap (self, profile->max_gap);
}

/**
 * foyer_scan_decoder_get_profile:
 * @self: a decoder
 *
 * Returns: (transfer none): what it goes by
 */
FoyerScannerProfile *
foyer_scan_decoder_get_profile (FoyerScanDecoder *self)
{
  return self->profile;
}

/**
 * foyer_scan_decoder_get_silence:
 * @self: a decoder
 *
 * Returns: milliseconds without a key after which a burst is over
 */
guint
foyer_scan_decoder_get_silence (FoyerScanDecoder *self)
{
  return HICCUP_GAPS * self->max_gap;
}

static void
forget (FoyerScanDecoder *self)
{
  g_string_truncate (self->hardware, 0);
  g_string_truncate (self->text, 0);
  self->hardware_whole = TRUE;
  self->text_whole = TRUE;
  self->n_keys = 0;
}

static guint
certain_length (FoyerScanDecoder *self)
{
  return self->max_gap > SLOW_GAP ? CERTAIN_LENGTH_SLOW : CERTAIN_LENGTH;
}

static void
end_as_typing (FoyerScanDecoder *self)
{
  if (self->n_keys >= certain_length (self))
    {
      g_free (self->typed);
      self->typed = g_strdup (self->text->str);
    }
  forget (self);
}

static gboolean
belongs (FoyerScanDecoder *self, guint32 time)
{
  guint32 gap = time - self->last_time;

  if (self->n_keys == 0)
    return FALSE;
  if (gap <= self->max_gap)
    return TRUE;

  return self->n_keys >= certain_length (self) && gap <= HICCUP_GAPS * self->max_gap
         && (guint64)(time - self->first_time) <= (guint64)self->n_keys * self->max_gap;
}

static void
append (FoyerScanDecoder *self, const FoyerKeyPress *key)
{
  char us = foyer_us_key_to_char (key->keycode, key->shift);

  self->n_keys++;
  if (self->n_keys > MAX_LENGTH)
    return;

  if (us != 0)
    g_string_append_c (self->hardware, us);
  else
    self->hardware_whole = FALSE;
  if (key->unichar != 0)
    g_string_append_unichar (self->text, key->unichar);
  else
    self->text_whole = FALSE;
}

static void
swap_case (char *text)
{
  for (char *c = text; *c != '\0'; c++)
    if (g_ascii_isalpha (*c))
      *c ^= 0x20;
}

static char *
read_text (FoyerScanDecoder *self, const GString *reading)
{
  const char *prefix = self->profile->prefix;
  gsize length = strlen (prefix);
  char *text = g_strdup (reading->str);

  /* Without the prefix nothing would be left: then it is the code that looks like one. */
  if (self->profile->swap_case)
    swap_case (text);
  if (length > 0 && g_str_has_prefix (text, prefix) && text[length] != '\0')
    memmove (text, text + length, strlen (text) - length + 1);
  return text;
}

/* Whichever reading is the scanner's own, unless it has holes. */
static FoyerKeyFate
end_as_scan (FoyerScanDecoder *self)
{
  gboolean by_layout = self->profile->by_layout ? self->text_whole || !self->hardware_whole
                                                : !self->hardware_whole;
  gboolean both = self->hardware_whole && self->text_whole;

  g_free (self->code);
  g_clear_pointer (&self->alternative, g_free);
  self->code = read_text (self, by_layout ? self->text : self->hardware);
  if (both && !g_str_equal (self->hardware->str, self->text->str))
    self->alternative = read_text (self, by_layout ? self->hardware : self->text);
  self->n_keys = 0;
  return FOYER_KEY_SCANNED;
}

/**
 * foyer_scan_decoder_press:
 * @self: a decoder
 * @key: a key that went down; not Shift, Ctrl and the like by themselves
 *
 * Returns: what is to be done with it. Before that, foyer_scan_decoder_steal_typed() may have letters
 *   for the entry: taken as part of a scan that was none
 */
FoyerKeyFate
foyer_scan_decoder_press (FoyerScanDecoder *self, const FoyerKeyPress *key)
{
  gboolean repeated = self->last_is_down && key->keycode == self->last_keycode;
  gboolean follows = belongs (self, key->time);

  self->last_time = key->time;
  self->last_keycode = key->keycode;
  self->last_is_down = TRUE;

  if (key->suffix && !key->other && follows && self->n_keys >= certain_length (self))
    return end_as_scan (self);

  /* A key that is held repeats faster than some scanners type, but it never comes up between. */
  if (!follows || repeated)
    end_as_typing (self);
  if (key->other || key->suffix || repeated
      || (key->unichar == 0 && foyer_us_key_to_char (key->keycode, key->shift) == 0))
    {
      end_as_typing (self);
      return FOYER_KEY_PASS;
    }

  if (self->n_keys == 0)
    {
      forget (self);
      self->first_time = key->time;
    }
  append (self, key);
  if (self->n_keys >= certain_length (self))
    return FOYER_KEY_TAKE;
  return self->n_keys == 1 ? FOYER_KEY_FIRST : FOYER_KEY_PASS;
}

/**
 * foyer_scan_decoder_release:
 * @self: a decoder
 * @keycode: a key that came up
 */
void
foyer_scan_decoder_release (FoyerScanDecoder *self, guint keycode)
{
  if (keycode == self->last_keycode)
    self->last_is_down = FALSE;
}

/**
 * foyer_scan_decoder_get_code:
 * @self: a decoder that has just said %FOYER_KEY_SCANNED
 *
 * Returns: (transfer none): the code: by the hardware's keys through the US table, or, where that has
 *   gaps or the scanner is known to type for this layout, as the layout wrote it
 */
const char *
foyer_scan_decoder_get_code (FoyerScanDecoder *self)
{
  return self->code;
}

/**
 * foyer_scan_decoder_get_alternative:
 * @self: a decoder that has just said %FOYER_KEY_SCANNED
 *
 * Returns: (transfer none) (nullable): the other reading, if there is one
 */
const char *
foyer_scan_decoder_get_alternative (FoyerScanDecoder *self)
{
  return self->alternative;
}

/**
 * foyer_scan_decoder_steal_typed:
 * @self: a decoder
 *
 * Returns: (transfer full) (nullable): letters to be put into the entry after all
 */
char *
foyer_scan_decoder_steal_typed (FoyerScanDecoder *self)
{
  return g_steal_pointer (&self->typed);
}

/**
 * foyer_scan_decoder_fall_silent:
 * @self: a decoder
 *
 * To be called when nothing has come for foyer_scan_decoder_get_silence(), before
 * foyer_scan_decoder_give_up(): there are scanners that end a code with nothing.
 *
 * Returns: %FOYER_KEY_SCANNED if that was the end of a scan, else %FOYER_KEY_PASS
 */
FoyerKeyFate
foyer_scan_decoder_fall_silent (FoyerScanDecoder *self)
{
  if (self->profile->suffix != FOYER_SCANNER_NOTHING || self->n_keys < UNENDED_LENGTH)
    return FOYER_KEY_PASS;

  return end_as_scan (self);
}

/**
 * foyer_scan_decoder_give_up:
 * @self: a decoder
 *
 * To be called when nothing has come for foyer_scan_decoder_get_silence(): a burst without its Enter was no scan.
 *
 * Returns: (transfer full) (nullable): letters to be put into the entry after all
 */
char *
foyer_scan_decoder_give_up (FoyerScanDecoder *self)
{
  end_as_typing (self);
  return foyer_scan_decoder_steal_typed (self);
}
