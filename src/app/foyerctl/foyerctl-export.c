/* SPDX-License-Identifier: GPL-3.0-or-later */

/* export: everything there is of one kind, as a table or as JSON lines. A file is there whole or not at all. */

#define G_LOG_DOMAIN "foyer-ctl"

#include "config.h"

#include "foyerctl.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "foyer-csv.h"

#define PAGE 64

typedef struct _Export Export;

/* One kind of thing: its columns in their order, and what a row holds. */
typedef struct
{
  const char *word;
  FoyerQueryKind kind;
  gboolean newest_first; /* as the query gives them: the export is the other way round */
  const char *const *columns;
  void (*add) (JsonBuilder *out, gpointer row, GTimeZone *zone);
} Subject;

struct _Export
{
  const Subject *subject;
  gboolean csv;
  GOutputStream *stream; /* (owned) (nullable) NULL: standard output */
  GTimeZone *zone;       /* (owned) */
  GString *page;         /* (owned) what is not written yet */
  gint64 n;
};

static void
export_clear (Export *export)
{
  g_clear_object (&export->stream);
  g_clear_pointer (&export->zone, g_time_zone_unref);
  if (export->page != NULL)
    g_string_free (export->page, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

static void
add_person (JsonBuilder *out, gpointer row, GTimeZone *zone)
{
  const FoyerPerson *person = row;

  foyerctl_add_person (out, person, zone);
  foyerctl_add_boolean (out, "inside", person->inside);
  foyerctl_add_boolean (out, "waiting", person->waiting);
}

static void
add_command (JsonBuilder *out, gpointer row, GTimeZone *zone)
{
  foyerctl_add_command (out, row, zone);
}

static void
add_call (JsonBuilder *out, gpointer row, GTimeZone *zone)
{
  foyerctl_add_call (out, row);
}

static const char *const person_columns[] = { "attendee",     "order",       "position",
                                              "name",         "email",       "product",
                                              "order_status", "admitted_at", "inside",
                                              "waiting",      NULL };
static const char *const command_columns[] = { "command", "kind",    "connection", "target",
                                               "created", "at",      "unsure",     "actor",
                                               "desk",    "state",   "attempts",   "reason",
                                               "result",  "problem", "note",       NULL };
static const char *const call_columns[] = { "at",     "connection", "service",    "method", "route",
                                            "status", "ms",         "request_id", "error",  NULL };

static const Subject subjects[] = {
  { "attendees", FOYER_QUERY_PEOPLE, FALSE, person_columns, add_person },
  { "journal", FOYER_QUERY_COMMANDS, TRUE, command_columns, add_command },
  { "audit", FOYER_QUERY_CALLS, TRUE, call_columns, add_call },
};

static const Subject *
find_subject (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (g_strcmp0 (word, subjects[i].word) == 0)
      return &subjects[i];
  return NULL;
}

static void
append_cell (GString *page, JsonNode *node)
{
  g_autofree char *text = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    foyer_csv_append_text (page, NULL);
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    foyer_csv_append_text (page, json_node_get_string (node));
  else if (JSON_NODE_HOLDS_VALUE (node))
    {
      text = json_to_string (node, FALSE);
      foyer_csv_append_number (page, text);
    }
  else
    {
      text = json_to_string (node, FALSE);
      foyer_csv_append_text (page, text);
    }
}

static void
append_header (Export *export)
{
  for (gsize i = 0; export->csv && export->subject->columns[i] != NULL; i++)
    foyer_csv_append_text (export->page, export->subject->columns[i]);
  if (export->csv)
    foyer_csv_end_line (export->page);
}

static void
append_row (Export *export, gpointer row)
{
  g_autoptr (JsonBuilder) out = foyerctl_line_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  export->subject->add (out, row, export->zone);
  json_builder_end_object (out);
  node = json_builder_get_root (out);
  export->n++;
  if (!export->csv)
    {
      text = json_to_string (node, FALSE);
      g_string_append_printf (export->page, "%s\n", text);
      return;
    }

  for (gsize i = 0; export->subject->columns[i] != NULL; i++)
    append_cell (export->page,
                 json_object_get_member (json_node_get_object (node), export->subject->columns[i]));
  foyer_csv_end_line (export->page);
}

static gboolean
set_unwritable (GError **error, const char *detail)
{
  foyer_error_set (
      error, FOYER_ERROR_STORAGE, detail,
      _ ("The export cannot be written. Is there room, and may the file be made there?"));
  return FALSE;
}

static gboolean
write_page (Export *export, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean written;

  if (export->stream != NULL)
    written = g_output_stream_write_all (export->stream, export->page->str, export->page->len, NULL,
                                         NULL, &cause);
  else
    written = fwrite (export->page->str, 1, export->page->len, stdout) == export->page->len
              && fflush (stdout) == 0;
  g_string_truncate (export->page, 0);
  return written || set_unwritable (error, cause != NULL ? cause->message : "standard output");
}

static gboolean
write_all (Foyerctl *self, Export *export, FoyerQuerySpec *spec, GError **error)
{
  FoyerQuery *query = foyer_workspace_get_query (self->workspace);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) ids = NULL;

  foyer_query_snapshot_async (query, spec, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  ids = foyer_query_snapshot_finish (query, result, error);
  if (ids == NULL)
    return FALSE;

  for (guint i = 0; export->subject->newest_first && i < ids->len / 2; i++)
    {
      gint64 *one = &g_array_index (ids, gint64, i);
      gint64 *other = &g_array_index (ids, gint64, ids->len - 1 - i);
      gint64 kept = *one;

      *one = *other;
      *other = kept;
    }
  for (guint begin = 0; begin < ids->len; begin += PAGE)
    {
      g_autoptr (GPtrArray) rows = foyer_query_hydrate (
          query, spec, &g_array_index (ids, gint64, begin), MIN (PAGE, ids->len - begin), error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (g_ptr_array_index (rows, i) != NULL)
          append_row (export, g_ptr_array_index (rows, i));
      if (!write_page (export, error))
        return FALSE;
    }
  return TRUE;
}

/* Ends the file: only then is it there under its name. */
static gboolean
close_file (Export *export, gboolean keep, GError **error)
{
  g_autoptr (GCancellable) given_up = g_cancellable_new ();
  g_autoptr (GError) cause = NULL;

  if (export->stream == NULL)
    return keep;
  if (!keep)
    {
      g_cancellable_cancel (given_up);
      g_output_stream_close (export->stream, given_up, NULL);
      return FALSE;
    }
  return g_output_stream_close (export->stream, NULL, &cause)
         || set_unwritable (error, cause->message);
}

static gboolean
open_file (Export *export, const char *output, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) cause = NULL;

  if (output == NULL || g_str_equal (output, "-"))
    return TRUE;

  file = g_file_new_for_commandline_arg (output);
  export->stream = G_OUTPUT_STREAM (g_file_replace (
      file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, &cause));
  return export->stream != NULL || set_unwritable (error, cause->message);
}

/**
 * foyerctl_export:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_export (Foyerctl *self, int argc, char **argv)
{
  g_autofree char *format = NULL;
  g_autofree char *output = NULL;
  gint64 list = 0;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("“csv” or “jsonl”"), "csv|jsonl" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("Into this file"), "FILE" },
    { "list", 0, 0, G_OPTION_ARG_INT64, &list, N_ ("The list that “admitted” means"), "ID" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_auto (Export) export = { 0 };
  g_autoptr (FoyerQuerySpec) spec = NULL;
  g_autoptr (GError) error = NULL;
  gboolean written;
  FoyerctlExit code;

  if (!foyerctl_parse (self, "attendees|journal|audit",
                       _ ("Writes all there is, and says how many that were."), entries, &argc,
                       &argv, &code))
    return code;
  export.subject = argc == 2 ? find_subject (argv[1]) : NULL;
  export.csv = g_strcmp0 (format, "csv") == 0;
  if (export.subject == NULL || (!export.csv && g_strcmp0 (format, "jsonl") != 0))
    return foyerctl_misuse (self, "%s",
                            _ ("Say: export attendees|journal|audit --format csv|jsonl."));

  export.zone = foyerctl_dup_zone (self, foyer_workspace_get_desk (self->workspace, NULL));
  export.page = g_string_new (NULL);
  spec = foyer_query_spec_new (export.subject->kind);
  spec->list = list;
  if (!open_file (&export, output, &error))
    return foyerctl_fail (self, error, NULL);

  append_header (&export);
  written = write_page (&export, &error) && write_all (self, &export, spec, &error);
  if (!close_file (&export, written, &error))
    return foyerctl_fail (self, error, NULL);

  if (self->json)
    g_printerr ("{\"exported\":%" PRId64 "}\n", export.n);
  else
    g_printerr (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " row written.\n",
                             "%" PRId64 " rows written.\n", (gulong) export.n),
                export.n);
  return FOYERCTL_DONE;
}
