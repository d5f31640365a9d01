/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-call.h"

#include <string.h>

static FoyerCall *
make_call (void)
{
  char connection[] = "Main";
  char route[] = "/organizers/{organizer}/";
  FoyerCall values = {
    .at = 1000,
    .connection = connection,
    .service = (char *)"pretix",
    .method = (char *)"GET",
    .route = route,
    .status = 200,
    .duration = 1500,
    .request_id = (char *)"0190163d-8694-739b-aea5-966c26f8ad91",
    .bytes_sent = 1,
    .bytes_received = 2,
  };
  FoyerCall *call = foyer_call_new (&values);

  /* The record has its own strings. */
  memset (connection, 'x', sizeof connection - 1);
  memset (route, 'x', sizeof route - 1);
  return call;
}

static void
check_call (const FoyerCall *call)
{
  g_assert_cmpint (call->at, ==, 1000);
  g_assert_cmpstr (call->connection, ==, "Main");
  g_assert_cmpstr (call->service, ==, "pretix");
  g_assert_cmpstr (call->method, ==, "GET");
  g_assert_cmpstr (call->route, ==, "/organizers/{organizer}/");
  g_assert_cmpint (call->status, ==, 200);
  g_assert_cmpint (call->duration, ==, 1500);
  g_assert_cmpstr (call->request_id, ==, "0190163d-8694-739b-aea5-966c26f8ad91");
  g_assert_null (call->error);
  g_assert_cmpuint (call->bytes_sent, ==, 1);
  g_assert_cmpuint (call->bytes_received, ==, 2);
}

static void
test_call_new (void)
{
  g_autoptr (FoyerCall) call = make_call ();
  g_autoptr (FoyerCall) again = foyer_call_new (call);
  FoyerCall empty_values = { .at = FOYER_TIME_NONE };
  g_autoptr (FoyerCall) empty = foyer_call_new (&empty_values);

  check_call (call);
  check_call (again);
  g_assert_true (again != call);
  g_assert_true (again->route != call->route);
  g_assert_null (empty->connection);
}

static void
test_call_boxed (void)
{
  FoyerCall *call = make_call ();
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, FOYER_TYPE_CALL);
  g_value_set_boxed (&value, call);
  g_assert_true (g_value_get_boxed (&value) == call);
  foyer_call_unref (call);
  check_call (g_value_get_boxed (&value));
}

static gpointer
ref_and_unref (gpointer data)
{
  for (int i = 0; i < 20000; i++)
    foyer_call_unref (foyer_call_ref (data));
  return NULL;
}

static void
test_call_threads (void)
{
  g_autoptr (FoyerCall) call = make_call ();
  GThread *threads[3];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("call", ref_and_unref, call);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  check_call (call);
}

static void
test_health (void)
{
  FoyerHealth health = {
    .reach = FOYER_REACH_ONLINE,
    .calls = 10,
    .failures = 1,
    .p50 = 100,
    .p95 = 200,
    .last_answer = FOYER_TIME_NONE,
    .skew = -5,
    .skew_known = TRUE,
  };
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (FoyerHealth) copy = NULL;

  g_value_init (&value, FOYER_TYPE_HEALTH);
  g_value_set_boxed (&value, &health);
  health.calls = 11;
  copy = g_value_dup_boxed (&value);
  g_assert_cmpint (copy->reach, ==, FOYER_REACH_ONLINE);
  g_assert_cmpuint (copy->calls, ==, 10);
  g_assert_cmpuint (copy->failures, ==, 1);
  g_assert_cmpint (copy->p50, ==, 100);
  g_assert_cmpint (copy->p95, ==, 200);
  g_assert_true (copy->last_answer == FOYER_TIME_NONE);
  g_assert_cmpint (copy->skew, ==, -5);
  g_assert_true (copy->skew_known);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/call/new", test_call_new);
  g_test_add_func ("/base/call/boxed", test_call_boxed);
  g_test_add_func ("/base/call/threads", test_call_threads);
  g_test_add_func ("/base/health/copy", test_health);

  return g_test_run ();
}
