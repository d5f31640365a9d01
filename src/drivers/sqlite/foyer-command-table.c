/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands. A report that the service has not confirmed is laid over the mirror: what it says stands in
 * columns of its own (laid_*) as long as it is so. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-command-table.h"

#include "config.h"

#include <glib/gi18n.h>

#include "foyer-check-in-table.h"
#include "foyer-error.h"
#include "foyer-scan.h"

#define COLUMNS                                                                                    \
  "row, id, kind, connection, target, arguments, key, created, door_time, unsure, actor, desk, "   \
  "state, attempts, not_before, result, problem, note"

static const char insert_sql[]
    = "INSERT INTO command (id, kind, connection, target, arguments, key, created, door_time, "
      "unsure, actor, desk, state, attempts, not_before, result, problem, note, laid_attendee, "
      "laid_list, laid_at, laid_exit) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
      "?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)";
static const char update_sql[]
    = "UPDATE command SET kind = ?2, connection = ?3, target = ?4, arguments = ?5, key = ?6, "
      "created = ?7, door_time = ?8, unsure = ?9, actor = ?10, desk = ?11, state = ?12, "
      "attempts = ?13, not_before = ?14, result = ?15, problem = ?16, note = ?17, "
      "laid_attendee = ?18, laid_list = ?19, laid_at = ?20, laid_exit = ?21 WHERE id = ?1";
static const char load_sql[] = "SELECT " COLUMNS " FROM command WHERE id = ?1";
static const char load_row_sql[] = "SELECT " COLUMNS " FROM command WHERE row = ?1";
static const char line_sql[] = "SELECT state, n FROM command_count";
static const char laid_arguments_sql[] = "SELECT arguments FROM command WHERE laid_attendee = ?1 "
                                         "AND connection = ?2 AND kind <> 'undo' "
                                         "ORDER BY row";
static const char lay_over_sql[] = "SELECT laid_list, laid_at, laid_exit, kind = 'undo' FROM "
                                   "command WHERE laid_attendee = ?1 AND "
                                   "(?2 = 0 OR laid_list = ?2) AND connection = ?3 ORDER BY row";

static const char count_waiting_sql[]
    = "SELECT count (*) FROM command WHERE laid_attendee = ?1 AND laid_list = ?2 AND "
      "connection = ?3 AND state IN ('pending', 'sending', 'unknown')";

/**
 * Laid:
 * @is_laid: whether there is anything to lay over
 *
 * What a command lays over the mirror.
 */
typedef struct
{
  gboolean is_laid;
  gint64 attendee;
  gint64 list;
  FoyerTime at;
  gboolean exit;
} Laid;

/* The same set as core/commands' overlay: a report holds until the service has it, the ones that need a
 * person too, since no answer takes anybody out of the hall. An undo lays what it takes away. */
static Laid
get_laid (const FoyerCommand *command)
{
  Laid laid = { FALSE, 0, 0, FOYER_TIME_NONE, FALSE };
  g_autoptr (FoyerScan) scan = NULL;
  char *end;

  if (command->kind == FOYER_COMMAND_REFUSAL
      || (!foyer_command_state_is_waiting (command->state)
          && command->state != FOYER_STATE_NEEDS_YOU)
      || command->target == NULL)
    return laid;

  laid.attendee = g_ascii_strtoll (command->target, &end, 10);
  /* Below 0: the ticket has no id yet, see foyer_signed_ticket_make_id(). */
  if (end == command->target || *end != ':' || laid.attendee == 0)
    return laid;
  laid.list = g_ascii_strtoll (end + 1, NULL, 10);

  scan = foyer_scan_from_json (command->arguments, NULL);
  if (scan != NULL && scan->list != 0)
    laid.list = scan->list;
  laid.at = scan != NULL && scan->datetime != FOYER_TIME_NONE ? scan->datetime : command->door_time;
  laid.exit = command->kind == FOYER_COMMAND_UNDO ? scan != NULL && scan->exit
                                                  : command->kind == FOYER_COMMAND_EXIT;
  laid.is_laid = laid.list > 0 && laid.at != FOYER_TIME_NONE;
  return laid;
}

static gboolean
write_row (FoyerDatabase *db, const char *sql, const FoyerCommand *command, GError **error)
{
  Laid laid = get_laid (command);
  g_autoptr (FoyerStatement) statement = foyer_database_query (
      db, sql, error, "ssssssttbsssdtsss", command->id, foyer_command_kind_to_word (command->kind),
      command->connection, command->target, command->arguments, command->key, command->created,
      command->door_time, command->unsure, command->actor, command->desk,
      foyer_command_state_to_word (command->state), command->attempts, command->not_before,
      command->result, command->problem, command->note);

  if (statement == NULL)
    return FALSE;

  if (laid.is_laid)
    {
      sqlite3_bind_int64 (statement, 18, laid.attendee);
      sqlite3_bind_int64 (statement, 19, laid.list);
      sqlite3_bind_int64 (statement, 20, laid.at);
      sqlite3_bind_int (statement, 21, laid.exit);
    }

  return foyer_database_step (db, statement, error) == 0;
}

/**
 * foyer_command_table_insert:
 * @db: the journal
 * @command: a command; its row is not looked at
 * @error: return location
 *
 * Returns: its row, or 0 with an error
 */
gint64
foyer_command_table_insert (FoyerDatabase *db, FoyerCommand *command, GError **error)
{
  if (!write_row (db, insert_sql, command, error))
    return 0;

  /* What a trigger inserts does not count there. */
  return sqlite3_last_insert_rowid (foyer_database_get_handle (db));
}

static void
set_not_found (const char *id, GError **error)
{
  foyer_error_set (error, FOYER_ERROR_NOT_FOUND, id, _ ("There is no such record in the journal."));
}

/**
 * foyer_command_table_update:
 * @db: the journal
 * @command: a command that is there, changed
 * @error: return location
 *
 * Returns: %TRUE if all went well; %FALSE with %FOYER_ERROR_NOT_FOUND if there is none of this id
 */
gboolean
foyer_command_table_update (FoyerDatabase *db, FoyerCommand *command, GError **error)
{
  if (!write_row (db, update_sql, command, error))
    return FALSE;
  if (sqlite3_changes (foyer_database_get_handle (db)) == 1)
    return TRUE;

  set_not_found (command->id, error);
  return FALSE;
}

static FoyerCommand *
read_row (FoyerStatement *row, GError **error)
{
  g_autoptr (FoyerCommand) command = foyer_command_new ();

  command->row = sqlite3_column_int64 (row, 0);
  command->id = foyer_statement_dup_text (row, 1);
  command->connection = foyer_statement_dup_text (row, 3);
  command->target = foyer_statement_dup_text (row, 4);
  command->arguments = foyer_statement_dup_text (row, 5);
  command->key = foyer_statement_dup_text (row, 6);
  command->created = foyer_statement_get_time (row, 7);
  command->door_time = foyer_statement_get_time (row, 8);
  command->unsure = sqlite3_column_int (row, 9);
  command->actor = foyer_statement_dup_text (row, 10);
  command->desk = foyer_statement_dup_text (row, 11);
  command->attempts = sqlite3_column_int (row, 13);
  command->not_before = foyer_statement_get_time (row, 14);
  command->result = foyer_statement_dup_text (row, 15);
  command->problem = foyer_statement_dup_text (row, 16);
  command->note = foyer_statement_dup_text (row, 17);
  if (foyer_command_kind_from_word ((const char *)sqlite3_column_text (row, 2), &command->kind)
      && foyer_command_state_from_word ((const char *)sqlite3_column_text (row, 12),
                                        &command->state))
    return g_steal_pointer (&command);

  foyer_error_set (error, FOYER_ERROR_STORAGE, "a command of an unknown kind or state",
                   _ ("The journal holds a record that this Foyer cannot read. Update Foyer."));
  return NULL;
}

/**
 * foyer_command_table_load:
 * @db: the journal
 * @id: a command's id
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the command, or %NULL with %FOYER_ERROR_NOT_FOUND
 */
FoyerCommand *
foyer_command_table_load (FoyerDatabase *db, const char *id, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, load_sql, error, "s", id);
  int more = row != NULL ? foyer_database_step (db, row, error) : -1;

  if (more == 0)
    set_not_found (id, error);
  return more == 1 ? read_row (row, error) : NULL;
}

/**
 * foyer_command_table_load_row:
 * @db: the journal
 * @row: a command's row
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the command; %NULL without an error if there is none
 */
FoyerCommand *
foyer_command_table_load_row (FoyerDatabase *db, gint64 row, GError **error)
{
  g_autoptr (FoyerStatement) found = foyer_database_query (db, load_row_sql, error, "i", row);

  return found != NULL && foyer_database_step (db, found, error) == 1 ? read_row (found, error)
                                                                      : NULL;
}

/* " AND state IN ('pending', 'sending')": words of ours, so that the index on states can be used. */
/**
 * foyer_command_table_append_states:
 * @sql: a condition to go on with
 * @states: a set of `1 << FoyerCommandState`; 0 = all
 *
 * The columns are `command`'s.
 */
void
foyer_command_table_append_states (GString *sql, guint states)
{
  const char *separator = " AND state IN (";

  if (states == 0)
    return;

  for (FoyerCommandState state = FOYER_STATE_PENDING; state <= FOYER_STATE_WITHDRAWN; state++)
    if ((states & (1u << state)) != 0)
      {
        g_string_append_printf (sql, "%s'%s'", separator, foyer_command_state_to_word (state));
        separator = ", ";
      }
  g_string_append_c (sql, ')');
}

/**
 * foyer_command_table_list:
 * @db: the journal
 * @connection: (nullable): only of this connection
 * @states: a set of `1 << FoyerCommandState`; 0 for all
 * @after_row: only behind this row
 * @limit: at most so many; 0 for all
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerCommand): the commands, oldest first, or %NULL
 *   with an error
 */
GPtrArray *
foyer_command_table_list (FoyerDatabase *db,
                          const char *connection,
                          guint states,
                          gint64 after_row,
                          gsize limit,
                          GError **error)
{
  g_autoptr (GString) sql = g_string_new (
      "SELECT " COLUMNS " FROM command WHERE row > ?1 AND (?2 IS NULL OR connection = ?2)");
  g_autoptr (FoyerStatement) row = NULL;
  g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_command_unref);
  int more;

  foyer_command_table_append_states (sql, states);
  g_string_append (sql, " ORDER BY row LIMIT ?3");
  row = foyer_database_query (db, g_intern_string (sql->str), error, "isi", after_row, connection,
                              limit != 0 ? (gint64)limit : (gint64)-1);
  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      FoyerCommand *command = read_row (row, error);

      if (command == NULL)
        return NULL;
      g_ptr_array_add (commands, command);
    }

  return more == 0 ? g_steal_pointer (&commands) : NULL;
}

/* " AND kind IN ('undo', 'exit')": words of ours. */
static void
append_kinds (GString *sql, guint kinds)
{
  const char *separator = " AND kind IN (";

  for (FoyerCommandKind kind = FOYER_COMMAND_CHECK_IN; kind <= FOYER_COMMAND_REFUSAL; kind++)
    if ((kinds & (1u << kind)) != 0)
      {
        g_string_append_printf (sql, "%s'%s'", separator, foyer_command_kind_to_word (kind));
        separator = ", ";
      }
  g_string_append_c (sql, ')');
}

/**
 * foyer_command_table_list_recent:
 * @db: the journal
 * @connection: (nullable): only of this connection
 * @kinds: a set of `1 << FoyerCommandKind`, not empty
 * @after_row: only behind this row
 * @before_row: only before this row; 0: to the end
 * @limit: at most so many; 0 for all
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerCommand): the commands, newest first, or %NULL
 *   with an error
 */
GPtrArray *
foyer_command_table_list_recent (FoyerDatabase *db,
                                 const char *connection,
                                 guint kinds,
                                 gint64 after_row,
                                 gint64 before_row,
                                 gsize limit,
                                 GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT " COLUMNS
                                          " FROM command WHERE row > ?1 AND row < ?2 AND "
                                          "(?3 IS NULL OR connection = ?3)");
  g_autoptr (FoyerStatement) row = NULL;
  g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_command_unref);
  int more;

  append_kinds (sql, kinds);
  g_string_append (sql, " ORDER BY row DESC LIMIT ?4");
  row = foyer_database_query (db, g_intern_string (sql->str), error, "iisi", after_row,
                              before_row != 0 ? before_row : G_MAXINT64, connection,
                              limit != 0 ? (gint64)limit : (gint64)-1);
  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      FoyerCommand *command = read_row (row, error);

      if (command == NULL)
        return NULL;
      g_ptr_array_add (commands, command);
    }

  return more == 0 ? g_steal_pointer (&commands) : NULL;
}

/**
 * foyer_command_table_count_waiting:
 * @db: the journal
 * @connection: name of a connection
 * @target: `ATTENDEE:LIST`
 * @error: return location
 *
 * Returns: how many reports about them have not been answered, or -1 with an error
 */
gint64
foyer_command_table_count_waiting (FoyerDatabase *db,
                                   const char *connection,
                                   const char *target,
                                   GError **error)
{
  char *end;
  gint64 attendee = g_ascii_strtoll (target, &end, 10);
  gint64 list = *end == ':' ? g_ascii_strtoll (end + 1, NULL, 10) : 0;
  gint64 n;

  return foyer_database_get_int (db, count_waiting_sql, &n, error, "iis", attendee, list,
                                 connection)
             ? n
             : -1;
}

/**
 * foyer_command_table_get_line:
 * @db: the journal
 * @line: (out): the line that adds up
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_command_table_get_line (FoyerDatabase *db, FoyerLine *line, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, line_sql, error, "");
  int more;

  *line = (FoyerLine){ 0 };
  if (row == NULL)
    return FALSE;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      FoyerCommandState state = FOYER_STATE_PENDING;
      gint64 n = sqlite3_column_int64 (row, 1);

      if (!foyer_command_state_from_word ((const char *)sqlite3_column_text (row, 0), &state))
        continue;

      line->recorded += n;
      switch (state)
        {
        case FOYER_STATE_PENDING:
        case FOYER_STATE_SENDING:
        case FOYER_STATE_UNKNOWN:
          line->waiting += n;
          break;
        case FOYER_STATE_DONE:
        case FOYER_STATE_SETTLED:
        case FOYER_STATE_WITHDRAWN:
          line->sent += n;
          break;
        case FOYER_STATE_NEEDS_YOU:
          line->needs_you += n;
          break;
        }
    }

  return more == 0;
}

static gboolean
is_there (GPtrArray *check_ins, gint64 list, FoyerTime at, gboolean exit)
{
  for (guint i = 0; i < check_ins->len; i++)
    {
      const FoyerCheckIn *check_in = g_ptr_array_index (check_ins, i);

      if (check_in->list == list && check_in->datetime == at && check_in->exit == exit)
        return TRUE;
    }

  return FALSE;
}

static void
take_away (GPtrArray *check_ins, const FoyerCheckIn *undone)
{
  for (guint i = check_ins->len; i > 0; i--)
    {
      const FoyerCheckIn *check_in = g_ptr_array_index (check_ins, i - 1);

      if (check_in->list == undone->list && check_in->datetime == undone->datetime
          && check_in->exit == undone->exit)
        g_ptr_array_remove_index (check_ins, i - 1);
    }
}

/**
 * foyer_command_table_lay_over:
 * @db: the journal
 * @connection: name of a connection
 * @attendee: id of a ticket of it
 * @list: only of this list; 0 for all
 * @check_ins: (element-type FoyerCheckIn): what the mirror has; what waits is added in its place
 * @error: return location
 *
 * Lays what waits over what the service has said. A scan that is in both (the mirror is written first,
 * then the command is done) is there once; one that is being taken back is not there.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_command_table_lay_over (FoyerDatabase *db,
                              const char *connection,
                              gint64 attendee,
                              gint64 list,
                              GPtrArray *check_ins,
                              GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, lay_over_sql, error, "iis", attendee,
                                                         list, connection);
  g_autoptr (GPtrArray) undone = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_check_in_unref);
  guint before = check_ins->len;
  int more;

  if (row == NULL)
    return FALSE;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      FoyerCheckIn *check_in;
      gint64 of_list = sqlite3_column_int64 (row, 0);
      FoyerTime at = sqlite3_column_int64 (row, 1);
      gboolean exit = sqlite3_column_int (row, 2);

      gboolean is_undo = sqlite3_column_int (row, 3);

      if (!is_undo && is_there (check_ins, of_list, at, exit))
        continue;

      check_in = foyer_check_in_new ();
      check_in->list = of_list;
      check_in->datetime = at;
      check_in->exit = exit;
      check_in->waiting = TRUE;
      g_ptr_array_add (is_undo ? undone : check_ins, check_in);
    }

  if (check_ins->len > before)
    g_ptr_array_sort (check_ins, foyer_check_in_compare);
  for (guint i = 0; i < undone->len; i++)
    take_away (check_ins, g_ptr_array_index (undone, i));
  return more == 0;
}

/**
 * foyer_command_table_list_laid_answers:
 * @db: the journal
 * @connection: name of a connection
 * @attendee: id of a ticket of it
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the answers that were given with what waits, oldest
 *   first, each a JSON object of question ids to values; %NULL with an error
 */
GPtrArray *
foyer_command_table_list_laid_answers (FoyerDatabase *db,
                                       const char *connection,
                                       gint64 attendee,
                                       GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, laid_arguments_sql, error, "is",
                                                         attendee, connection);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (g_free);
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      g_autoptr (FoyerScan) scan = foyer_scan_from_json ((const char *)sqlite3_column_text (row, 0),
                                                         NULL);

      if (scan != NULL && scan->answers != NULL)
        g_ptr_array_add (answers, g_steal_pointer (&scan->answers));
    }
  return more == 0 ? g_steal_pointer (&answers) : NULL;
}
