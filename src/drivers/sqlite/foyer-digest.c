/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A number that tells whether a record came as it came last time. Not a safeguard: a service that wants
 * its own records to be overlooked may have that. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-digest.h"

#include <string.h>

#define MULTIPLIER G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

/**
 * foyer_digest_begin:
 *
 * Returns: the digest of nothing
 */
guint64
foyer_digest_begin (void)
{
  return G_GUINT64_CONSTANT (0xcbf29ce484222325);
}

static guint64
mix (guint64 digest, guint64 word)
{
  digest = (digest ^ word) * MULTIPLIER;
  return digest ^ (digest >> 29);
}

/**
 * foyer_digest_text:
 * @digest: a digest
 * @text: (nullable): a text
 *
 * Returns: the digest with @text; %NULL and the empty text differ
 */
guint64
foyer_digest_text (guint64 digest, const char *text)
{
  gsize length;

  if (text == NULL)
    return mix (digest, G_MAXUINT64);

  length = strlen (text);
  digest = mix (digest, length);
  for (gsize i = 0; i < length; i += sizeof (guint64))
    {
      guint64 word = 0;

      memcpy (&word, text + i, MIN (sizeof word, length - i));
      digest = mix (digest, word);
    }

  return digest;
}

/**
 * foyer_digest_int:
 * @digest: a digest
 * @value: a number
 *
 * Returns: the digest with @value
 */
guint64
foyer_digest_int (guint64 digest, gint64 value)
{
  return mix (digest, (guint64)value);
}

/**
 * foyer_digest_end:
 * @digest: a digest
 *
 * Returns: what the store keeps: never 0, which means "unlike any record"
 */
gint64
foyer_digest_end (guint64 digest)
{
  return digest != 0 ? (gint64)digest : 1;
}
