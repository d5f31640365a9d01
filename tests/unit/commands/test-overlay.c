/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What waits, laid over the mirror. */

#include "foyer-overlay.h"

static void
add_command (GPtrArray *commands,
             FoyerCommandKind kind,
             FoyerCommandState state,
             const char *target,
             FoyerTime at)
{
  FoyerCommand *command = foyer_command_new ();

  command->kind = kind;
  command->state = state;
  command->target = g_strdup (target);
  command->door_time = at;
  g_ptr_array_add (commands, command);
}

static void
add_check_in (GPtrArray *check_ins, gint64 list, FoyerTime at)
{
  FoyerCheckIn *check_in = foyer_check_in_new ();

  check_in->list = list;
  check_in->datetime = at;
  g_ptr_array_add (check_ins, check_in);
}

static void
test_states (void)
{
  static const struct
  {
    FoyerCommandState state;
    gboolean counts;
  } states[] = {
    { FOYER_STATE_PENDING, TRUE },    { FOYER_STATE_SENDING, TRUE }, { FOYER_STATE_UNKNOWN, TRUE },
    { FOYER_STATE_NEEDS_YOU, TRUE },  { FOYER_STATE_DONE, FALSE },   { FOYER_STATE_SETTLED, FALSE },
    { FOYER_STATE_WITHDRAWN, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func (
          (GDestroyNotify)foyer_command_unref);
      g_autoptr (GPtrArray) laid = NULL;

      add_command (commands, FOYER_COMMAND_CHECK_IN, states[i].state, "11:7", 100);
      laid = foyer_overlay_lay (NULL, commands, 11, 7);
      g_assert_cmpuint (laid->len, ==, states[i].counts ? 1 : 0);
      if (states[i].counts)
        g_assert_true (((FoyerCheckIn *)laid->pdata[0])->waiting);
    }
}

static void
test_order_and_targets (void)
{
  g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_command_unref);
  g_autoptr (GPtrArray) check_ins = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_check_in_unref);
  g_autoptr (GPtrArray) laid = NULL;

  add_check_in (check_ins, 7, 300);
  add_check_in (check_ins, 8, 50);
  add_command (commands, FOYER_COMMAND_EXIT, FOYER_STATE_PENDING, "11:7", 200);
  add_command (commands, FOYER_COMMAND_CHECK_IN, FOYER_STATE_PENDING, "11:7", 100);
  add_command (commands, FOYER_COMMAND_CHECK_IN, FOYER_STATE_PENDING, "11:8", 10);
  add_command (commands, FOYER_COMMAND_CHECK_IN, FOYER_STATE_PENDING, "1:17", 10);
  add_command (commands, FOYER_COMMAND_REFUSAL, FOYER_STATE_PENDING, "11:7", 10);

  laid = foyer_overlay_lay (check_ins, commands, 11, 7);
  g_assert_cmpuint (laid->len, ==, 3);
  g_assert_cmpint (((FoyerCheckIn *)laid->pdata[0])->datetime, ==, 100);
  g_assert_cmpint (((FoyerCheckIn *)laid->pdata[1])->datetime, ==, 200);
  g_assert_true (((FoyerCheckIn *)laid->pdata[1])->exit);
  g_assert_cmpint (((FoyerCheckIn *)laid->pdata[2])->datetime, ==, 300);
  g_assert_false (((FoyerCheckIn *)laid->pdata[2])->waiting);
}

/* A sync may bring what an answer has not said yet. */
static void
test_not_twice (void)
{
  g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_command_unref);
  g_autoptr (GPtrArray) check_ins = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_check_in_unref);
  g_autoptr (GPtrArray) laid = NULL;

  add_check_in (check_ins, 7, 100);
  add_command (commands, FOYER_COMMAND_CHECK_IN, FOYER_STATE_UNKNOWN, "11:7", 100);
  add_command (commands, FOYER_COMMAND_EXIT, FOYER_STATE_PENDING, "11:7", 100);
  laid = foyer_overlay_lay (check_ins, commands, 11, 7);
  g_assert_cmpuint (laid->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands/overlay/states", test_states);
  g_test_add_func ("/commands/overlay/order-and-targets", test_order_and_targets);
  g_test_add_func ("/commands/overlay/not-twice", test_not_twice);
  return g_test_run ();
}
