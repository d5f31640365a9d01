/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What this desk did before the window was opened: its last scans, out of the journal. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-door-memory.h"

#include "foyer-command.h"
#include "foyer-door-entry.h"
#include "foyer-error.h"

typedef struct
{
  FoyerWorkspace *workspace; /* (owned) */
  FoyerLists *lists;         /* (owned) */
  GListStore *last;          /* (owned) */
  FoyerQuerySpec *spec;      /* (owned) */
} Recall;

static void
recall_free (Recall *recall)
{
  g_object_unref (recall->workspace);
  g_object_unref (recall->lists);
  g_object_unref (recall->last);
  foyer_query_spec_unref (recall->spec);
  g_free (recall);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recall, recall_free)

/* The zone of the event that a connection is for, as far as its lists are here. */
static GTimeZone *
create_zone (FoyerLists *lists, const char *connection)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (lists));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FoyerListChoice) choice = g_list_model_get_item (G_LIST_MODEL (lists), i);
      FoyerEvent *event = foyer_list_choice_get_event (choice);

      if (event != NULL && g_strcmp0 (foyer_list_choice_get_connection (choice), connection) == 0)
        return foyer_time_zone_new (event->zone);
    }
  return g_time_zone_new_local ();
}

static void
append (Recall *recall, const FoyerCommand *command)
{
  g_autoptr (FoyerScan) scan = foyer_scan_from_json (command->arguments, NULL);
  g_autoptr (FoyerVerdictWords) words = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *time = NULL;
  g_autoptr (FoyerDoorEntry) entry = NULL;

  if (scan == NULL)
    return;

  words = foyer_verdict_words_new_for_scan (command->kind, scan);
  zone = create_zone (recall->lists, command->connection);
  when = command->door_time != FOYER_TIME_NONE ? foyer_time_to_date_time (command->door_time, zone)
                                               : NULL;
  time = when != NULL ? g_date_time_format (when, "%H:%M:%S") : g_strdup ("");
  entry = foyer_door_entry_new (time, words, command->connection, scan->attendee);
  g_list_store_append (recall->last, entry);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Recall) recall = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = foyer_query_snapshot_finish (FOYER_QUERY (source), result, &error);
  g_autoptr (GPtrArray) commands = NULL;

  if (ids != NULL)
    commands = foyer_query_hydrate (FOYER_QUERY (source), recall->spec,
                                    (const gint64 *)(gpointer)ids->data, ids->len, &error);
  if (commands == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
          && !g_error_matches (error, FOYER_ERROR, FOYER_ERROR_CANCELLED))
        g_message ("The last scans could not be read: %s", error->message);
      return;
    }

  /* Somebody was quicker with the next one: what is in sight is newer, and the journal has the rest. */
  if (g_list_model_get_n_items (G_LIST_MODEL (recall->last)) > 0)
    return;

  for (guint i = 0; i < commands->len; i++)
    if (commands->pdata[i] != NULL)
      append (recall, commands->pdata[i]);
}

/**
 * foyer_door_memory_recall:
 * @workspace: whose
 * @lists: its lists, for the zones of their events
 * @last: (element-type FoyerDoorEntry): an empty list, filled as soon as they are read, newest first
 * @limit: how many
 * @cancellable: stops it
 *
 * Brings the last scans back into sight.
 */
void
foyer_door_memory_recall (FoyerWorkspace *workspace,
                          FoyerLists *lists,
                          GListStore *last,
                          guint limit,
                          GCancellable *cancellable)
{
  Recall *recall = g_new0 (Recall, 1);

  recall->workspace = g_object_ref (workspace);
  recall->lists = g_object_ref (lists);
  recall->last = g_object_ref (last);
  recall->spec = foyer_query_spec_new (FOYER_QUERY_COMMANDS);
  recall->spec->command_kind = -1;
  recall->spec->since = FOYER_TIME_NONE;
  recall->spec->limit = limit;
  foyer_query_snapshot_async (foyer_workspace_get_query (workspace), recall->spec, cancellable,
                              found_cb, recall);
}
