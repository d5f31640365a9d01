/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several tickets at once: recorded together or not at all, each its own command. */

#include "foyer-group-job.h"
#include "foyer-test-desk.h"

#define TICKETS 4

typedef struct
{
  FoyerFakeClock *clock;
  FoyerFakeServer *server;
  FoyerTestDesk *desk;
  GPtrArray *verdicts;
  GError *error;
  gboolean done;
} World;

static void
world_begin (World *world, gboolean online)
{
  *world = (World){ 0 };
  world->clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  world->server = foyer_fake_server_new (FOYER_CLOCK (world->clock));
  for (guint i = 0; i < TICKETS; i++)
    {
      g_autofree char *secret = g_strdup_printf ("s%u", i);

      foyer_fake_server_sell (world->server, secret, secret);
    }
  world->desk = foyer_test_desk_new (world->clock, world->server, NULL);
  foyer_test_desk_sync (world->desk);
  if (online)
    foyer_dispatcher_start (world->desk->dispatcher);
  foyer_test_turn ();
}

static void
world_end (World *world)
{
  g_clear_pointer (&world->verdicts, g_ptr_array_unref);
  g_clear_error (&world->error);
  foyer_test_desk_free (world->desk);
  g_object_unref (world->server);
  g_object_unref (world->clock);
}

static void
on_admitted (GObject *source, GAsyncResult *result, gpointer data)
{
  World *world = data;

  world->verdicts = foyer_group_admit_finish (result, &world->error);
  world->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((World *)data)->done;
}

static void
admit_all (World *world)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < TICKETS; i++)
    {
      g_autofree char *secret = g_strdup_printf ("s%u", i);

      g_ptr_array_add (jobs, foyer_test_desk_scan (world->desk, secret));
    }
  foyer_group_admit_async (jobs, world->desk->desk, NULL, on_admitted, world);
  g_clear_pointer (&jobs, g_ptr_array_unref);
  foyer_test_run_until (world->clock, is_done, world);
}

static void
test_together (void)
{
  for (int online = 0; online < 2; online++)
    {
      World world;
      guint writes;

      world_begin (&world, online);
      writes = foyer_fake_store_get_n_writes (world.desk->store);
      admit_all (&world);
      g_assert_no_error (world.error);
      g_assert_cmpuint (world.verdicts->len, ==, TICKETS);
      for (guint i = 0; i < TICKETS; i++)
        {
          const FoyerVerdict *verdict = g_ptr_array_index (world.verdicts, i);

          g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
          g_assert_cmpint (verdict->by_service, ==, online);
          g_assert_nonnull (verdict->command);
        }
      if (!online)
        {
          g_assert_cmpuint (foyer_fake_store_get_n_writes (world.desk->store) - writes, ==, 1);
          foyer_test_desk_assert_line (world.desk, 0, TICKETS, 0);
          foyer_dispatcher_start (world.desk->dispatcher);
        }
      foyer_test_run_until (world.clock, foyer_test_desk_has_settled, world.desk);
      foyer_test_desk_assert_line (world.desk, TICKETS, 0, 0);
      for (guint i = 0; i < TICKETS; i++)
        {
          g_autofree char *secret = g_strdup_printf ("s%u", i);

          g_assert_cmpuint (foyer_fake_server_count (world.server, secret), ==, 1);
        }
      world_end (&world);
    }
}

/* One is refused, by the service or by the copy: the others come in, and it is told which. */
static void
test_some (void)
{
  World world;

  world_begin (&world, TRUE);
  foyer_fake_server_refuse (world.server, "s1", "blocked");
  g_clear_pointer (&world.verdicts, g_ptr_array_unref);
  {
    g_autoptr (FoyerVerdict) verdict = foyer_test_desk_admit (world.desk, "s2");
  }
  admit_all (&world);
  g_assert_no_error (world.error);
  for (guint i = 0; i < TICKETS; i++)
    {
      const FoyerVerdict *verdict = g_ptr_array_index (world.verdicts, i);
      const char *reason = i == 1 ? "blocked" : i == 2 ? "already_redeemed" : NULL;

      g_assert_cmpstr (verdict->admission->reason, ==, reason);
      g_assert_cmpint (verdict->admission->result, ==,
                       reason == NULL ? FOYER_ADMISSION_ADMITTED : FOYER_ADMISSION_REFUSED);
    }
  foyer_test_run_until (world.clock, foyer_test_desk_has_settled, world.desk);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "s0"), ==, 1);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "s1"), ==, 0);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "s2"), ==, 1);
  world_end (&world);
}

/* The disk is full: nobody is let in, and nobody is recorded. */
static void
test_none (void)
{
  World world;

  world_begin (&world, FALSE);
  foyer_fake_store_break (world.desk->store, 1);
  admit_all (&world);
  g_assert_error (world.error, FOYER_ERROR, FOYER_ERROR_STORAGE);
  foyer_test_desk_assert_line (world.desk, 0, 0, 0);
  world_end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands/group/together", test_together);
  g_test_add_func ("/commands/group/some", test_some);
  g_test_add_func ("/commands/group/none", test_none);
  return g_test_run ();
}
