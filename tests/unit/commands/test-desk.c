/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Syncing, probing. */

#include "foyer-test-desk.h"

typedef struct
{
  gboolean done;
  GError *error;
} Sync;

static void
on_synced (GObject *source, GAsyncResult *result, gpointer data)
{
  Sync *sync = data;

  foyer_desk_sync_finish (FOYER_DESK (source), result, &sync->error);
  sync->done = TRUE;
}

static FoyerTestDesk *
make_desk (guint tickets)
{
  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  g_autoptr (FoyerFakeServer) server = foyer_fake_server_new (FOYER_CLOCK (clock));

  for (guint i = 0; i < tickets; i++)
    {
      g_autofree char *secret = g_strdup_printf ("s%u", i);

      foyer_fake_server_sell (server, secret, "Ada");
    }
  foyer_fake_server_set_delay (server, 100000);
  return foyer_test_desk_new (clock, server, NULL);
}

static void
test_sync (void)
{
  g_autoptr (FoyerTestDesk) desk = make_desk (21);
  const FoyerSyncReport *report;
  gint64 stored;
  gint64 total;

  g_assert_false (foyer_desk_get_complete (desk->desk));
  foyer_test_desk_sync (desk);
  report = foyer_desk_get_sync_report (desk->desk);
  g_assert_true (report->complete);
  g_assert_true (foyer_desk_get_complete (desk->desk));
  g_assert_cmpint (foyer_desk_get_synced_at (desk->desk), !=, FOYER_TIME_NONE);
  g_assert_cmpuint (foyer_fake_store_get_n_orders (desk->store), ==, 21);
  g_assert_cmpuint (report->requests, ==, foyer_fake_server_get_pulls (desk->server));
  g_object_get (desk->desk, "sync-stored", &stored, "sync-total", &total, NULL);
  g_assert_cmpint (stored, ==, 21);
  g_assert_cmpint (total, ==, 21);
}

static void
test_cancel_and_resume (void)
{
  g_autoptr (FoyerTestDesk) desk = make_desk (40);
  Sync sync = { 0 };
  guint before;

  foyer_desk_sync_async (desk->desk, FALSE, NULL, on_synced, &sync);
  foyer_test_run_for (desk->clock, 2 * FOYER_SECOND);
  g_assert_true (foyer_desk_get_syncing (desk->desk));
  foyer_desk_cancel_sync (desk->desk);
  foyer_test_run_for (desk->clock, FOYER_SECOND);
  g_assert_true (sync.done);
  g_assert_nonnull (sync.error);
  g_clear_error (&sync.error);
  /* stopping is no failure */
  g_assert_null (foyer_desk_get_problem (desk->desk));
  g_assert_false (foyer_desk_get_complete (desk->desk));
  g_assert_cmpuint (foyer_fake_store_get_n_orders (desk->store), >, 0);
  g_assert_cmpuint (foyer_fake_store_get_n_orders (desk->store), <, 40);

  before = foyer_fake_server_get_pulls (desk->server);
  foyer_test_desk_sync (desk);
  g_assert_cmpuint (foyer_fake_store_get_n_orders (desk->store), ==, 40);
  g_assert_true (foyer_desk_get_complete (desk->desk));
  /* it went on, it did not begin anew: 20 pages of orders, and 8 other resources */
  g_assert_cmpuint (foyer_fake_server_get_pulls (desk->server) - before, <, 28);
}

static void
test_two_wait_for_one (void)
{
  g_autoptr (FoyerTestDesk) desk = make_desk (4);
  Sync one = { 0 };
  Sync other = { 0 };

  foyer_desk_sync_async (desk->desk, FALSE, NULL, on_synced, &one);
  foyer_desk_sync_async (desk->desk, FALSE, NULL, on_synced, &other);
  foyer_test_run_for (desk->clock, 10 * FOYER_SECOND);
  g_assert_true (one.done && other.done);
  g_assert_no_error (one.error);
  g_assert_cmpuint (foyer_fake_server_get_pulls (desk->server), ==,
                    foyer_desk_get_sync_report (desk->desk)->requests);
}

static void
test_refused_resource (void)
{
  g_autoptr (FoyerTestDesk) desk = make_desk (4);
  const FoyerSyncReport *report;

  foyer_fake_server_forbid (desk->server, FOYER_RESOURCE_QUESTIONS);
  foyer_test_desk_sync (desk);
  report = foyer_desk_get_sync_report (desk->desk);
  g_assert_false (report->complete);
  g_assert_cmpuint (report->refused, ==, 1u << FOYER_RESOURCE_QUESTIONS);
  g_assert_error (report->refusal, FOYER_ERROR, FOYER_ERROR_FORBIDDEN);
  g_assert_cmpuint (foyer_fake_store_get_n_orders (desk->store), ==, 4);
}

static void
test_refused_orders (void)
{
  g_autoptr (FoyerTestDesk) desk = make_desk (4);
  Sync sync = { 0 };

  foyer_fake_server_forbid (desk->server, FOYER_RESOURCE_ORDERS);
  foyer_desk_sync_async (desk->desk, FALSE, NULL, on_synced, &sync);
  foyer_test_run_for (desk->clock, 10 * FOYER_SECOND);
  g_assert_error (sync.error, FOYER_ERROR, FOYER_ERROR_FORBIDDEN);
  g_assert_nonnull (foyer_desk_get_problem (desk->desk));
  g_clear_error (&sync.error);
}

static void
test_cut (void)
{
  g_autoptr (FoyerTestDesk) desk = make_desk (20);
  Sync sync = { 0 };

  foyer_desk_sync_async (desk->desk, FALSE, NULL, on_synced, &sync);
  foyer_test_run_for (desk->clock, 1500000);
  foyer_fake_server_set_down (desk->server, TRUE);
  foyer_test_run_for (desk->clock, 10 * FOYER_SECOND);
  g_assert_error (sync.error, FOYER_ERROR, FOYER_ERROR_OFFLINE);
  g_clear_error (&sync.error);
  foyer_fake_server_set_down (desk->server, FALSE);
  foyer_test_desk_sync (desk);
  g_assert_cmpuint (foyer_fake_store_get_n_orders (desk->store), ==, 20);
  g_assert_null (foyer_desk_get_problem (desk->desk));
}

static void
count_cb (GObject *object, guint *count)
{
  (*count)++;
}

static void
count_notify_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

/* Another desk lets somebody in: this one knows within seconds, without a sync that anybody sees, and counts again only if there
 * is something new. */
static void
test_glance (void)
{
  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  g_autoptr (FoyerFakeServer) server = foyer_fake_server_new (FOYER_CLOCK (clock));
  FoyerTestDesk *desk;
  g_autoptr (FoyerVerdict) verdict = NULL;
  guint synced = 0;
  guint shown = 0;

  foyer_fake_server_sell (server, "ada", "Ada");
  desk = foyer_test_desk_new (clock, server, NULL);
  foyer_test_desk_sync (desk);
  foyer_desk_set_sync_interval (desk->desk, 60);
  g_signal_connect (desk->desk, "synced", G_CALLBACK (count_cb), &synced);
  g_signal_connect (desk->desk, "notify::syncing", G_CALLBACK (count_notify_cb), &shown);

  foyer_test_run_for (clock, 11 * FOYER_SECOND);
  g_assert_cmpuint (synced, ==, 0);
  foyer_fake_server_enter (server, "ada", FOYER_TEST_NOW + 11 * FOYER_SECOND, 2);
  foyer_test_run_for (clock, 6 * FOYER_SECOND);
  g_assert_cmpuint (synced, ==, 1);
  g_assert_cmpuint (shown, ==, 0);
  g_assert_false (foyer_desk_get_syncing (desk->desk));

  foyer_fake_server_set_down (server, TRUE);
  verdict = foyer_test_desk_admit (desk, "ada");
  g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_REFUSED);
  g_assert_cmpstr (verdict->admission->reason, ==, "already_redeemed");
  g_assert_false (verdict->by_service);
  foyer_test_desk_free (desk);
}

/* Who asks for a sync while a glance is under way gets a sync. */
static void
test_sync_after_glance (void)
{
  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  g_autoptr (FoyerFakeServer) server = foyer_fake_server_new (FOYER_CLOCK (clock));
  FoyerTestDesk *desk;
  guint glance, sync, n;

  foyer_fake_server_sell (server, "ada", "Ada");
  desk = foyer_test_desk_new (clock, server, NULL);
  foyer_test_desk_sync (desk);
  n = foyer_fake_server_get_pulls (server);
  foyer_test_desk_sync (desk);
  sync = foyer_fake_server_get_pulls (server) - n;
  g_assert_cmpuint (sync, >, 1);

  foyer_desk_set_sync_interval (desk->desk, 60);
  n = foyer_fake_server_get_pulls (server);
  foyer_test_run_for (clock, 6 * FOYER_SECOND);
  glance = foyer_fake_server_get_pulls (server) - n;
  g_assert_cmpuint (glance, ==, 1);

  foyer_fake_server_set_delay (server, FOYER_SECOND);
  n = foyer_fake_server_get_pulls (server);
  foyer_test_run_for (clock, 4500 * FOYER_SECOND / 1000);
  g_assert_cmpuint (foyer_fake_server_get_pulls (server) - n, <=, 1);
  foyer_test_desk_sync (desk);
  g_assert_cmpuint (foyer_fake_server_get_pulls (server) - n, ==, glance + sync);
  foyer_test_desk_free (desk);
}

static void
test_interval (void)
{
  g_autoptr (FoyerTestDesk) desk = make_desk (2);
  guint pulls;

  foyer_test_desk_sync (desk);
  foyer_desk_set_sync_interval (desk->desk, 20);
  pulls = foyer_fake_server_get_pulls (desk->server);
  foyer_test_run_for (desk->clock, 19 * FOYER_SECOND);
  /* glances only: after 5, 10 and 15 seconds */
  g_assert_cmpuint (foyer_fake_server_get_pulls (desk->server), ==, pulls + 3);
  foyer_fake_server_sell (desk->server, "new", "Noor");
  foyer_test_run_for (desk->clock, 3 * FOYER_SECOND);
  g_assert_cmpuint (foyer_fake_store_get_n_orders (desk->store), ==, 3);
  foyer_desk_set_sync_interval (desk->desk, 0);
  pulls = foyer_fake_server_get_pulls (desk->server);
  foyer_test_run_for (desk->clock, FOYER_HOUR);
  g_assert_cmpuint (foyer_fake_server_get_pulls (desk->server), ==, pulls);
}

static void
test_probe (void)
{
  g_autoptr (FoyerTestDesk) desk = make_desk (2);
  guint checks;

  foyer_fake_server_set_down (desk->server, TRUE);
  for (int i = 0; i < 2; i++)
    {
      foyer_desk_check_async (desk->desk, NULL, NULL, NULL);
      foyer_test_run_for (desk->clock, 100000);
    }
  g_assert_cmpint (foyer_desk_get_reach (desk->desk), ==, FOYER_REACH_OFFLINE);
  checks = foyer_fake_service_get_checks (desk->service);
  foyer_test_run_for (desk->clock, 10 * FOYER_MINUTE);
  /* pauses grow to half a minute */
  g_assert_cmpuint (foyer_fake_service_get_checks (desk->service) - checks, >, 15);
  g_assert_cmpuint (foyer_fake_service_get_checks (desk->service) - checks, <, 60);
  foyer_fake_server_set_down (desk->server, FALSE);
  foyer_test_run_for (desk->clock, 31 * FOYER_SECOND);
  g_assert_cmpint (foyer_desk_get_reach (desk->desk), ==, FOYER_REACH_ONLINE);
  checks = foyer_fake_service_get_checks (desk->service);
  foyer_test_run_for (desk->clock, FOYER_HOUR);
  g_assert_cmpuint (foyer_fake_service_get_checks (desk->service), ==, checks);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands/desk/sync", test_sync);
  g_test_add_func ("/commands/desk/cancel-and-resume", test_cancel_and_resume);
  g_test_add_func ("/commands/desk/two-wait-for-one", test_two_wait_for_one);
  g_test_add_func ("/commands/desk/refused-resource", test_refused_resource);
  g_test_add_func ("/commands/desk/refused-orders", test_refused_orders);
  g_test_add_func ("/commands/desk/cut", test_cut);
  g_test_add_func ("/commands/desk/glance", test_glance);
  g_test_add_func ("/commands/desk/sync-after-glance", test_sync_after_glance);
  g_test_add_func ("/commands/desk/interval", test_interval);
  g_test_add_func ("/commands/desk/probe", test_probe);
  return g_test_run ();
}
