/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names for the things we make: commands, calls. */

#define G_LOG_DOMAIN "foyer-base"

#include "foyer-uuid.h"

#include <errno.h>
#include <sys/random.h>

#define UUID_LENGTH 36
#define LAST_MILLISECOND ((G_GUINT64_CONSTANT (1) << 48) - 1)

/* The kernel's generator, because two laptops at two doors must never make the same name. Where a
 * sandbox forbids the call, GLib's own generator (seeded from /dev/urandom) stands in. */
static void
fill_random (guint8 *bytes, gsize length)
{
  gsize filled = 0;

  while (filled < length)
    {
      gssize got = getrandom (bytes + filled, length - filled, 0);

      if (got > 0)
        filled += (gsize)got;
      else if (got < 0 && errno != EINTR)
        break;
    }

  for (; filled < length; filled++)
    bytes[filled] = (guint8)g_random_int_range (0, 256);
}

/**
 * foyer_uuid_new_v7:
 * @now: the time to put into it
 *
 * Makes a UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then 12 bits of the fraction
 * of the millisecond (6.2, method 3), then 62 random bits. Of two made at different microseconds
 * the later one is the greater; within one microsecond their order is random. No counter is kept,
 * so there is nothing to share between threads, and nothing depends on the order: that of the
 * journal is its row number.
 *
 * A time before 1970 counts as 1970, one after the year 10889 as the last millisecond that fits.
 *
 * Returns: (transfer full): 36 characters, lower case
 */
char *
foyer_uuid_new_v7 (FoyerTime now)
{
  static const char hex[] = "0123456789abcdef";
  guint64 microseconds = now > 0 ? (guint64)now : 0;
  guint64 milliseconds = MIN (microseconds / 1000, LAST_MILLISECOND);
  guint fraction = (guint)(microseconds % 1000 * 4096 / 1000);
  guint8 bytes[16];
  char *text;
  char *out;

  for (guint i = 0; i < 6; i++)
    bytes[i] = (guint8)(milliseconds >> (40 - 8 * i));
  bytes[6] = (guint8)(0x70 | fraction >> 8);
  bytes[7] = (guint8)fraction;
  fill_random (bytes + 8, 8);
  bytes[8] = (guint8)(0x80 | (bytes[8] & 0x3f));

  out = text = g_malloc (UUID_LENGTH + 1);
  for (guint i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *out++ = '-';
      *out++ = hex[bytes[i] >> 4];
      *out++ = hex[bytes[i] & 0xf];
    }
  *out = '\0';
  return text;
}

/**
 * foyer_uuid_is_valid:
 * @text: (nullable): anything
 *
 * Returns: %TRUE if @text is a UUID of any version in its usual form, 8-4-4-4-12 hexadecimal
 *   digits in either case, and nothing around it
 */
gboolean
foyer_uuid_is_valid (const char *text)
{
  if (text == NULL)
    return FALSE;

  for (guint i = 0; i < UUID_LENGTH; i++)
    {
      gboolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;

      if (hyphen ? text[i] != '-' : !g_ascii_isxdigit (text[i]))
        return FALSE;
    }

  return text[UUID_LENGTH] == '\0';
}
