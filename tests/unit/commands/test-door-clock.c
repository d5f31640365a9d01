/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Door time: the service's, steady, unique. */

#include "foyer-door-clock.h"
#include "foyer-fake-clock.h"

#define NOW G_GINT64_CONSTANT (1900000000000000)

static void
test_guess (void)
{
  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (NOW);
  g_autoptr (FoyerDoorClock) door = foyer_door_clock_new (FOYER_CLOCK (clock));
  gboolean unsure = FALSE;
  FoyerTime time;
  gint64 skew;

  g_assert_cmpint (foyer_door_clock_now (door, &unsure), ==, NOW);
  g_assert_true (unsure);
  g_assert_false (foyer_door_clock_get_service_time (door, &time));
  g_assert_false (foyer_door_clock_get_skew (door, &skew));
}

static void
test_service (void)
{
  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (NOW);
  g_autoptr (FoyerDoorClock) door = foyer_door_clock_new (FOYER_CLOCK (clock));
  gboolean unsure = TRUE;
  gint64 skew;

  foyer_door_clock_hear (door, -90 * FOYER_SECOND);
  g_assert_cmpint (foyer_door_clock_now (door, &unsure), ==, NOW - 90 * FOYER_SECOND);
  g_assert_false (unsure);
  g_assert_true (foyer_door_clock_get_skew (door, &skew));
  g_assert_cmpint (skew, ==, -90 * FOYER_SECOND);

  /* Somebody sets the laptop's clock a year ahead: door time goes on as if nothing had been. */
  foyer_fake_clock_turn (clock, FOYER_MINUTE);
  foyer_fake_clock_set_wall (clock, NOW + 365 * 24 * FOYER_HOUR);
  g_assert_cmpint (foyer_door_clock_now (door, NULL), ==, NOW - 30 * FOYER_SECOND);
}

static void
test_noise (void)
{
  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (NOW);
  g_autoptr (FoyerDoorClock) door = foyer_door_clock_new (FOYER_CLOCK (clock));

  /* A Date header has whole seconds: what it adds and takes is not time. */
  foyer_door_clock_hear (door, 400000);
  foyer_door_clock_hear (door, -600000);
  g_assert_cmpint (foyer_door_clock_now (door, NULL), ==, NOW + 400000);
  foyer_door_clock_hear (door, 5 * FOYER_SECOND);
  g_assert_cmpint (foyer_door_clock_now (door, NULL), ==, NOW + 5 * FOYER_SECOND);
}

static void
test_unique (void)
{
  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (NOW);
  g_autoptr (FoyerDoorClock) door = foyer_door_clock_new (FOYER_CLOCK (clock));
  FoyerTime last = 0;

  for (int i = 0; i < 1000; i++)
    {
      FoyerTime now = foyer_door_clock_now (door, NULL);

      g_assert_cmpint (now, >, last);
      last = now;
    }

  /* The first answer corrects a laptop that is a day ahead, guesses or not. */
  foyer_door_clock_hear (door, -24 * FOYER_HOUR);
  g_assert_cmpint (foyer_door_clock_now (door, NULL), ==, NOW - 24 * FOYER_HOUR);
}

static void
test_pin (void)
{
  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (NOW);
  g_autoptr (FoyerDoorClock) door = foyer_door_clock_new (FOYER_CLOCK (clock));
  gboolean unsure = TRUE;
  FoyerTime time;

  foyer_door_clock_hear (door, 0);
  foyer_door_clock_pin (door, 12345);
  g_assert_cmpint (foyer_door_clock_now (door, &unsure), ==, 12345);
  g_assert_false (unsure);
  g_assert_cmpint (foyer_door_clock_now (door, NULL), ==, 12346);
  g_assert_true (foyer_door_clock_get_service_time (door, &time));
  g_assert_cmpint (time, ==, NOW);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands/door-clock/guess", test_guess);
  g_test_add_func ("/commands/door-clock/service", test_service);
  g_test_add_func ("/commands/door-clock/noise", test_noise);
  g_test_add_func ("/commands/door-clock/unique", test_unique);
  g_test_add_func ("/commands/door-clock/pin", test_pin);
  return g_test_run ();
}
