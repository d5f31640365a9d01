/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The event of a connection, and its series dates. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-event-table.h"

#include "foyer-digest.h"
#include "foyer-mirror-row.h"

/* A connection has one event. */
#define THE_EVENT 1

static const FoyerRecordSql event_record_sql = FOYER_RECORD_SQL ("event");
static const FoyerRecordSql subevent_record_sql = FOYER_RECORD_SQL ("subevent");

static const char put_event_sql[]
    = "INSERT OR REPLACE INTO event (row, run, digest, slug, organizer, name, zone, currency, "
      "locale, "
      "date_from, date_to, date_admission, has_subevents, live, testmode, signing_keys) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
static const char load_event_sql[]
    = "SELECT slug, organizer, name, zone, currency, locale, date_from, date_to, date_admission, "
      "has_subevents, live, testmode, signing_keys FROM event WHERE row = ?1";
static const char put_subevent_sql[]
    = "INSERT OR REPLACE INTO subevent (row, run, digest, name, active, date_from, date_to, "
      "date_admission) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char load_subevent_sql[]
    = "SELECT name, active, date_from, date_to, date_admission FROM subevent WHERE row = ?1";

/**
 * foyer_event_table_put:
 * @db: the mirror
 * @source: the connection's key
 * @run: the run that brings it
 * @event: the event
 * @fate: (out): what became of it
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_event_table_put (FoyerDatabase *db,
                       gint64 source,
                       gint64 run,
                       FoyerEvent *event,
                       FoyerRecordFate *fate,
                       GError **error)
{
  g_autofree char *keys = event->signing_keys != NULL ? g_strjoinv (" ", event->signing_keys)
                                                      : NULL;
  g_autoptr (FoyerStatement) insert = foyer_database_query (
      db, put_event_sql, error, "dddsssssstttbbbs", 0, 0, 0, event->slug, event->organizer,
      event->name, event->zone, event->currency, event->locale, event->date_from, event->date_to,
      event->date_admission, event->has_subevents, event->live, event->testmode, keys);

  return insert != NULL
         && foyer_record_put (db, &event_record_sql, insert,
                              foyer_mirror_row_make (source, THE_EVENT), run, foyer_digest_begin (),
                              fate, error);
}

/**
 * foyer_event_table_load:
 * @db: the mirror
 * @source: the connection's key
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the event; %NULL without an error if there is none
 */
FoyerEvent *
foyer_event_table_load (FoyerDatabase *db, gint64 source, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, load_event_sql, error, "i",
                                                         foyer_mirror_row_make (source, THE_EVENT));
  const char *keys;
  FoyerEvent *event;

  if (row == NULL || foyer_database_step (db, row, error) <= 0)
    return NULL;

  event = foyer_event_new ();
  event->slug = foyer_statement_dup_text (row, 0);
  event->organizer = foyer_statement_dup_text (row, 1);
  event->name = foyer_statement_dup_text (row, 2);
  event->zone = foyer_statement_dup_text (row, 3);
  event->currency = foyer_statement_dup_text (row, 4);
  event->locale = foyer_statement_dup_text (row, 5);
  event->date_from = foyer_statement_get_time (row, 6);
  event->date_to = foyer_statement_get_time (row, 7);
  event->date_admission = foyer_statement_get_time (row, 8);
  event->has_subevents = sqlite3_column_int (row, 9);
  event->live = sqlite3_column_int (row, 10);
  event->testmode = sqlite3_column_int (row, 11);
  keys = (const char *)sqlite3_column_text (row, 12);
  event->signing_keys = keys != NULL && *keys != '\0' ? g_strsplit (keys, " ", -1) : NULL;
  return event;
}

/**
 * foyer_subevent_table_put:
 * @db: the mirror
 * @source: the connection's key
 * @run: the run that brings it
 * @subevent: the series date
 * @fate: (out): what became of it
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_subevent_table_put (FoyerDatabase *db,
                          gint64 source,
                          gint64 run,
                          FoyerSubevent *subevent,
                          FoyerRecordFate *fate,
                          GError **error)
{
  g_autoptr (FoyerStatement) insert = NULL;

  if (!foyer_record_check_id (subevent->id, error))
    return FALSE;

  insert = foyer_database_query (db, put_subevent_sql, error, "dddsbttt", 0, 0, 0, subevent->name,
                                 subevent->active, subevent->date_from, subevent->date_to,
                                 subevent->date_admission);
  return insert != NULL
         && foyer_record_put (db, &subevent_record_sql, insert,
                              foyer_mirror_row_make (source, subevent->id), run,
                              foyer_digest_begin (), fate, error);
}

/**
 * foyer_subevent_table_load:
 * @db: the mirror
 * @source: the connection's key
 * @id: the service's id
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the series date; %NULL without an error if there is none
 */
FoyerSubevent *
foyer_subevent_table_load (FoyerDatabase *db, gint64 source, gint64 id, GError **error)
{
  g_autoptr (FoyerStatement) row = NULL;
  FoyerSubevent *subevent;

  if (!foyer_mirror_row_id_fits (id))
    return NULL;

  row = foyer_database_query (db, load_subevent_sql, error, "i",
                              foyer_mirror_row_make (source, id));
  if (row == NULL || foyer_database_step (db, row, error) <= 0)
    return NULL;

  subevent = foyer_subevent_new ();
  subevent->id = id;
  subevent->name = foyer_statement_dup_text (row, 0);
  subevent->active = sqlite3_column_int (row, 1);
  subevent->date_from = foyer_statement_get_time (row, 2);
  subevent->date_to = foyer_statement_get_time (row, 3);
  subevent->date_admission = foyer_statement_get_time (row, 4);
  return subevent;
}

/**
 * foyer_event_table_get_sql:
 *
 * Returns: (transfer none): what the table has in common with others
 */
const FoyerRecordSql *
foyer_event_table_get_sql (void)
{
  return &event_record_sql;
}

/**
 * foyer_subevent_table_get_sql:
 *
 * Returns: (transfer none): what the table has in common with others
 */
const FoyerRecordSql *
foyer_subevent_table_get_sql (void)
{
  return &subevent_record_sql;
}
