/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the letters that were typed are worth being looked up. All people who have "web" in their
 * address are no help in finding the one Hofmann; reading through them took longer than all the rest. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-trigram-sample.h"

#include <stdlib.h>
#include <string.h>

#define N_PROBES 1000

/* Of fewer people every list is short. */
#define MIN_PEOPLE 20000

#define MAX_AGE (600 * G_USEC_PER_SEC)

/* How much longer it takes to look at one person than to read over one in the index. */
#define LOOK_COST 100

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

/* Evenly, but not in step with anything that may come every so many people. */
static gboolean
probe (FoyerTrigramSample *self, FoyerDatabase *db, gint64 low, gint64 high, GError **error)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32)high);

  for (guint i = 0; i < N_PROBES; i++)
    {
      gint64 at = low + (gint64)((double)(high - low) / N_PROBES * (i + g_rand_double (random)));
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

typedef struct
{
  const char *letters;
  guint n;
} Common;

static int
compare_common (gconstpointer a, gconstpointer b)
{
  const Common *left = a;
  const Common *right = b;

  return left->n < right->n ? -1 : left->n > right->n;
}

/* How many of those that are @left have the letters; the others are struck out if @strike. */
static guint
count (FoyerTrigramSample *self, gboolean *left, const char *letters, gboolean strike)
{
  guint n = 0;

  for (guint i = 0; i < self->words->len; i++)
    if (left[i])
      {
        gboolean has = strstr (g_ptr_array_index (self->words, i), letters) != NULL;

        n += has;
        if (strike)
          left[i] = has;
      }

  return n;
}

/**
 * foyer_trigram_sample_choose:
 * @self: (nullable): a sample
 * @trigrams: (element-type utf8): all that somebody has who is looked for
 *
 * Chooses what to ask the index for: the rarest, and of the others those that leave fewer people and are not
 * so common that reading over all who have them takes longer than looking at those who are left.
 * Without a sample, all of them.
 *
 * Returns: (transfer full): the chosen ones, at least one if there is any
 */
GStrv
foyer_trigram_sample_choose (FoyerTrigramSample *self, GPtrArray *trigrams)
{
  g_autofree Common *common = g_new0 (Common, trigrams->len + 1);
  guint n_sample = self != NULL ? self->words->len : 0;
  g_autofree gboolean *left = g_new (gboolean, n_sample + 1);
  g_autoptr (GStrvBuilder) chosen = g_strv_builder_new ();
  guint n_left = n_sample;

  for (guint i = 0; i < n_sample; i++)
    left[i] = TRUE;
  for (guint i = 0; i < trigrams->len; i++)
    {
      common[i].letters = g_ptr_array_index (trigrams, i);
      common[i].n = n_sample > 0 ? count (self, left, common[i].letters, FALSE) : 0;
    }
  qsort (common, trigrams->len, sizeof *common, compare_common);

  for (guint i = 0; i < trigrams->len; i++)
    {
      guint n;

      if (i > 0 && n_sample > 0)
        {
          if (n_left == 0 || common[i].n > n_left * LOOK_COST)
            break;
          n = count (self, left, common[i].letters, FALSE);
          if (n == n_left)
            continue;
        }

      n_left = n_sample > 0 ? count (self, left, common[i].letters, TRUE) : 0;
      g_strv_builder_add (chosen, common[i].letters);
    }

  return g_strv_builder_end (chosen);
}
