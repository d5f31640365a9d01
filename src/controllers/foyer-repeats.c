/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Codes of the last two seconds. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-repeats.h"

struct _FoyerRepeats
{
  GHashTable *seen; /* (owned) code -> gint64 (owned): when it was last seen */
};

/**
 * foyer_repeats_new:
 *
 * Returns: (transfer full): nothing seen yet
 */
FoyerRepeats *
foyer_repeats_new (void)
{
  FoyerRepeats *self = g_new0 (FoyerRepeats, 1);

  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * foyer_repeats_free:
 * @self: (transfer full): what was seen
 */
void
foyer_repeats_free (FoyerRepeats *self)
{
  g_hash_table_unref (self->seen);
  g_free (self);
}

static gboolean
is_past (gpointer key, gpointer value, gpointer user_data)
{
  const gint64 *now = user_data;
  const gint64 *seen = value;

  return *now - *seen >= FOYER_REPEAT_WINDOW;
}

/**
 * foyer_repeats_see:
 * @self: what was seen
 * @code: a code
 * @now: microseconds on a clock that never jumps
 *
 * Returns: whether the same code was seen within the last two seconds. A repeat is seen too: a ticket that
 *   stays before the scanner counts once
 */
gboolean
foyer_repeats_see (FoyerRepeats *self, const char *code, gint64 now)
{
  gboolean repeated;

  g_hash_table_foreach_remove (self->seen, is_past, &now);
  repeated = g_hash_table_contains (self->seen, code);
  g_hash_table_insert (self->seen, g_strdup (code), g_memdup2 (&now, sizeof now));
  return repeated;
}
