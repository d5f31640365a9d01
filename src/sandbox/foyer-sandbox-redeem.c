/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decision at the door, in pretix' own order of checks. Written from the contract and on purpose
 * not shared with core/rules: the desk's decision has to meet another one here. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-redeem.h"

#include "foyer-json.h"
#include "foyer-sandbox-answers.h"
#include "foyer-sandbox-lists.h"
#include "foyer-sandbox-orders.h"
#include "foyer-sandbox-rules.h"
#include "foyer-sandbox-scan.h"

static FoyerSandboxCheckIn *
record (FoyerSandboxScan *scan, const char *reason, const char *explanation)
{
  FoyerSandboxDevice *device = scan->call->device;
  FoyerSandboxPosition *position = scan->position;
  FoyerSandboxCheckIn *row;

  if (position == NULL && scan->revoked != NULL)
    position = scan->revoked->position;
  row = foyer_sandbox_event_add_checkin (scan->event, foyer_json_get_int (scan->list, "id", 0),
                                         position);
  row->successful = reason == NULL;
  row->reason = reason;
  row->explanation = g_strdup (explanation);
  row->datetime = scan->at;
  row->exit = scan->exit;
  row->nonce = g_strdup (scan->nonce);
  row->device = device != NULL ? device->id : 0;
  row->gate = device != NULL ? device->gate : 0;
  row->force_sent = scan->force && reason == NULL;
  row->forced = scan->force && (reason != NULL || scan->overridden);
  row->source_type = scan->source_type;
  if (reason != NULL || scan->medium != NULL || scan->revoked != NULL)
    row->raw_barcode = g_strdup (scan->secret);
  if (position != NULL)
    foyer_sandbox_order_touch (position->order);
  return row;
}

static void
write_list (FoyerSandboxOut *out, FoyerSandboxScan *scan)
{
  foyer_sandbox_out_open (out, "list", '{');
  foyer_sandbox_out_int (out, "id", foyer_json_get_int (scan->list, "id", 0));
  foyer_sandbox_out_string (out, "name", foyer_json_get_string (scan->list, "name"));
  foyer_sandbox_out_string (out, "event", scan->event->slug);
  foyer_sandbox_out_id (out, "subevent", foyer_json_get_int (scan->list, "subevent", 0));
  foyer_sandbox_out_bool (out, "include_pending",
                          foyer_json_get_boolean (scan->list, "include_pending", FALSE));
  foyer_sandbox_out_close (out, '}');
}

static void
write_text (FoyerSandboxOut *out, const char *text)
{
  if (text != NULL && *text != '\0')
    foyer_sandbox_out_string (out, NULL, text);
}

/* What to tell the person at the door: order's, variation's, product's. */
static void
write_texts (FoyerSandboxOut *out, FoyerSandboxPosition *position)
{
  JsonObject *variation = foyer_sandbox_position_get_variation (position);
  JsonObject *item = foyer_sandbox_position_get_item (position);

  foyer_sandbox_out_open (out, "checkin_texts", '[');
  write_text (out, position->order->checkin_text);
  if (variation != NULL)
    write_text (out, foyer_json_get_string (variation, "checkin_text"));
  if (item != NULL)
    write_text (out, foyer_json_get_string (item, "checkin_text"));
  foyer_sandbox_out_close (out, ']');
}

/* The part that all answers share. The ticket is shown as it was before this scan. */
static void
write_common (FoyerSandboxScan *scan)
{
  FoyerSandboxOut *out = &scan->call->out;
  FoyerSandboxPosition *position = scan->position;
  FoyerSandboxPositionShape shape;

  if (position == NULL && scan->revoked != NULL)
    position = scan->revoked->position;
  if (position == NULL || (scan->revoked != NULL && scan->position == NULL))
    {
      foyer_sandbox_out_bool (out, "require_attention", FALSE);
      foyer_sandbox_out_raw (out, "checkin_texts", "[]");
    }
  else
    {
      foyer_sandbox_out_bool (out, "require_attention",
                              foyer_sandbox_position_get_attention (position));
      write_texts (out, position);
    }
  if (position != NULL)
    {
      foyer_sandbox_position_shape_init (&shape, scan->call);
      shape.checkin_form = TRUE;
      shape.zone = scan->call->world->zone;
      shape.lists = scan->lists;
      foyer_sandbox_write_position (out, "position", position, &shape, scan->call->base);
    }
}

static void
refuse (FoyerSandboxScan *scan, const char *reason, const char *explanation)
{
  FoyerSandboxOut *out = &scan->call->out;

  scan->call->status = 400;
  foyer_sandbox_out_open (out, NULL, '{');
  foyer_sandbox_out_raw (out, "status", "\"error\"");
  foyer_sandbox_out_string (out, "reason", reason);
  foyer_sandbox_out_string (out, "reason_explanation", explanation);
  write_common (scan);
  write_list (out, scan);
  foyer_sandbox_out_close (out, '}');
  if (!scan->simulate)
    record (scan, reason, explanation);
}

static void
refuse_unknown (FoyerSandboxScan *scan)
{
  FoyerSandboxOut *out = &scan->call->out;
  const char *explanation = scan->foreign ? "Medium connected to other event" : NULL;

  scan->call->status = 404;
  foyer_sandbox_out_open (out, NULL, '{');
  foyer_sandbox_out_raw (out, "detail", "\"Not found.\"");
  foyer_sandbox_out_raw (out, "status", "\"error\"");
  foyer_sandbox_out_raw (out, "reason", "\"invalid\"");
  foyer_sandbox_out_string (out, "reason_explanation", explanation);
  foyer_sandbox_out_bool (out, "require_attention", FALSE);
  foyer_sandbox_out_raw (out, "checkin_texts", "[]");
  write_list (out, scan);
  foyer_sandbox_out_close (out, '}');
  if (!scan->simulate)
    record (scan, "invalid", explanation);
}

static void
ask (FoyerSandboxScan *scan, GPtrArray *open)
{
  FoyerSandboxOut *out = &scan->call->out;

  scan->call->status = 400;
  foyer_sandbox_out_open (out, NULL, '{');
  foyer_sandbox_out_raw (out, "status", "\"incomplete\"");
  write_common (scan);
  foyer_sandbox_out_open (out, "questions", '[');
  for (guint i = 0; i < open->len; i++)
    foyer_sandbox_out_object (out, NULL, g_ptr_array_index (open, i));
  foyer_sandbox_out_close (out, ']');
  write_list (out, scan);
  foyer_sandbox_out_close (out, '}');
}

static void
ask_for_exchange (FoyerSandboxScan *scan, JsonObject *item)
{
  FoyerSandboxOut *out = &scan->call->out;

  scan->call->status = 400;
  foyer_sandbox_out_open (out, NULL, '{');
  foyer_sandbox_out_raw (out, "status", "\"exchange\"");
  foyer_sandbox_out_raw (out, "reason", "\"exchange\"");
  foyer_sandbox_out_raw (out, "reason_explanation",
                         "\"Ticket needs to be exchanged to a suitable medium.\"");
  foyer_sandbox_out_string (out, "media_policy", foyer_json_get_string (item, "media_policy"));
  foyer_sandbox_out_string (out, "media_type", foyer_json_get_string (item, "media_type"));
  write_common (scan);
  write_list (out, scan);
  foyer_sandbox_out_close (out, '}');
}

static void
admit (FoyerSandboxScan *scan, gboolean replay)
{
  FoyerSandboxOut *out = &scan->call->out;

  scan->call->status = 201;
  foyer_sandbox_out_open (out, NULL, '{');
  foyer_sandbox_out_raw (out, "status", "\"ok\"");
  write_common (scan);
  write_list (out, scan);
  foyer_sandbox_out_close (out, '}');
  if (scan->simulate || replay)
    return;
  if (scan->exchange_type != NULL)
    {
      FoyerSandboxWorld *world = scan->call->world;
      FoyerSandboxMedium *medium = foyer_sandbox_world_get_medium (world, scan->exchange_type,
                                                                   scan->exchange_identifier);

      if (medium == NULL)
        {
          medium = g_new0 (FoyerSandboxMedium, 1);
          medium->id = foyer_sandbox_world_take_id (world);
          medium->type = g_strdup (scan->exchange_type);
          medium->identifier = g_strdup (scan->exchange_identifier);
          medium->active = TRUE;
          medium->expires = FOYER_TIME_NONE;
          medium->positions = g_ptr_array_new ();
          g_ptr_array_add (world->media, medium);
        }
      g_ptr_array_add (medium->positions, scan->position);
    }
  record (scan, NULL, NULL);
}

static gboolean
is_linked (FoyerSandboxScan *scan)
{
  GPtrArray *media = scan->call->world->media;

  for (guint i = 0; i < media->len; i++)
    {
      FoyerSandboxMedium *medium = g_ptr_array_index (media, i);

      if (g_ptr_array_find (medium->positions, scan->position, NULL))
        return TRUE;
    }
  return FALSE;
}

/* Check 4: an exchange that is asked for and impossible. TRUE if it was refused. */
static gboolean
refuse_exchange (FoyerSandboxScan *scan, JsonObject *item)
{
  const char *policy = item != NULL ? foyer_json_get_string (item, "media_policy") : NULL;
  const char *type = item != NULL ? foyer_json_get_string (item, "media_type") : NULL;
  gboolean exists;

  if (scan->exchange_type == NULL)
    return FALSE;
  exists = foyer_sandbox_world_get_medium (scan->call->world, scan->exchange_type,
                                           scan->exchange_identifier)
           != NULL;
  if (scan->simulate || scan->medium != NULL)
    refuse (scan, "error", NULL);
  else if (policy == NULL || g_strcmp0 (type, scan->exchange_type) != 0)
    refuse (scan, "product", "Incorrect medium type for product.");
  else if (is_linked (scan))
    refuse (scan, "already_exchanged", "Ticket is already exchanged for reusable medium.");
  else if (exists && g_str_equal (policy, "new"))
    refuse (scan, "medium_exists", "Reusable medium already exists.");
  else if (!exists && (g_str_equal (policy, "reuse") || g_str_equal (policy, "append")))
    refuse (scan, "medium_invalid", "Reusable medium not found.");
  else
    return FALSE;
  return TRUE;
}

/* Whether a check that force passes holds the scan back. */
static gboolean
holds (FoyerSandboxScan *scan, gboolean wrong)
{
  if (wrong && scan->force)
    scan->overridden = TRUE;
  return wrong && !scan->force;
}

static char *
explain_time (FoyerSandboxScan *scan, const char *format, FoyerTime time)
{
  g_autoptr (GDateTime) local = foyer_time_to_date_time (time, scan->event->zone);
  g_autofree char *text = g_date_time_format (local, "%Y-%m-%d %H:%M");

  return g_strconcat (format, text, ".", NULL);
}

/* Checks 8 and 9: both ends included. */
static gboolean
refuse_time (FoyerSandboxScan *scan)
{
  FoyerSandboxPosition *position = scan->position;
  g_autofree char *explanation = NULL;

  if (holds (scan, position->valid_from != FOYER_TIME_NONE && position->valid_from > scan->at))
    explanation = explain_time (scan, "This ticket is only valid after ", position->valid_from);
  else if (holds (scan,
                  position->valid_until != FOYER_TIME_NONE && position->valid_until < scan->at))
    explanation = explain_time (scan, "This ticket was only valid before ", position->valid_until);
  if (explanation == NULL)
    return FALSE;
  refuse (scan, "invalid_time", explanation);
  return TRUE;
}

static gboolean
is_unpaid (FoyerSandboxScan *scan)
{
  const FoyerSandboxOrder *order = scan->position->order;

  if (order->status == 'p' || order->valid_if_pending)
    return FALSE;
  return !(scan->ignore_unpaid && order->status == 'n'
           && foyer_json_get_boolean (scan->list, "include_pending", FALSE));
}

/* Checks 13 and 14. TRUE if the answer is made. */
static gboolean
refuse_rules (FoyerSandboxScan *scan)
{
  FoyerSandboxDevice *device = scan->call->device;
  g_autofree char *explanation = NULL;

  switch (foyer_sandbox_rules_decide (scan->position, scan->list, device != NULL ? device->gate : 0,
                                      scan->at, &explanation))
    {
    case FOYER_SANDBOX_RULES_TRUE:
      return FALSE;
    case FOYER_SANDBOX_RULES_ERROR:
      refuse (scan, "rules", NULL);
      return TRUE;
    case FOYER_SANDBOX_RULES_CRASH:
      if (!holds (scan, TRUE))
        return FALSE;
      foyer_sandbox_call_html (scan->call, 500, "The server could not do this.");
      return TRUE;
    case FOYER_SANDBOX_RULES_FALSE:
      if (!holds (scan, TRUE))
        return FALSE;
      refuse (scan, "rules", explanation);
      return TRUE;
    }
  return FALSE;
}

/* The newest successful check-in of this ticket on this list; of equal times the older row. */
static FoyerSandboxCheckIn *
get_newest (FoyerSandboxScan *scan, gboolean *entered)
{
  GPtrArray *rows = scan->position->checkins;
  gint64 list = foyer_json_get_int (scan->list, "id", 0);
  FoyerSandboxCheckIn *newest = NULL;

  *entered = FALSE;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      FoyerSandboxCheckIn *row = g_ptr_array_index (rows, i);

      if (!row->successful || row->list != list)
        continue;
      *entered = *entered || !row->exit;
      if (newest == NULL || row->datetime > newest->datetime
          || (row->datetime == newest->datetime && row->id < newest->id))
        newest = row;
    }
  return newest;
}

static gboolean
is_replay (FoyerSandboxScan *scan, FoyerSandboxCheckIn *newest)
{
  GPtrArray *rows = scan->position->checkins;
  gint64 list = foyer_json_get_int (scan->list, "id", 0);
  gint64 device = scan->call->device != NULL ? scan->call->device->id : 0;

  if (scan->nonce == NULL)
    return FALSE;
  if (newest != NULL && g_strcmp0 (newest->nonce, scan->nonce) == 0)
    return TRUE;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const FoyerSandboxCheckIn *row = g_ptr_array_index (rows, i);

      if (row->successful && row->list == list && row->exit == scan->exit && row->device == device
          && g_strcmp0 (row->nonce, scan->nonce) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Checks 17 and 18, and the end. */
static void
decide_entry (FoyerSandboxScan *scan)
{
  gboolean entered;
  FoyerSandboxCheckIn *newest = get_newest (scan, &entered);
  gboolean used = entered && !foyer_json_get_boolean (scan->list, "allow_multiple_entries", FALSE)
                  && !(newest->exit
                       && foyer_json_get_boolean (scan->list, "allow_entry_after_exit", TRUE));

  if (is_replay (scan, newest))
    admit (scan, TRUE);
  else if (!scan->exit && holds (scan, used))
    refuse (scan, "already_redeemed", NULL);
  else
    admit (scan, FALSE);
}

static void
decide (FoyerSandboxScan *scan)
{
  FoyerSandboxPosition *position = scan->position;
  FoyerSandboxOrder *order = position->order;
  JsonObject *item = foyer_sandbox_position_get_item (position);
  gint64 subevent = foyer_json_get_int (scan->list, "subevent", 0);
  g_autoptr (GPtrArray) open = NULL;

  if (refuse_exchange (scan, item))
    return;
  if (holds (scan, (order->status != 'p' && order->status != 'n') || position->canceled))
    {
      refuse (scan, scan->per_list && !scan->canceled_supported ? "unpaid" : "canceled", NULL);
      return;
    }
  if (holds (scan, position->blocked != NULL && position->blocked->len > 0))
    {
      refuse (scan, "blocked", NULL);
      return;
    }
  if (holds (scan, order->status == 'n' && order->require_approval))
    {
      refuse (scan, "unapproved", NULL);
      return;
    }
  if (!scan->exit)
    {
      if (refuse_time (scan))
        return;
      /* Stored already here: a refusal further down keeps them. */
      open = foyer_sandbox_answers_take (position, scan->answers, !scan->simulate);
    }
  if (holds (scan, !foyer_sandbox_list_has_product (scan->list, position->item)
                       || (subevent != 0 && subevent != position->subevent)))
    {
      refuse (scan, "product", NULL);
      return;
    }
  if (holds (scan, is_unpaid (scan)))
    {
      refuse (scan, "unpaid", NULL);
      return;
    }
  if (!scan->exit && refuse_rules (scan))
    return;
  if (open != NULL && open->len > 0 && scan->questions_supported && !scan->force)
    {
      ask (scan, open);
      return;
    }
  if (!scan->force && scan->medium == NULL && scan->exchange_type == NULL && item != NULL
      && foyer_json_get_string (item, "media_policy") != NULL
      && foyer_json_get_string (item, "media_type") != NULL && !is_linked (scan))
    {
      ask_for_exchange (scan, item);
      return;
    }
  decide_entry (scan);
}

static void
run (FoyerSandboxScan *scan)
{
  foyer_sandbox_scan_find (scan);
  if (scan->ambiguous)
    refuse (scan, "ambiguous", NULL);
  else if (scan->position != NULL)
    decide (scan);
  else if (scan->revoked != NULL)
    refuse (scan, "revoked", NULL);
  else
    refuse_unknown (scan);
}

/* POST checkinrpc/redeem/ */
void
foyer_sandbox_redeem (FoyerSandboxCall *call)
{
  g_autoptr (FoyerSandboxScan) scan = foyer_sandbox_scan_new (call);

  if (foyer_sandbox_scan_read (scan))
    run (scan);
}

/* POST checkinlists/{id}/positions/{secret or id}/redeem/ */
void
foyer_sandbox_redeem_per_list (FoyerSandboxCall *call)
{
  g_autoptr (FoyerSandboxScan) scan = foyer_sandbox_scan_new (call);

  if (foyer_sandbox_scan_read_per_list (scan))
    run (scan);
}
