/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check-in log: read, annulled, and told of refusals that were decided elsewhere. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-checkins.h"

#include <string.h>

#include "foyer-json.h"

#define ANNUL_WINDOW (15 * FOYER_MINUTE)

static gboolean
is_asked_list (JsonArray *lists, gint64 id)
{
  for (guint i = 0; i < json_array_get_length (lists); i++)
    {
      gint64 asked = 0;
      JsonNode *node = json_array_get_element (lists, i);
      const char *text = foyer_json_node_get_string (node);

      if (text != NULL)
        asked = g_ascii_strtoll (text, NULL, 10);
      else if (!foyer_json_node_get_int (node, &asked))
        continue;
      if (asked == id)
        return TRUE;
    }
  return FALSE;
}

/* Reads a time of the body; FALSE and an answer if it is none. */
static gboolean
read_datetime (FoyerSandboxCall *call, FoyerTime *time)
{
  const char *text = foyer_json_get_string (call->json, "datetime");

  *time = call->world->now;
  if (foyer_json_is_null (call->json, "datetime")
      || !json_object_has_member (call->json, "datetime"))
    return TRUE;
  if (text != NULL && foyer_time_parse (text, call->world->zone, time))
    return TRUE;
  foyer_sandbox_call_invalid (call, "datetime",
                              "Datetime has wrong format. Use one of these formats instead: "
                              "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].");
  return FALSE;
}

/* POST checkinrpc/annul/ */
void
foyer_sandbox_annul (FoyerSandboxCall *call)
{
  static const char *const required[] = { "lists", "nonce", NULL };
  JsonArray *lists;
  const char *nonce;
  FoyerSandboxCheckIn *found = NULL;
  guint n_found = 0;
  FoyerTime at;

  foyer_sandbox_call_required (call, required);
  if (call->status != 200 || !read_datetime (call, &at))
    return;
  lists = foyer_json_get_array (call->json, "lists");
  nonce = foyer_json_get_string (call->json, "nonce");
  if (lists == NULL || nonce == NULL)
    {
      foyer_sandbox_call_invalid (call, lists == NULL ? "lists" : "nonce", "Not a valid value.");
      return;
    }
  for (guint i = 0; i < call->world->events->len; i++)
    {
      FoyerSandboxEvent *event = g_ptr_array_index (call->world->events, i);

      if (!foyer_sandbox_call_has_event (call, event))
        continue;
      for (guint j = 0; j < event->checkins->len; j++)
        {
          FoyerSandboxCheckIn *row = g_ptr_array_index (event->checkins, j);

          if (g_strcmp0 (row->nonce, nonce) != 0 || !is_asked_list (lists, row->list)
              || (call->device != NULL && row->device != call->device->id))
            continue;
          found = row;
          n_found++;
        }
    }
  if (found == NULL)
    foyer_sandbox_call_detail (call, 404, "No check-in found based on nonce");
  else if (n_found > 1)
    foyer_sandbox_call_answer (call, 400, "[\"Multiple check-ins found based on nonce\"]");
  else if (!found->successful)
    foyer_sandbox_call_answer (call, 400, "[\"Cannot annul an unsuccessful checkin\"]");
  else if (at - found->datetime > ANNUL_WINDOW)
    foyer_sandbox_call_invalid (call, "non_field_errors",
                                "Annulment is not allowed more than 15 minutes after check-in");
  else
    {
      found->successful = FALSE;
      found->reason = "annulled";
      g_free (found->explanation);
      found->explanation = g_strdup (foyer_json_get_string (call->json, "error_explanation"));
      if (found->position != NULL)
        foyer_sandbox_order_touch (found->position->order);
      foyer_sandbox_call_answer (call, 200, "{\"status\":\"ok\"}");
    }
}

static const char *
get_reason (const char *word)
{
  static const char *const words[] = { "canceled",
                                       "invalid",
                                       "unpaid",
                                       "product",
                                       "rules",
                                       "revoked",
                                       "incomplete",
                                       "already_redeemed",
                                       "ambiguous",
                                       "error",
                                       "blocked",
                                       "unapproved",
                                       "invalid_time",
                                       "annulled",
                                       "already_exchanged",
                                       "medium_invalid",
                                       "medium_exists",
                                       NULL };

  for (guint i = 0; words[i] != NULL; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return words[i];
  return NULL;
}

static void
write_failed (FoyerSandboxCall *call, const FoyerSandboxCheckIn *row)
{
  FoyerSandboxOut *out = &call->out;

  call->status = 201;
  foyer_sandbox_out_open (out, NULL, '{');
  foyer_sandbox_out_string (out, "error_reason", row->reason);
  foyer_sandbox_out_string (out, "error_explanation", row->explanation);
  foyer_sandbox_out_string (out, "raw_barcode", row->raw_barcode);
  foyer_sandbox_out_id (out, "raw_item", row->raw_item);
  foyer_sandbox_out_id (out, "raw_variation", row->raw_variation);
  foyer_sandbox_out_id (out, "raw_subevent", row->raw_subevent);
  foyer_sandbox_out_string (out, "raw_source_type", row->source_type);
  foyer_sandbox_out_string (out, "nonce", row->nonce);
  foyer_sandbox_out_time (out, "datetime", row->datetime, call->event->zone);
  foyer_sandbox_out_string (out, "type", row->exit ? "exit" : "entry");
  foyer_sandbox_out_id (out, "position", row->position != NULL ? row->position->id : 0);
  foyer_sandbox_out_close (out, '}');
}

/* The same nonce again is the same refusal. */
static FoyerSandboxCheckIn *
find_failed (FoyerSandboxEvent *event, gint64 list, const char *nonce)
{
  for (guint i = 0; nonce != NULL && i < event->checkins->len; i++)
    {
      FoyerSandboxCheckIn *row = g_ptr_array_index (event->checkins, i);

      if (!row->successful && row->list == list && g_strcmp0 (row->nonce, nonce) == 0)
        return row;
    }
  return NULL;
}

/* POST checkinlists/{id}/failed_checkins/ */
void
foyer_sandbox_failed_checkins (FoyerSandboxCall *call)
{
  static const char *const required[] = { "error_reason", "raw_barcode", NULL };
  gint64 list_id = foyer_sandbox_call_get_segment_id (call, 5);
  FoyerSandboxWorld *world = call->world;
  FoyerSandboxPosition *position = NULL;
  FoyerSandboxCheckIn *row;
  const char *word, *nonce, *barcode, *source;
  gint64 position_id;
  FoyerTime at;

  foyer_sandbox_call_required (call, required);
  if (call->status != 200 || !read_datetime (call, &at))
    return;
  word = foyer_json_get_string (call->json, "error_reason");
  nonce = foyer_json_get_string (call->json, "nonce");
  barcode = foyer_json_get_string (call->json, "raw_barcode");
  source = foyer_json_get_string (call->json, "raw_source_type");
  position_id = foyer_json_get_int (call->json, "position", 0);
  if (get_reason (word) == NULL)
    {
      foyer_sandbox_call_invalid (call, "error_reason", "\"%s\" is not a valid choice.",
                                  word != NULL ? word : "");
      return;
    }
  if (barcode == NULL || *barcode == '\0')
    {
      foyer_sandbox_call_invalid (call, "raw_barcode", "This field may not be blank.");
      return;
    }
  /* the list is looked at behind the body: an empty one is a free question for the right */
  if (foyer_sandbox_find (call->event->lists, list_id) == NULL)
    {
      foyer_sandbox_call_detail (call, 404, "No CheckinList matches the given query.");
      return;
    }
  if (position_id != 0)
    {
      position = foyer_sandbox_world_get_position (world, position_id);
      if (position == NULL || position->order->event != call->event)
        {
          foyer_sandbox_call_invalid (
              call, "position", "Invalid pk \"%" G_GINT64_FORMAT "\" - object does not exist.",
              position_id);
          return;
        }
    }
  else
    {
      position = foyer_sandbox_world_get_by_secret (world, barcode);
      if (position != NULL && position->order->event != call->event)
        position = NULL;
    }
  row = find_failed (call->event, list_id, nonce);
  if (row == NULL)
    {
      row = foyer_sandbox_event_add_checkin (call->event, list_id, position);
      row->reason = get_reason (word);
      row->explanation = g_strdup (foyer_json_get_string (call->json, "error_explanation"));
      row->nonce = g_strdup (nonce);
      row->raw_barcode = g_strdup (barcode);
      row->datetime = at;
      row->exit = g_strcmp0 (foyer_json_get_string (call->json, "type"), "exit") == 0;
      row->raw_item = foyer_json_get_int (call->json, "raw_item", 0);
      row->raw_variation = foyer_json_get_int (call->json, "raw_variation", 0);
      row->raw_subevent = foyer_json_get_int (call->json, "raw_subevent", 0);
      row->source_type = g_strcmp0 (source, "nfc_uid") == 0 ? "nfc_uid" : "barcode";
      row->device = call->device != NULL ? call->device->id : 0;
      row->gate = call->device != NULL ? call->device->gate : 0;
      if (position != NULL)
        foyer_sandbox_order_touch (position->order);
    }
  write_failed (call, row);
}

static void
write_row (FoyerSandboxOut *out, const FoyerSandboxCheckIn *row, GTimeZone *zone, gboolean all)
{
  foyer_sandbox_out_open (out, NULL, '{');
  foyer_sandbox_out_int (out, "id", row->id);
  foyer_sandbox_out_bool (out, "successful", row->successful);
  foyer_sandbox_out_string (out, "error_reason", row->reason);
  foyer_sandbox_out_string (out, "error_explanation", row->explanation);
  foyer_sandbox_out_id (out, "position", row->position != NULL ? row->position->id : 0);
  foyer_sandbox_out_time (out, "datetime", row->datetime, zone);
  foyer_sandbox_out_int (out, "list", row->list);
  foyer_sandbox_out_time (out, "created", row->created, zone);
  foyer_sandbox_out_bool (out, "auto_checked_in", row->automatic);
  foyer_sandbox_out_id (out, "gate", row->gate);
  foyer_sandbox_out_id (out, "device", row->device);
  foyer_sandbox_out_id (out, "device_id", row->device);
  foyer_sandbox_out_string (out, "type", row->exit ? "exit" : "entry");
  if (all)
    {
      foyer_sandbox_out_bool (out, "forced", row->forced);
      foyer_sandbox_out_bool (out, "force_sent", row->force_sent);
      foyer_sandbox_out_string (out, "nonce", row->nonce);
      foyer_sandbox_out_string (out, "raw_barcode", row->raw_barcode);
      foyer_sandbox_out_string (out, "raw_source_type", row->source_type);
      foyer_sandbox_out_id (out, "raw_item", row->raw_item);
      foyer_sandbox_out_id (out, "raw_variation", row->raw_variation);
      foyer_sandbox_out_id (out, "raw_subevent", row->raw_subevent);
    }
  foyer_sandbox_out_close (out, '}');
}

static gboolean
is_wanted_number (FoyerSandboxCall *call, const char *name, gint64 value)
{
  const char *text = foyer_sandbox_call_get_query (call, name);

  return text == NULL || *text == '\0' || g_ascii_strtoll (text, NULL, 10) == value;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const FoyerSandboxCheckIn *x = *(FoyerSandboxCheckIn *const *)a;
  const FoyerSandboxCheckIn *y = *(FoyerSandboxCheckIn *const *)b;

  return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

/* GET checkins/: every row, refused ones too */
void
foyer_sandbox_checkins_list (FoyerSandboxCall *call)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  const char *type = foyer_sandbox_call_get_query (call, "type");
  const char *ordering = foyer_sandbox_call_get_query (call, "ordering");
  FoyerTime created_since, datetime_since;
  gsize first, last;

  if (!foyer_sandbox_call_get_time (call, "created_since", &created_since)
      || !foyer_sandbox_call_get_time (call, "datetime_since", &datetime_since))
    return;
  for (guint i = 0; i < call->event->checkins->len; i++)
    {
      FoyerSandboxCheckIn *row = g_ptr_array_index (call->event->checkins, i);

      if (row->created >= created_since && row->datetime >= datetime_since
          && is_wanted_number (call, "list", row->list)
          && is_wanted_number (call, "gate", row->gate)
          && is_wanted_number (call, "device", row->device)
          && (type == NULL || g_str_equal (type, row->exit ? "exit" : "entry")))
        g_ptr_array_add (rows, row);
    }
  if (ordering != NULL && *ordering == '-')
    g_ptr_array_sort (rows, compare_newest);
  if (!foyer_sandbox_call_open_page (call, rows->len, &first, &last))
    return;
  for (gsize i = first; i < last; i++)
    write_row (&call->out, g_ptr_array_index (rows, i), call->event->zone, FALSE);
  foyer_sandbox_call_close_page (call);
}

/* GET /sandbox/checkins: all rows of all events with what only the database knows. For tests. */
void
foyer_sandbox_checkins_inspect (FoyerSandboxCall *call)
{
  foyer_sandbox_out_open (&call->out, NULL, '[');
  for (guint i = 0; i < call->world->events->len; i++)
    {
      FoyerSandboxEvent *event = g_ptr_array_index (call->world->events, i);

      for (guint j = 0; j < event->checkins->len; j++)
        {
          const FoyerSandboxCheckIn *row = g_ptr_array_index (event->checkins, j);

          if (is_wanted_number (call, "list", row->list))
            write_row (&call->out, row, call->world->zone, TRUE);
        }
    }
  foyer_sandbox_out_close (&call->out, ']');
}

static void
list_marks (FoyerSandboxCall *call, GPtrArray *marks, gboolean blocked, const char *since_name)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  const char *ordering = foyer_sandbox_call_get_query (call, "ordering");
  gboolean oldest_first = ordering != NULL && *ordering != '-';
  FoyerTime since;
  gsize first, last;

  if (!foyer_sandbox_call_get_time (call, since_name, &since))
    return;
  for (guint i = 0; i < marks->len; i++)
    {
      FoyerSandboxMark *mark = g_ptr_array_index (marks, oldest_first ? i : marks->len - 1 - i);

      if (mark->at >= since)
        g_ptr_array_add (wanted, mark);
    }
  if (!foyer_sandbox_call_open_page (call, wanted->len, &first, &last))
    return;
  for (gsize i = first; i < last; i++)
    {
      const FoyerSandboxMark *mark = g_ptr_array_index (wanted, i);

      foyer_sandbox_out_open (&call->out, NULL, '{');
      foyer_sandbox_out_int (&call->out, "id", mark->id);
      foyer_sandbox_out_string (&call->out, "secret", mark->secret);
      foyer_sandbox_out_time (&call->out, blocked ? "updated" : "created", mark->at,
                              call->event->zone);
      if (blocked)
        foyer_sandbox_out_bool (&call->out, "blocked", mark->blocked);
      foyer_sandbox_out_close (&call->out, '}');
    }
  foyer_sandbox_call_close_page (call);
}

void
foyer_sandbox_revoked_list (FoyerSandboxCall *call)
{
  list_marks (call, call->event->revoked, FALSE, "created_since");
}

void
foyer_sandbox_blocked_list (FoyerSandboxCall *call)
{
  list_marks (call, call->event->blocked, TRUE, "updated_since");
}
