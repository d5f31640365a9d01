/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is inside, and who may come in again (contracts/pretix-checkin.md 8). Order is by the scans' own
 * times, never by when they were stored; the future counts too. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-re-entry.h"

static FoyerCheckIn *
find_newest (GPtrArray *check_ins, gint64 list, gboolean entries_only)
{
  FoyerCheckIn *newest = NULL;

  for (guint i = 0; check_ins != NULL && i < check_ins->len; i++)
    {
      FoyerCheckIn *check_in = g_ptr_array_index (check_ins, i);

      if (check_in->list != list || (entries_only && check_in->exit))
        continue;
      if (newest == NULL || check_in->datetime > newest->datetime
          || (check_in->datetime == newest->datetime && check_in->exit))
        newest = check_in;
    }
  return newest;
}

/**
 * foyer_re_entry_get_newest:
 * @check_ins: (nullable) (element-type FoyerCheckIn): a ticket's successful scans, of any lists
 * @list: id of the list
 *
 * Returns: (transfer none) (nullable): the newest scan on @list. The service does not define the order of
 *   an entry and an exit of the same instant; the exit is taken as the later one, so that nobody is
 *   locked out
 */
FoyerCheckIn *
foyer_re_entry_get_newest (GPtrArray *check_ins, gint64 list)
{
  return find_newest (check_ins, list, FALSE);
}

/**
 * foyer_re_entry_get_newest_entry:
 * @check_ins: (nullable) (element-type FoyerCheckIn): a ticket's successful scans, of any lists
 * @list: id of the list
 *
 * Returns: (transfer none) (nullable): the newest entry on @list
 */
FoyerCheckIn *
foyer_re_entry_get_newest_entry (GPtrArray *check_ins, gint64 list)
{
  return find_newest (check_ins, list, TRUE);
}

/**
 * foyer_re_entry_is_inside:
 * @check_ins: (nullable) (element-type FoyerCheckIn): a ticket's successful scans, of any lists
 * @list: id of the list
 *
 * Returns: whether the person has entered and not left since; a tie is outside
 */
gboolean
foyer_re_entry_is_inside (GPtrArray *check_ins, gint64 list)
{
  FoyerCheckIn *newest = find_newest (check_ins, list, FALSE);

  return newest != NULL && !newest->exit;
}

/**
 * foyer_re_entry_is_allowed:
 * @list: the list
 * @check_ins: (nullable) (element-type FoyerCheckIn): the ticket's successful scans, of any lists
 *
 * Returns: whether @list lets the ticket enter (again), whatever else may hold it
 */
gboolean
foyer_re_entry_is_allowed (FoyerCheckInList *list, GPtrArray *check_ins)
{
  if (list->allow_multiple_entries)
    return TRUE;
  if (find_newest (check_ins, list->id, TRUE) == NULL)
    return TRUE;

  return list->allow_entry_after_exit && find_newest (check_ins, list->id, FALSE)->exit;
}
