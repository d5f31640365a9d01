/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One turn at the door: a code, a person who was chosen, or a group. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-door-turn.h"

/**
 * foyer_door_turn_new:
 * @list: for which list
 * @leaving: out instead of in
 *
 * Returns: (transfer full): an empty turn
 */
FoyerDoorTurn *
foyer_door_turn_new (FoyerListChoice *list, gboolean leaving)
{
  FoyerDoorTurn *self = g_new0 (FoyerDoorTurn, 1);

  self->list = g_object_ref (list);
  self->leaving = leaving;
  return self;
}

/**
 * foyer_door_turn_free:
 * @turn: (transfer full) (type FoyerDoorTurn): a turn
 */
void
foyer_door_turn_free (gpointer turn)
{
  FoyerDoorTurn *self = turn;

  g_free (self->code);
  g_free (self->alternative);
  g_free (self->order);
  g_object_unref (self->list);
  g_clear_pointer (&self->scans, g_ptr_array_unref);
  g_clear_pointer (&self->first, foyer_verdict_unref);
  g_free (self);
}

/**
 * foyer_door_turn_make_scan:
 * @self: a turn
 * @code: which of its readings
 *
 * Returns: (transfer full): what is to be decided
 */
FoyerScan *
foyer_door_turn_make_scan (const FoyerDoorTurn *self, const char *code)
{
  gint64 list = foyer_list_choice_get_id (self->list);
  FoyerScan *scan;

  if (self->scans != NULL)
    return foyer_scan_copy (g_ptr_array_index (self->scans, 0));

  scan = foyer_scan_new ();
  scan->secret = g_strdup (code);
  scan->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (scan->lists, list);
  scan->attendee = self->attendee;
  scan->order = g_strdup (self->order);
  scan->exit = self->leaving;
  return scan;
}

/**
 * foyer_door_turn_make_context:
 * @self: a turn
 *
 * Returns: what words about its verdict need; nothing in it is owned
 */
FoyerVerdictContext
foyer_door_turn_make_context (const FoyerDoorTurn *self)
{
  FoyerDesk *desk = foyer_list_choice_get_desk (self->list);
  FoyerVerdictContext context = {
    .event = foyer_list_choice_get_event (self->list),
    .desk_device = foyer_desk_get_connection (desk)->device_id,
    .now = foyer_door_clock_now (foyer_desk_get_door_clock (desk), NULL),
    .as_of = foyer_desk_get_complete (desk) ? foyer_desk_get_synced_at (desk) : FOYER_TIME_NONE,
    .online = foyer_desk_get_reach (desk) == FOYER_REACH_ONLINE,
  };

  return context;
}

/**
 * foyer_door_turn_make_clock_text:
 * @list: (nullable): a list
 *
 * Returns: (transfer full): what time it is at its event
 */
char *
foyer_door_turn_make_clock_text (FoyerListChoice *list)
{
  FoyerEvent *event = list != NULL ? foyer_list_choice_get_event (list) : NULL;
  FoyerTime now = g_get_real_time ();
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) when = NULL;

  if (list != NULL)
    now = foyer_door_clock_now (foyer_desk_get_door_clock (foyer_list_choice_get_desk (list)),
                                NULL);
  zone = event != NULL ? foyer_time_zone_new (event->zone) : g_time_zone_new_local ();
  when = foyer_time_to_date_time (now, zone);
  return when != NULL ? g_date_time_format (when, "%H:%M:%S") : g_strdup ("");
}
