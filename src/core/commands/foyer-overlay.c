/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The overlay: what waits, laid over the mirror. The store has the same as SQL views; tests hold the
 * two against each other. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-overlay.h"

#include "foyer-scan.h"

/**
 * foyer_overlay_make_target:
 * @attendee: id of a ticket
 * @list: id of a check-in list
 *
 * Returns: (transfer full): the target of a report about them, `ATTENDEE:LIST`
 */
char *
foyer_overlay_make_target (gint64 attendee, gint64 list)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, attendee, list);
}

/**
 * foyer_overlay_counts:
 * @command: a command
 *
 * A report counts from the moment it is on disk until the mirror has it, also while a person must look at
 * it: no answer of a service takes a person out of the hall. Once it is *done* the mirror has it;
 * once it is *settled* or *withdrawn* it does not hold. A refusal changes nothing about who is inside.
 *
 * Returns: whether @command is laid over the mirror
 */
gboolean
foyer_overlay_counts (const FoyerCommand *command)
{
  if (command->kind == FOYER_COMMAND_REFUSAL)
    return FALSE;

  return foyer_command_state_is_waiting (command->state) || command->state == FOYER_STATE_NEEDS_YOU;
}

static gboolean
has_it (GPtrArray *check_ins, gint64 list, FoyerTime datetime, gboolean leaving)
{
  for (guint i = 0; i < check_ins->len; i++)
    {
      const FoyerCheckIn *check_in = g_ptr_array_index (check_ins, i);

      if (check_in->list == list && check_in->datetime == datetime && check_in->exit == leaving)
        return TRUE;
    }
  return FALSE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const FoyerCheckIn *one = *(FoyerCheckIn *const *)a;
  const FoyerCheckIn *other = *(FoyerCheckIn *const *)b;

  if (one->datetime != other->datetime)
    return one->datetime < other->datetime ? -1 : 1;
  return one->id < other->id ? -1 : one->id > other->id;
}

/* What has been taken back is not there, whether the mirror or another command has it. */
static void
take_back (GPtrArray *check_ins, const FoyerCommand *undo, gint64 list)
{
  g_autoptr (FoyerScan) scan = foyer_scan_from_json (undo->arguments, NULL);

  for (guint i = check_ins->len; scan != NULL && i > 0; i--)
    {
      const FoyerCheckIn *check_in = g_ptr_array_index (check_ins, i - 1);

      if (check_in->list == list && check_in->datetime == scan->datetime
          && check_in->exit == scan->exit)
        g_ptr_array_remove_index (check_ins, i - 1);
    }
}

/**
 * foyer_overlay_lay:
 * @check_ins: (element-type FoyerCheckIn) (nullable): what the mirror has of one ticket
 * @commands: (element-type FoyerCommand) (nullable): commands, in the order of the journal
 * @attendee: id of the ticket
 * @list: the list
 *
 * Lays the commands about one ticket and list over what the mirror has of them. One that the mirror has
 * already (same list, direction and instant: a sync was quicker than the answer) is not laid twice; one
 * that is being taken back is not there.
 *
 * Returns: (transfer full) (element-type FoyerCheckIn): all check-ins of the ticket on the list, by time
 */
GPtrArray *
foyer_overlay_lay (GPtrArray *check_ins, GPtrArray *commands, gint64 attendee, gint64 list)
{
  GPtrArray *laid = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_check_in_unref);
  g_autofree char *target = foyer_overlay_make_target (attendee, list);

  for (guint i = 0; check_ins != NULL && i < check_ins->len; i++)
    {
      FoyerCheckIn *check_in = g_ptr_array_index (check_ins, i);

      if (check_in->list == list)
        g_ptr_array_add (laid, foyer_check_in_ref (check_in));
    }

  for (guint i = 0; commands != NULL && i < commands->len; i++)
    {
      const FoyerCommand *command = g_ptr_array_index (commands, i);
      gboolean leaving = command->kind == FOYER_COMMAND_EXIT;
      FoyerCheckIn *check_in;

      if (!foyer_overlay_counts (command) || command->kind == FOYER_COMMAND_UNDO
          || g_strcmp0 (command->target, target) != 0
          || has_it (laid, list, command->door_time, leaving))
        continue;

      check_in = foyer_check_in_new ();
      check_in->list = list;
      check_in->datetime = command->door_time;
      check_in->exit = leaving;
      check_in->waiting = TRUE;
      g_ptr_array_add (laid, check_in);
    }

  for (guint i = 0; commands != NULL && i < commands->len; i++)
    {
      const FoyerCommand *command = g_ptr_array_index (commands, i);

      if (command->kind == FOYER_COMMAND_UNDO && foyer_overlay_counts (command)
          && g_strcmp0 (command->target, target) == 0)
        take_back (laid, command, list);
    }

  g_ptr_array_sort (laid, compare);
  return laid;
}
