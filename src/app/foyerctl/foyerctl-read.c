/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sync, lists, find. */

#define G_LOG_DOMAIN "foyer-ctl"

#include "config.h"

#include "foyerctl.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/* Rows are read by their keys, so many at a time (the port's bound). */
#define PAGE 64

static gint64
count_people (Foyerctl *self, const char *connection)
{
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_PEOPLE);
  g_autoptr (GAsyncResult) result = NULL;
  FoyerQuery *query = foyer_workspace_get_query (self->workspace);

  spec->connection = g_strdup (connection);
  foyer_query_count_async (query, spec, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  return foyer_query_count_finish (query, result, NULL);
}

static gint64
count_stored (Foyerctl *self, const char *connection, FoyerResource resource)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) states = NULL;
  FoyerMirror *mirror = foyer_workspace_get_mirror (self->workspace);

  foyer_mirror_load_states_async (mirror, connection, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  states = foyer_mirror_load_states_finish (mirror, result, NULL);
  for (guint i = 0; states != NULL && i < states->len; i++)
    {
      const FoyerSyncState *state = g_ptr_array_index (states, i);

      if (state->resource == resource)
        return state->stored;
    }
  return 0;
}

static void
on_progress (FoyerDesk *desk, GParamSpec *pspec, Foyerctl *self)
{
  gint64 stored;
  gint64 total;

  g_object_get (desk, "sync-stored", &stored, "sync-total", &total, NULL);
  if (total >= 0)
    foyerctl_say (self, _ ("%" PRId64 " of %" PRId64 " orders"), stored, total);
}

static FoyerctlExit
sync_desk (Foyerctl *self, FoyerDesk *desk, gboolean full)
{
  const char *name = foyer_desk_get_connection (desk)->name;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) line = NULL;
  const FoyerSyncReport *report;
  gulong progress = g_signal_connect (desk, "notify::sync-total", G_CALLBACK (on_progress), self);
  gboolean done;

  foyer_desk_sync_async (desk, full, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  done = foyer_desk_sync_finish (desk, result, &error);
  g_signal_handler_disconnect (desk, progress);
  if (!done)
    return foyerctl_fail (self, error, name);

  report = foyer_desk_get_sync_report (desk);
  if (report->refusal != NULL)
    foyerctl_say (self, _ ("Not everything could be fetched: %s"), report->refusal->message);
  if (report->rejected > 0)
    foyerctl_say (self,
                  g_dngettext (GETTEXT_PACKAGE,
                               "%" PRId64 " record could not be read and was set aside.",
                               "%" PRId64 " records could not be read and were set aside.",
                               (gulong)report->rejected),
                  report->rejected);
  if (!self->json)
    {
      foyerctl_print (_ ("%s: %" PRId64 " orders, %" PRId64 " tickets, in %.1f s."), name,
                      count_stored (self, name, FOYER_RESOURCE_ORDERS), count_people (self, name),
                      (double)report->duration / FOYER_SECOND);
      return FOYERCTL_DONE;
    }

  line = foyerctl_line_new ();
  foyerctl_add_string (line, "connection", name);
  foyerctl_add_int (line, "orders", count_stored (self, name, FOYER_RESOURCE_ORDERS));
  foyerctl_add_int (line, "attendees", count_people (self, name));
  foyerctl_add_int (line, "products", count_stored (self, name, FOYER_RESOURCE_PRODUCTS));
  foyerctl_add_int (line, "lists", count_stored (self, name, FOYER_RESOURCE_LISTS));
  foyerctl_add_int (line, "requests", report->requests);
  foyerctl_add_int (line, "bytes", (gint64)report->bytes);
  foyerctl_add_int (line, "rejected", report->rejected);
  foyerctl_add_int (line, "duration_ms", report->duration / 1000);
  foyerctl_add_boolean (line, "complete", report->complete);
  foyerctl_line_print (line);
  return FOYERCTL_DONE;
}

/**
 * foyerctl_sync:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_sync (Foyerctl *self, int argc, char **argv)
{
  gboolean full = FALSE;
  g_autofree char *connection = NULL;
  const GOptionEntry entries[] = {
    { "full", 0, 0, G_OPTION_ARG_NONE, &full, N_ ("Fetch everything anew"), NULL },
    { "connection", 0, 0, G_OPTION_ARG_STRING, &connection, N_ ("Only this connection"), "NAME" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GError) error = NULL;
  FoyerctlExit code;
  FoyerctlExit worst = FOYERCTL_DONE;

  if (!foyerctl_parse (self, NULL, _ ("Brings the copy up to date."), entries, &argc, &argv, &code))
    return code;
  if (foyerctl_get_desk (self, connection, &error) == NULL)
    return foyerctl_fail (self, error, connection);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->workspace)); i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (G_LIST_MODEL (self->workspace), i);

      if (connection != NULL && !g_str_equal (foyer_desk_get_connection (desk)->name, connection))
        continue;
      code = sync_desk (self, desk, full);
      if (worst == FOYERCTL_DONE)
        worst = code;
    }
  return worst;
}

static void
print_list (Foyerctl *self, const char *connection, const FoyerListSummary *summary)
{
  g_autoptr (JsonBuilder) line = NULL;

  if (!self->json)
    {
      foyerctl_print (
          _ ("%" PRId64 "\t%s\t%" PRId64 " of %" PRId64 " admitted, %" PRId64 " inside"),
          summary->list->id, summary->list->name, summary->admitted, summary->expected,
          summary->inside);
      return;
    }

  line = foyerctl_line_new ();
  foyerctl_add_int (line, "list", summary->list->id);
  foyerctl_add_string (line, "name", summary->list->name);
  if (summary->list->all_products)
    foyerctl_add_string (line, "products", "all");
  else
    {
      json_builder_set_member_name (line, "products");
      json_builder_begin_array (line);
      for (char **product = summary->products; product != NULL && *product != NULL; product++)
        json_builder_add_string_value (line, *product);
      json_builder_end_array (line);
    }
  if (summary->list->subevent != 0)
    foyerctl_add_int (line, "subevent", summary->list->subevent);
  else
    foyerctl_add_string (line, "subevent", NULL);
  foyerctl_add_int (line, "expected", summary->expected);
  foyerctl_add_int (line, "admitted", summary->admitted);
  foyerctl_add_int (line, "inside", summary->inside);
  foyerctl_add_string (line, "connection", connection);
  foyerctl_line_print (line);
}

/**
 * foyerctl_lists:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_lists (Foyerctl *self, int argc, char **argv)
{
  FoyerQuery *query;
  g_autoptr (GError) error = NULL;
  FoyerctlExit code;

  if (!foyerctl_parse (self, NULL, _ ("Lists the check-in lists, with their counts."), NULL, &argc,
                       &argv, &code))
    return code;
  if (foyerctl_get_desk (self, NULL, &error) == NULL)
    return foyerctl_fail (self, error, NULL);

  query = foyer_workspace_get_query (self->workspace);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->workspace)); i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (G_LIST_MODEL (self->workspace), i);
      const char *name = foyer_desk_get_connection (desk)->name;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GPtrArray) lists = NULL;

      foyer_query_load_lists_async (query, name, NULL, foyerctl_on_ready, &result);
      foyerctl_wait (&result);
      lists = foyer_query_load_lists_finish (query, result, &error);
      if (lists == NULL)
        return foyerctl_fail (self, error, name);
      for (guint j = 0; j < lists->len; j++)
        print_list (self, name, g_ptr_array_index (lists, j));
    }
  return FOYERCTL_DONE;
}

/**
 * foyerctl_add_person:
 * @line: a line
 * @person: a ticket
 * @zone: zone of the times
 */
void
foyerctl_add_person (JsonBuilder *line, const FoyerPerson *person, GTimeZone *zone)
{
  foyerctl_add_int (line, "attendee", person->attendee->id);
  foyerctl_add_string (line, "order", person->order->code);
  foyerctl_add_int (line, "position", person->attendee->positionid);
  foyerctl_add_string (line, "name", person->attendee->name);
  foyerctl_add_string (line, "email",
                       person->attendee->email != NULL ? person->attendee->email
                                                       : person->order->email);
  foyerctl_add_string (line, "product", person->product);
  foyerctl_add_string (line, "order_status", foyer_order_status_to_code (person->order->status));
  foyerctl_add_time (line, "admitted_at", person->admitted_at, zone);
}

static void
print_person (Foyerctl *self, const FoyerPerson *person, GTimeZone *zone)
{
  g_autoptr (JsonBuilder) line = NULL;

  if (!self->json)
    {
      g_autofree char *at = person->admitted_at != FOYER_TIME_NONE
                                ? foyer_time_format (person->admitted_at, zone)
                                : NULL;

      foyerctl_print ("%" PRId64 "\t%s-%" PRId64 "\t%s\t%s\t%s", person->attendee->id,
                      person->order->code, person->attendee->positionid,
                      person->attendee->name != NULL ? person->attendee->name : "",
                      person->product != NULL ? person->product : "", at != NULL ? at : "");
      return;
    }

  line = foyerctl_line_new ();
  foyerctl_add_person (line, person, zone);
  foyerctl_line_print (line);
}

static gboolean
print_people (Foyerctl *self, FoyerQuerySpec *spec, GArray *ids, GTimeZone *zone, GError **error)
{
  FoyerQuery *query = foyer_workspace_get_query (self->workspace);

  for (guint begin = 0; begin < ids->len; begin += PAGE)
    {
      gsize n = MIN (PAGE, ids->len - begin);
      g_autoptr (GPtrArray) people = foyer_query_hydrate (
          query, spec, &g_array_index (ids, gint64, begin), n, error);

      if (people == NULL)
        return FALSE;
      for (guint i = 0; i < people->len; i++)
        if (g_ptr_array_index (people, i) != NULL)
          print_person (self, g_ptr_array_index (people, i), zone);
    }
  return TRUE;
}

/**
 * foyerctl_find:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_find (Foyerctl *self, int argc, char **argv)
{
  gint64 limit = 20;
  gint64 list = 0;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT64, &limit, N_ ("At most so many (20)"), "N" },
    { "list", 0, 0, G_OPTION_ARG_INT64, &list, N_ ("The list that “admitted” means"), "ID" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (FoyerQuerySpec) spec = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  FoyerDesk *desk;
  FoyerctlExit code;

  if (!foyerctl_parse (self, "TEXT", _ ("Finds people, best first."), entries, &argc, &argv, &code))
    return code;
  if (argc != 2 || limit < 0)
    return foyerctl_misuse (self, "%s", _ ("Say what to look for."));
  desk = foyerctl_get_desk (self, NULL, &error);
  if (desk == NULL)
    return foyerctl_fail (self, error, NULL);

  zone = foyerctl_dup_zone (self, desk);
  spec = foyer_query_spec_new (FOYER_QUERY_PEOPLE);
  spec->text = g_strdup (argv[1]);
  spec->list = list;
  spec->limit = (gsize)limit;
  foyer_query_snapshot_async (foyer_workspace_get_query (self->workspace), spec, NULL,
                              foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  ids = foyer_query_snapshot_finish (foyer_workspace_get_query (self->workspace), result, &error);
  if (ids == NULL || !print_people (self, spec, ids, zone, &error))
    return foyerctl_fail (self, error, NULL);
  if (ids->len == 0)
    foyerctl_say (self, "%s", _ ("Nobody was found."));
  return FOYERCTL_DONE;
}
