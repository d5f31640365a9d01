/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the letters that were typed are worth being looked up. All people who have "web" in their
 * address are no help in finding the one Hofmann; reading through them took longer than all the rest. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-trigram-sample.h"

#include <string.h>

#define N_PROBES 1000

/* Of fewer people every list is short. */
#define MIN_PEOPLE 20000

#define MAX_AGE (60 * G_USEC_PER_SEC)

struct _FoyerTrigramSample
{
  GPtrArray *words; /* (element-type utf8) */
  gint64 taken;     /* monotonic; 0: never */
};

static const char count_sql[] = "SELECT count (*) FROM (SELECT 1 FROM attendee LIMIT ?1)";
static const char range_sql[]
    = "SELECT (SELECT min (row) FROM attendee WHERE row >= s.key << 44), "
      "(SELECT max (row) FROM attendee WHERE row < (s.key + 1) << 44) FROM source s";
static const char probe_sql[] = "SELECT words FROM attendee WHERE row >= ?1 ORDER BY row LIMIT 1";

/**
 * foyer_trigram_sample_new:
 *
 * Returns: (transfer full): an empty sample
 */
FoyerTrigramSample *
foyer_trigram_sample_new (void)
{
  FoyerTrigramSample *self = g_new0 (FoyerTrigramSample, 1);

  self->words = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * foyer_trigram_sample_free:
 * @self: (transfer full): a sample
 */
void
foyer_trigram_sample_free (FoyerTrigramSample *self)
{
  g_ptr_array_unref (self->words);
  g_free (self);
}

static gboolean
probe (FoyerTrigramSample *self, FoyerDatabase *db, gint64 low, gint64 high, GError **error)
{
  for (guint i = 0; i < N_PROBES; i++)
    {
      gint64 at = low + (gint64)((double)(high - low) / N_PROBES * i);
      g_autoptr (FoyerStatement) row = foyer_database_query (db, probe_sql, error, "i", at);
      int more = row != NULL ? foyer_database_step (db, row, error) : -1;

      if (more < 0)
        return FALSE;
      if (more > 0)
        g_ptr_array_add (self->words, foyer_statement_dup_text (row, 0));
    }

  return TRUE;
}

/**
 * foyer_trigram_sample_refresh:
 * @self: a sample
 * @db: a connection that reads the mirror
 * @error: return location
 *
 * Takes the sample anew if it is old.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_trigram_sample_refresh (FoyerTrigramSample *self, FoyerDatabase *db, GError **error)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (FoyerStatement) range = NULL;
  gint64 people;
  int more;

  if (self->taken != 0 && now - self->taken < MAX_AGE)
    return TRUE;

  g_ptr_array_set_size (self->words, 0);
  if (!foyer_database_get_int (db, count_sql, &people, error, "i", (gint64)MIN_PEOPLE))
    return FALSE;

  self->taken = now;
  if (people < MIN_PEOPLE)
    return TRUE;

  range = foyer_database_query (db, range_sql, error, "");
  if (range == NULL)
    return FALSE;

  while ((more = foyer_database_step (db, range, error)) > 0)
    if (sqlite3_column_type (range, 0) != SQLITE_NULL
        && !probe (self, db, sqlite3_column_int64 (range, 0), sqlite3_column_int64 (range, 1),
                   error))
      return FALSE;

  return more == 0;
}

/**
 * foyer_trigram_sample_estimate:
 * @self: a sample
 * @letters: three letters
 *
 * Returns: about the part of all people whose words have them; 0 if nothing is known
 */
double
foyer_trigram_sample_estimate (FoyerTrigramSample *self, const char *letters)
{
  guint n = 0;

  if (self->words->len == 0)
    return 0;

  for (guint i = 0; i < self->words->len; i++)
    n += strstr (g_ptr_array_index (self->words, i), letters) != NULL;
  return (n + 0.5) / self->words->len;
}
