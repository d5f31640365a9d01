/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding people: first who is meant exactly (a secret, an order), then whose words begin with what was
 * typed, then who has it anywhere. The index gives candidates by three letters; whether they are right
 * is read in their words. No more than the first hits are looked at, so no search takes longer because
 * there are more people. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-people-search.h"

#include <string.h>

#include "foyer-admitted.h"
#include "foyer-mirror-row.h"
#include "foyer-source-table.h"
#include "foyer-text.h"
#include "foyer-words.h"

#define MAX_HITS 500

/* Rows that the index gave for few letters and whose words were not those: after so many it is asked better. */
#define MAX_MISSES 5000

static const char by_secret_sql[]
    = "SELECT row, standing, sort_key FROM attendee WHERE secret = ?1 AND row >= ?2 AND row < ?3 "
      "LIMIT ?4";
static const char by_code_sql[]
    = "SELECT a.row, a.standing, a.sort_key FROM orders o JOIN attendee a ON a.orders = o.row "
      "WHERE o.source IN (SELECT key FROM source WHERE ?2 = 0 OR key = ?2) AND o.code = ?1 "
      "AND (?3 = 0 OR a.positionid = ?3) ORDER BY a.positionid LIMIT ?4";
static const char indexed_sql[] = "SELECT a.row, a.standing, a.sort_key, a.words FROM trigram t "
                                  "JOIN attendee a ON a.row = t.rowid "
                                  "WHERE t.trigram MATCH ?1 AND t.rowid >= ?2 AND t.rowid < ?3";
/* CROSS: else the few that are not indexed are looked for among everybody, not the other way round. */
static const char unindexed_sql[]
    = "SELECT a.row, a.standing, a.sort_key, a.words FROM unindexed u "
      "CROSS JOIN attendee a ON a.row = u.attendee WHERE u.attendee >= ?1 AND u.attendee < ?2";
static const char everybody_sql[]
    = "SELECT row FROM attendee INDEXED BY attendee_by_name WHERE row >= ?1 AND row < ?2 "
      "ORDER BY sort_key, row";

typedef enum
{
  HIT_EXACT,
  HIT_PREFIX,
  HIT_INFIX,
} HitKind;

typedef struct
{
  gint64 row;
  HitKind kind;
  guint group; /* 0 may come, 1 is in, 2 cannot come any more */
  gboolean by_name;
  char *sort_key;
} Hit;

typedef struct
{
  FoyerDatabase *db;
  FoyerTrigramSample *sample;
  FoyerQuerySpec *spec;
  gint64 source; /* 0: all */
  gint64 begin;
  gint64 end;
  GStrv words;
  GHashTable *seen; /* (element-type gint64) */
  GArray *hits;
} Search;

static void
clear_hit (gpointer data)
{
  g_free (((Hit *)data)->sort_key);
}

static void
add_hit (Search *self, FoyerStatement *row, HitKind kind)
{
  gint64 number = sqlite3_column_int64 (row, 0);
  Hit hit = { .row = number, .kind = kind };

  if (g_hash_table_contains (self->seen, &number))
    return;

  g_hash_table_add (self->seen, g_memdup2 (&number, sizeof number));
  hit.group = sqlite3_column_int (row, 1) == 0 ? 2 : 0;
  hit.sort_key = foyer_statement_dup_text (row, 2);
  hit.by_name = self->words[0] != NULL && g_str_has_prefix (hit.sort_key, self->words[0]);
  g_array_append_val (self->hits, hit);
}

static gboolean
search_exact (Search *self, const char *text, GError **error)
{
  g_autofree char *code = g_ascii_strup (text, -1);
  const char *bare = *code == '#' ? code + 1 : code;
  char *dash = strrchr (code, '-');
  gint64 positionid = 0;
  int more;

  {
    g_autoptr (FoyerStatement) row = foyer_database_query (self->db, by_secret_sql, error, "siid",
                                                           text, self->begin, self->end, MAX_HITS);

    if (row == NULL)
      return FALSE;
    while ((more = foyer_database_step (self->db, row, error)) > 0)
      add_hit (self, row, HIT_EXACT);
    if (more < 0)
      return FALSE;
  }

  /* "ABC12-3" is the third ticket of order ABC12. */
  if (dash != NULL && dash != code && dash[1] != '\0'
      && strspn (dash + 1, "0123456789") == strlen (dash + 1))
    {
      positionid = g_ascii_strtoll (dash + 1, NULL, 10);
      *dash = '\0';
    }

  {
    g_autoptr (FoyerStatement) row = foyer_database_query (
        self->db, by_code_sql, error, "siid", bare, self->source, positionid, MAX_HITS);

    if (row == NULL)
      return FALSE;
    while ((more = foyer_database_step (self->db, row, error)) > 0)
      add_hit (self, row, HIT_EXACT);
    return more == 0;
  }
}

static gboolean
has_words (const Search *self, const char *words, HitKind kind)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    {
      gboolean anywhere = kind == HIT_INFIX && g_utf8_strlen (self->words[i], -1) >= 3;

      if (anywhere ? strstr (words, self->words[i]) == NULL
                   : !foyer_words_have_prefix (words, self->words[i]))
        return FALSE;
    }

  return TRUE;
}

static void
add_word (GPtrArray *trigrams, const char *word, HitKind kind)
{
  glong n = g_utf8_strlen (word, -1);
  gboolean anywhere = kind == HIT_INFIX && n >= 3;

  if (!anywhere && n == 1)
    g_ptr_array_add (trigrams, g_strdup_printf ("  %s", word));
  if (!anywhere && n >= 2)
    g_ptr_array_add (
        trigrams,
        g_strdup_printf (" %.*s", (int)(g_utf8_offset_to_pointer (word, 2) - word), word));
  for (const char *p = word; n >= 3; n--, p = g_utf8_next_char (p))
    g_ptr_array_add (trigrams, g_strndup (p, (gsize)(g_utf8_offset_to_pointer (p, 3) - p)));
}

/* What the index is asked for. Nothing in it can end the quotes or mean anything: the words are letters, digits
 * and marks (foyer_text_fold_words()). */
static char *
make_match (Search *self, HitKind kind, gboolean thorough)
{
  g_autoptr (GPtrArray) trigrams = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) chosen = NULL;
  GString *match = g_string_new (NULL);

  for (guint i = 0; self->words[i] != NULL; i++)
    add_word (trigrams, self->words[i], kind);

  chosen = foyer_trigram_sample_choose (thorough ? NULL : self->sample, trigrams);
  for (guint i = 0; chosen[i] != NULL; i++)
    g_string_append_printf (match, "%s\"%s\"", i > 0 ? " " : "", chosen[i]);
  return g_string_free (match, FALSE);
}

/* Takes who has the words, and how; @kind: the least that is asked. */
static gboolean
take (Search *self, FoyerStatement *row, HitKind kind)
{
  const char *words = (const char *)sqlite3_column_text (row, 3);

  if (has_words (self, words, HIT_PREFIX))
    add_hit (self, row, HIT_PREFIX);
  else if (kind == HIT_INFIX && has_words (self, words, HIT_INFIX))
    add_hit (self, row, HIT_INFIX);
  else
    return FALSE;

  return TRUE;
}

typedef enum
{
  LOOK_COMPLETE, /* nobody was left out */
  LOOK_FULL,     /* there are more than anybody wants to see */
  LOOK_IN_VAIN,  /* too many had the letters and not the words */
} Look;

static gboolean
look (Search *self, HitKind kind, gboolean thorough, Look *outcome, GError **error)
{
  g_autofree char *match = make_match (self, kind, thorough);
  g_autoptr (FoyerStatement) row = foyer_database_query (self->db, indexed_sql, error, "sii", match,
                                                         self->begin, self->end);
  guint hits = 0;
  guint misses = 0;
  int more = 1;

  if (row == NULL)
    return FALSE;

  while (hits < MAX_HITS && (thorough || misses < MAX_MISSES)
         && (more = foyer_database_step (self->db, row, error)) > 0)
    if (take (self, row, kind))
      hits++;
    else
      misses++;

  *outcome = more == 0 ? LOOK_COMPLETE : hits < MAX_HITS ? LOOK_IN_VAIN : LOOK_FULL;
  return more >= 0;
}

/* With the few letters that were guessed to be rare; if they are not, with all of them. */
static gboolean
search_indexed (Search *self, HitKind kind, gboolean *all, GError **error)
{
  Look outcome;

  if (!look (self, kind, FALSE, &outcome, error)
      || (outcome == LOOK_IN_VAIN && !look (self, kind, TRUE, &outcome, error)))
    return FALSE;

  *all = outcome == LOOK_COMPLETE;
  return TRUE;
}

static gboolean
search_unindexed (Search *self, HitKind kind, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (self->db, unindexed_sql, error, "ii",
                                                         self->begin, self->end);
  guint hits = 0;
  int more = 0;

  if (row == NULL)
    return FALSE;

  while (hits < MAX_HITS && (more = foyer_database_step (self->db, row, error)) > 0)
    hits += take (self, row, kind);

  return more >= 0;
}

static gboolean
has_long_word (const Search *self)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    if (g_utf8_strlen (self->words[i], -1) >= 3)
      return TRUE;

  return FALSE;
}

/* Those who have the words anywhere include those in whom words begin with them: one look finds both, unless
 * there are so many that the latter must be looked for by themselves. */
static gboolean
search_words (Search *self, GError **error)
{
  HitKind kind = has_long_word (self) ? HIT_INFIX : HIT_PREFIX;
  gboolean all;

  return search_indexed (self, kind, &all, error)
         && (all || kind == HIT_PREFIX || search_indexed (self, HIT_PREFIX, &all, error))
         && search_unindexed (self, kind, error);
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *left = a;
  const Hit *right = b;
  int order;

  if ((left->kind == HIT_EXACT) != (right->kind == HIT_EXACT))
    return left->kind == HIT_EXACT ? -1 : 1;
  if (left->group != right->group)
    return left->group < right->group ? -1 : 1;
  if (left->kind != right->kind)
    return left->kind < right->kind ? -1 : 1;
  if (left->by_name != right->by_name)
    return left->by_name ? -1 : 1;
  order = strcmp (left->sort_key, right->sort_key);
  return order != 0 ? order : left->row < right->row ? -1 : left->row > right->row;
}

static gboolean
mark_admitted (Search *self, GError **error)
{
  for (guint i = 0; self->spec->list != 0 && i < self->hits->len; i++)
    {
      Hit *hit = &g_array_index (self->hits, Hit, i);
      gboolean admitted;

      if (!foyer_admitted_check (self->db, hit->row, self->spec->list, &admitted, error))
        return FALSE;
      if (hit->group == 0 && admitted)
        hit->group = 1;
    }

  return TRUE;
}

static GArray *
search_text (Search *self, const char *text, GError **error)
{
  g_autoptr (GArray) rows = NULL;
  gsize limit = self->spec->limit != 0 ? MIN (self->spec->limit, MAX_HITS) : MAX_HITS;

  if (!search_exact (self, text, error))
    return NULL;

  if (self->words[0] != NULL && !search_words (self, error))
    return NULL;

  if (!mark_admitted (self, error))
    return NULL;

  g_array_sort (self->hits, compare_hits);
  rows = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->hits->len);
  for (guint i = 0; i < self->hits->len && i < limit; i++)
    g_array_append_val (rows, g_array_index (self->hits, Hit, i).row);
  return g_steal_pointer (&rows);
}

/* Everybody by name; on a list, first those who are not in yet. */
static GArray *
list_everybody (Search *self, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (self->db, everybody_sql, error, "ii",
                                                         self->begin, self->end);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) admitted = NULL;
  g_autoptr (GArray) later = g_array_new (FALSE, FALSE, sizeof (gint64));
  int more;

  if (row == NULL)
    return NULL;

  if (self->spec->list != 0)
    {
      admitted = foyer_admitted_list (self->db, self->begin, self->end, self->spec->list, error);
      if (admitted == NULL)
        return NULL;
    }

  while ((more = foyer_database_step (self->db, row, error)) > 0)
    {
      gint64 number = sqlite3_column_int64 (row, 0);

      g_array_append_val (
          admitted != NULL && foyer_admitted_list_has (admitted, number) ? later : rows, number);
      if (self->spec->limit != 0 && rows->len >= self->spec->limit)
        return g_steal_pointer (&rows);
    }
  if (more < 0)
    return NULL;

  g_array_append_vals (rows, later->data, later->len);
  if (self->spec->limit != 0 && rows->len > self->spec->limit)
    g_array_set_size (rows, (guint)self->spec->limit);
  return g_steal_pointer (&rows);
}

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->hits, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/**
 * foyer_people_search:
 * @db: a connection that reads journal and mirror
 * @sample: kept by the caller from search to search
 * @spec: a question about people
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type gint64): rows of tickets, best first, or %NULL with an
 *   error
 */
GArray *
foyer_people_search (FoyerDatabase *db,
                     FoyerTrigramSample *sample,
                     FoyerQuerySpec *spec,
                     GError **error)
{
  g_auto (Search) self = { .db = db, .sample = sample, .spec = spec, .end = G_MAXINT64 };
  g_autofree char *text = NULL;

  if (spec->connection != NULL)
    {
      if (!foyer_source_table_find (db, spec->connection, &self.source, error))
        return NULL;
      self.begin = foyer_mirror_row_begin (self.source);
      self.end = foyer_mirror_row_end (self.source);
    }

  if (spec->text != NULL)
    text = g_strstrip (g_utf8_make_valid (spec->text, -1));
  if (text == NULL || *text == '\0')
    return list_everybody (&self, error);

  if (!foyer_trigram_sample_refresh (sample, db, error))
    return NULL;

  self.words = foyer_text_fold_words (text);
  self.seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self.hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_array_set_clear_func (self.hits, clear_hit);
  return search_text (&self, text, error);
}
