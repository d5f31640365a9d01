/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts that are values: breaker, lane, clock, health, Retry-After, statuses. */

#define G_LOG_DOMAIN "test-http"

#include "foyer-http-breaker.h"
#include "foyer-http-clock.h"
#include "foyer-http-health.h"
#include "foyer-http-lane.h"
#include "foyer-http-private.h"

#define MS G_GINT64_CONSTANT (1000)

static void
report_times (FoyerHttpBreaker *breaker, gint64 now, FoyerHttpFault fault, guint times)
{
  for (guint i = 0; i < times; i++)
    foyer_http_breaker_report (breaker, now, fault);
}

static void
test_breaker_opens (void)
{
  FoyerHttpBreaker breaker;

  foyer_http_breaker_init (&breaker, 7);
  report_times (&breaker, 0, FOYER_HTTP_FAULT_BUSY, 4);
  g_assert_true (foyer_http_breaker_allow (&breaker, 0, FALSE, FALSE));
  foyer_http_breaker_report (&breaker, 0, FOYER_HTTP_FAULT_NONE);
  report_times (&breaker, 0, FOYER_HTTP_FAULT_BUSY, 4);
  g_assert_false (foyer_http_breaker_is_open (&breaker));
  foyer_http_breaker_report (&breaker, 0, FOYER_HTTP_FAULT_BUSY);
  g_assert_true (foyer_http_breaker_is_open (&breaker));
  g_assert_false (foyer_http_breaker_allow (&breaker, 1, TRUE, FALSE));
  g_assert_false (foyer_http_breaker_allow (&breaker, 1, FALSE, FALSE));
  g_assert_true (foyer_http_breaker_allow (&breaker, 1, TRUE, TRUE));

  /* 429 and 5xx are answers: the service is there */
  g_assert_cmpint (breaker.reach, ==, FOYER_REACH_ONLINE);
  foyer_http_breaker_clear (&breaker);
}

static void
test_breaker_half_opens (void)
{
  FoyerHttpBreaker breaker;
  gint64 now = 0;
  gint64 expected = FOYER_SECOND;

  foyer_http_breaker_init (&breaker, 7);
  report_times (&breaker, now, FOYER_HTTP_FAULT_UNANSWERED, 5);

  for (guint i = 0; i < 8; i++)
    {
      gint64 wait = foyer_http_breaker_get_wait (&breaker, now);

      g_assert_cmpint (wait, >=, expected * 8 / 10);
      g_assert_cmpint (wait, <=, expected * 12 / 10);
      expected = MIN (expected * 2, 30 * FOYER_SECOND);

      now += wait;
      /* one read may try, no write, no second one */
      g_assert_false (foyer_http_breaker_allow (&breaker, now, FALSE, FALSE));
      g_assert_true (foyer_http_breaker_allow (&breaker, now, TRUE, FALSE));
      g_assert_false (foyer_http_breaker_allow (&breaker, now, TRUE, FALSE));
      if (i == 3)
        {
          /* cancelled: the next one may */
          foyer_http_breaker_withdraw (&breaker);
          g_assert_true (foyer_http_breaker_allow (&breaker, now, TRUE, FALSE));
        }
      foyer_http_breaker_report (&breaker, now, FOYER_HTTP_FAULT_UNREACHED);
    }

  now += foyer_http_breaker_get_wait (&breaker, now);
  g_assert_true (foyer_http_breaker_allow (&breaker, now, TRUE, FALSE));
  foyer_http_breaker_report (&breaker, now, FOYER_HTTP_FAULT_NONE);
  g_assert_false (foyer_http_breaker_is_open (&breaker));
  g_assert_true (foyer_http_breaker_allow (&breaker, now, FALSE, FALSE));
  g_assert_cmpint (breaker.reach, ==, FOYER_REACH_ONLINE);
  foyer_http_breaker_clear (&breaker);
}

/* Six calls that fail together are one reason to wait, not six. */
static void
test_breaker_burst (void)
{
  FoyerHttpBreaker breaker;

  foyer_http_breaker_init (&breaker, 7);
  report_times (&breaker, 0, FOYER_HTTP_FAULT_UNANSWERED, 12);
  g_assert_cmpint (foyer_http_breaker_get_wait (&breaker, 0), <=, FOYER_SECOND * 12 / 10);
  foyer_http_breaker_clear (&breaker);
}

static void
test_reach (void)
{
  FoyerHttpBreaker breaker;

  foyer_http_breaker_init (&breaker, 7);
  g_assert_cmpint (breaker.reach, ==, FOYER_REACH_UNKNOWN);
  foyer_http_breaker_report (&breaker, 0, FOYER_HTTP_FAULT_UNANSWERED);
  g_assert_cmpint (breaker.reach, ==, FOYER_REACH_UNKNOWN);
  foyer_http_breaker_report (&breaker, 0, FOYER_HTTP_FAULT_UNANSWERED);
  g_assert_cmpint (breaker.reach, ==, FOYER_REACH_OFFLINE);
  foyer_http_breaker_report (&breaker, 0, FOYER_HTTP_FAULT_BUSY);
  g_assert_cmpint (breaker.reach, ==, FOYER_REACH_ONLINE);
  foyer_http_breaker_report (&breaker, 0, FOYER_HTTP_FAULT_UNANSWERED);
  g_assert_cmpint (breaker.reach, ==, FOYER_REACH_ONLINE);
  foyer_http_breaker_report (&breaker, 0, FOYER_HTTP_FAULT_NONE);
  foyer_http_breaker_report (&breaker, 0, FOYER_HTTP_FAULT_UNREACHED);
  g_assert_cmpint (breaker.reach, ==, FOYER_REACH_OFFLINE);
  g_assert_false (foyer_http_breaker_is_open (&breaker));
  foyer_http_breaker_clear (&breaker);
}

static void
test_lane_places (void)
{
  FoyerHttpLane lane;

  foyer_http_lane_init (&lane);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (foyer_http_lane_try (&lane, 0, FALSE), ==, 0);
  g_assert_cmpint (foyer_http_lane_try (&lane, 0, FALSE), ==, -1);
  g_assert_cmpint (foyer_http_lane_try (&lane, 0, TRUE), ==, 0);
  g_assert_cmpint (foyer_http_lane_try (&lane, 0, TRUE), ==, 0);
  g_assert_cmpint (foyer_http_lane_try (&lane, 0, TRUE), ==, -1);
  foyer_http_lane_leave (&lane);
  g_assert_cmpint (foyer_http_lane_try (&lane, 0, FALSE), ==, -1);
  g_assert_cmpint (foyer_http_lane_try (&lane, 0, TRUE), ==, 0);
}

static void
test_lane_rate (void)
{
  FoyerHttpLane lane;
  gint64 now = 5 * FOYER_SECOND, wait;

  foyer_http_lane_init (&lane);
  foyer_http_lane_set_rate (&lane, now, 60, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (foyer_http_lane_try (&lane, now, FALSE), ==, 0);
      foyer_http_lane_leave (&lane);
    }
  wait = foyer_http_lane_try (&lane, now, TRUE);
  g_assert_cmpint (wait, >, 990 * MS);
  g_assert_cmpint (wait, <=, 1001 * MS);
  now += wait;
  g_assert_cmpint (foyer_http_lane_try (&lane, now, FALSE), ==, 0);
  foyer_http_lane_leave (&lane);
  g_assert_cmpint (foyer_http_lane_try (&lane, now, FALSE), >, 0);

  /* a long rest gives a burst, no more */
  now += FOYER_HOUR;
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (foyer_http_lane_try (&lane, now, FALSE), ==, 0);
      foyer_http_lane_leave (&lane);
    }
  g_assert_cmpint (foyer_http_lane_try (&lane, now, FALSE), >, 0);
}

static void
test_lane_pause (void)
{
  FoyerHttpLane lane;

  foyer_http_lane_init (&lane);
  foyer_http_lane_pause (&lane, 100);
  foyer_http_lane_pause (&lane, 50);
  g_assert_cmpint (foyer_http_lane_try (&lane, 40, TRUE), ==, 60);
  g_assert_cmpint (foyer_http_lane_try (&lane, 100, TRUE), ==, 0);
}

/* The truth is never outside of the bounds, and they get narrow. */
static void
test_clock_narrows (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  const gint64 offset = G_GINT64_CONSTANT (1760000000123456);
  FoyerHttpClock clock = { 0 };
  gint64 now = 1000 * FOYER_SECOND, uncertainty;

  g_assert_cmpint (foyer_http_clock_get_time (&clock, now, &uncertainty), ==, FOYER_TIME_NONE);

  for (guint i = 0; i < 200; i++)
    {
      gint64 there = now + g_rand_int_range (random, 1000, 80000);
      gint64 back = there + g_rand_int_range (random, 1000, 80000);
      FoyerTime written = there + offset;
      gint64 estimate;

      foyer_http_clock_sample (&clock, written - written % FOYER_SECOND, now, back);
      estimate = foyer_http_clock_get_time (&clock, back, &uncertainty);
      g_assert_cmpint (ABS (estimate - (back + offset)), <=, uncertainty);
      if (i == 0)
        g_assert_cmpint (uncertainty, <=, 600 * MS);
      now = back + g_rand_int_range (random, 1000, 700000);
    }

  g_assert_cmpint (uncertainty, <, 150 * MS);
  /* what is not heard of for an hour is less sure */
  foyer_http_clock_get_time (&clock, now + FOYER_HOUR, &uncertainty);
  g_assert_cmpint (uncertainty, >=, 360 * MS);
}

static void
test_clock_set (void)
{
  FoyerHttpClock clock = { 0 };
  gint64 uncertainty, now = 10 * FOYER_SECOND;

  for (guint i = 0; i < 20; i++)
    foyer_http_clock_sample (&clock, 1000 * FOYER_SECOND, now, now + 10 * MS);
  foyer_http_clock_sample (&clock, 5000 * FOYER_SECOND, now, now + 10 * MS);
  g_assert_cmpint (
      ABS (foyer_http_clock_get_time (&clock, now, &uncertainty) - 5000 * FOYER_SECOND), <=,
      FOYER_SECOND);
}

static void
test_health (void)
{
  FoyerHttpHealth health;
  FoyerHealth figures = { 0 };

  foyer_http_health_init (&health);
  foyer_http_health_fill (&health, &figures);
  g_assert_cmpint (figures.p50, ==, 0);
  g_assert_cmpint (figures.last_answer, ==, FOYER_TIME_NONE);

  foyer_http_health_add (&health, 5, TRUE, FALSE);
  foyer_http_health_fill (&health, &figures);
  g_assert_cmpint (figures.p50, ==, 5);
  g_assert_cmpint (figures.p95, ==, 5);

  for (gint64 i = 0; i < 1000; i++)
    foyer_http_health_add (&health, 9999, TRUE, FALSE);
  for (gint64 i = 1; i <= FOYER_HTTP_HEALTH_WINDOW; i++)
    foyer_http_health_add (&health, i * 100, TRUE, i == 3);
  foyer_http_health_add (&health, 77777777, FALSE, TRUE);

  foyer_http_health_fill (&health, &figures);
  g_assert_cmpint (figures.p50, ==, 3200);
  g_assert_cmpint (figures.p95, ==, 6100);
  g_assert_cmpuint (figures.calls, ==, 1001 + FOYER_HTTP_HEALTH_WINDOW + 1);
  g_assert_cmpuint (figures.failures, ==, 2);
}

static void
test_retry_after (void)
{
  const FoyerTime now = G_GINT64_CONSTANT (1700000000) * FOYER_SECOND; /* 2023-11-14 22:13:20 */

  g_assert_cmpint (foyer_http_parse_retry_after (NULL, now), ==, 0);
  g_assert_cmpint (foyer_http_parse_retry_after ("", now), ==, 0);
  g_assert_cmpint (foyer_http_parse_retry_after ("soon", now), ==, 0);
  g_assert_cmpint (foyer_http_parse_retry_after ("-5", now), ==, 0);
  g_assert_cmpint (foyer_http_parse_retry_after ("0", now), ==, 0);
  g_assert_cmpint (foyer_http_parse_retry_after ("5", now), ==, 5 * FOYER_SECOND);
  g_assert_cmpint (foyer_http_parse_retry_after ("9223372036854775807", now), ==, 24 * FOYER_HOUR);
  g_assert_cmpint (foyer_http_parse_retry_after ("99999999999999999999", now), ==, 0);
  g_assert_cmpint (foyer_http_parse_retry_after ("Tue, 14 Nov 2023 22:13:50 GMT", now), ==,
                   30 * FOYER_SECOND);
  g_assert_cmpint (foyer_http_parse_retry_after ("Tue, 14 Nov 2023 22:00:00 GMT", now), ==, 0);
  g_assert_cmpint (foyer_http_parse_retry_after ("Tue, 14 Nov 2034 22:00:00 GMT", now), ==,
                   24 * FOYER_HOUR);
}

static void
test_statuses (void)
{
  static const struct
  {
    int status;
    FoyerError code;
    FoyerOutcome of_write;
  } statuses[] = {
    { 400, FOYER_ERROR_INVALID, FOYER_OUTCOME_ANSWERED },
    { 401, FOYER_ERROR_UNAUTHORIZED, FOYER_OUTCOME_ANSWERED },
    { 403, FOYER_ERROR_FORBIDDEN, FOYER_OUTCOME_ANSWERED },
    { 404, FOYER_ERROR_NOT_FOUND, FOYER_OUTCOME_ANSWERED },
    { 405, FOYER_ERROR_INVALID, FOYER_OUTCOME_ANSWERED },
    { 407, FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_ANSWERED },
    { 408, FOYER_ERROR_TIMEOUT, FOYER_OUTCOME_ANSWERED },
    { 409, FOYER_ERROR_CONFLICT, FOYER_OUTCOME_ANSWERED },
    { 410, FOYER_ERROR_NOT_FOUND, FOYER_OUTCOME_ANSWERED },
    { 412, FOYER_ERROR_CONFLICT, FOYER_OUTCOME_ANSWERED },
    { 422, FOYER_ERROR_INVALID, FOYER_OUTCOME_ANSWERED },
    { 429, FOYER_ERROR_RATE_LIMITED, FOYER_OUTCOME_ANSWERED },
    { 500, FOYER_ERROR_SERVER, FOYER_OUTCOME_UNKNOWN },
    { 504, FOYER_ERROR_SERVER, FOYER_OUTCOME_UNKNOWN },
    { 304, FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN },
    { 600, FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    for (guint is_read = 0; is_read < 2; is_read++)
      {
        g_autoptr (GError) error = foyer_http_error_from_status (statuses[i].status, is_read, "/x/",
                                                                 5 * FOYER_SECOND);

        g_assert_error (error, FOYER_ERROR, (int)statuses[i].code);
        g_assert_cmpint (foyer_error_get_status (error), ==, statuses[i].status);
        g_assert_cmpint (foyer_error_get_retry_after (error), ==, 5 * FOYER_SECOND);
        g_assert_cmpint (foyer_error_get_outcome (error), ==,
                         is_read ? FOYER_OUTCOME_ANSWERED : statuses[i].of_write);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/breaker/opens", test_breaker_opens);
  g_test_add_func ("/http/breaker/half-opens", test_breaker_half_opens);
  g_test_add_func ("/http/breaker/burst", test_breaker_burst);
  g_test_add_func ("/http/breaker/reach", test_reach);
  g_test_add_func ("/http/lane/places", test_lane_places);
  g_test_add_func ("/http/lane/rate", test_lane_rate);
  g_test_add_func ("/http/lane/pause", test_lane_pause);
  g_test_add_func ("/http/clock/narrows", test_clock_narrows);
  g_test_add_func ("/http/clock/set", test_clock_set);
  g_test_add_func ("/http/health/figures", test_health);
  g_test_add_func ("/http/errors/retry-after", test_retry_after);
  g_test_add_func ("/http/errors/statuses", test_statuses);
  return g_test_run ();
}
