/* SPDX-License-Identifier: GPL-3.0-or-later */

/* audit. */

#define G_LOG_DOMAIN "foyer-ctl"

#include "config.h"

#include "foyerctl.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define PAGE 64

/**
 * foyerctl_add_call:
 * @line: a line
 * @call: a call to the outside
 */
void
foyerctl_add_call (JsonBuilder *line, const FoyerCall *call)
{
  g_autofree char *at = foyer_time_format_utc (call->at);

  foyerctl_add_string (line, "at", at);
  foyerctl_add_string (line, "connection", call->connection);
  foyerctl_add_string (line, "service", call->service);
  foyerctl_add_string (line, "method", call->method);
  foyerctl_add_string (line, "route", call->route);
  foyerctl_add_int (line, "status", call->status);
  foyerctl_add_int (line, "ms", call->duration / 1000);
  foyerctl_add_string (line, "request_id", call->request_id);
  foyerctl_add_string (line, "error", call->error);
}

static void
print_call (Foyerctl *self, const FoyerCall *call)
{
  g_autofree char *at = foyer_time_format_utc (call->at);
  g_autoptr (JsonBuilder) out = NULL;

  if (!self->json)
    {
      foyerctl_print ("%s\t%s\t%s\t%s\t%d\t%s", at, call->service, call->method, call->route,
                      call->status, call->error != NULL ? call->error : "");
      return;
    }

  out = foyerctl_line_new ();
  foyerctl_add_call (out, call);
  foyerctl_line_print (out);
}

static FoyerctlExit
print_calls (Foyerctl *self)
{
  FoyerQuery *query = foyer_workspace_get_query (self->workspace);
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_CALLS);
  g_autoptr (GArray) oldest_first = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  foyer_query_snapshot_async (query, spec, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  ids = foyer_query_snapshot_finish (query, result, &error);
  if (ids == NULL)
    return foyerctl_fail (self, error, NULL);

  for (guint i = ids->len; i > 0; i--)
    g_array_append_val (oldest_first, g_array_index (ids, gint64, i - 1));
  for (guint begin = 0; begin < oldest_first->len; begin += PAGE)
    {
      g_autoptr (GPtrArray) calls = foyer_query_hydrate (
          query, spec, &g_array_index (oldest_first, gint64, begin),
          MIN (PAGE, oldest_first->len - begin), &error);

      if (calls == NULL)
        return foyerctl_fail (self, error, NULL);
      for (guint i = 0; i < calls->len; i++)
        if (g_ptr_array_index (calls, i) != NULL)
          print_call (self, g_ptr_array_index (calls, i));
    }
  return FOYERCTL_DONE;
}

static FoyerctlExit
verify (Foyerctl *self)
{
  FoyerQuery *query = foyer_workspace_get_query (self->workspace);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rows = 0;
  gint64 first_bad = 0;

  foyer_query_verify_audit_async (query, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  if (!foyer_query_verify_audit_finish (query, result, &rows, &first_bad, &error))
    return foyerctl_fail (self, error, NULL);

  if (self->json)
    {
      g_autoptr (JsonBuilder) out = foyerctl_line_new ();

      foyerctl_add_int (out, "rows", rows);
      foyerctl_add_boolean (out, "intact", first_bad == 0);
      if (first_bad != 0)
        foyerctl_add_int (out, "first_bad", first_bad);
      else
        foyerctl_add_string (out, "first_bad", NULL);
      foyerctl_line_print (out);
    }
  else if (first_bad == 0)
    foyerctl_print (_ ("%" PRId64 " calls, all intact."), rows);
  else
    foyerctl_print (_ ("Row %" PRId64 " was changed afterwards."), first_bad);
  return first_bad == 0 ? FOYERCTL_DONE : FOYERCTL_NO;
}

/**
 * foyerctl_audit:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_audit (Foyerctl *self, int argc, char **argv)
{
  gboolean check = FALSE;
  const GOptionEntry entries[] = {
    { "verify", 0, 0, G_OPTION_ARG_NONE, &check, N_ ("Check that no row was changed"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  FoyerctlExit code;

  if (!foyerctl_parse (self, NULL, _ ("Calls to the outside, newest last."), entries, &argc, &argv,
                       &code))
    return code;
  return check ? verify (self) : print_calls (self);
}
