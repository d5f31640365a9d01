/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-time.h"
#include "foyer-zone-names.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *zone; /* (nullable) */
  const char *utc;  /* (nullable): must fail */
} Case;

static const Case parse_cases[] = {
  /* As pretix writes it. */
  { "2026-05-01T10:00:00+02:00", NULL, "2026-05-01T08:00:00Z" },
  { "2026-05-01T10:00:00.123456+02:00", NULL, "2026-05-01T08:00:00.123456Z" },
  { "2026-05-01T10:00:00.000001Z", NULL, "2026-05-01T10:00:00.000001Z" },
  { "2026-05-01T10:00:00Z", NULL, "2026-05-01T10:00:00Z" },
  { "2026-05-01T10:00:00z", NULL, "2026-05-01T10:00:00Z" },
  { "2026-05-01t10:00:00Z", NULL, "2026-05-01T10:00:00Z" },
  { "2026-05-01 10:00:00Z", NULL, "2026-05-01T10:00:00Z" },
  { "2026-05-01 10:00Z", NULL, "2026-05-01T10:00:00Z" },
  /* Offsets. */
  { "2026-05-01T10:00:00+0545", NULL, "2026-05-01T04:15:00Z" },
  { "2026-05-01T10:00:00-03", NULL, "2026-05-01T13:00:00Z" },
  { "2026-05-01T10:00:00-00:00", NULL, "2026-05-01T10:00:00Z" },
  { "2026-05-01T10:00:00+23:59", NULL, "2026-04-30T10:01:00Z" },
  { "1880-01-01T00:00:00+00:53:28", NULL, "1879-12-31T23:06:32Z" },
  /* An offset in the text wins over the zone. */
  { "2026-05-01T10:00:00Z", "Europe/Berlin", "2026-05-01T10:00:00Z" },
  /* Fractions are cut off, not rounded. */
  { "2026-05-01T10:00:00.1Z", NULL, "2026-05-01T10:00:00.100000Z" },
  { "2026-05-01T10:00:00,5Z", NULL, "2026-05-01T10:00:00.500000Z" },
  { "2026-05-01T10:00:00.9999999Z", NULL, "2026-05-01T10:00:00.999999Z" },
  { "2026-12-31T23:59:59.9999999999999999999999999999999999999999Z", NULL,
    "2026-12-31T23:59:59.999999Z" },
  { "2026-05-01T10:00:00.0000009Z", NULL, "2026-05-01T10:00:00Z" },
  /* Before the epoch. */
  { "1969-12-31T23:59:59.999999Z", NULL, "1969-12-31T23:59:59.999999Z" },
  { "1969-12-31T23:59:59Z", NULL, "1969-12-31T23:59:59Z" },
  /* The ends of the world. */
  { "0001-01-01T00:00:00Z", NULL, "0001-01-01T00:00:00Z" },
  { "9999-12-31T23:59:59.999999Z", NULL, "9999-12-31T23:59:59.999999Z" },
  { "0001-01-01T00:00:00+00:01", NULL, NULL },
  { "9999-12-31T23:59:59-00:01", NULL, NULL },
  { "9999-12-31T23:59:60Z", NULL, NULL },
  { "0000-01-01T00:00:00Z", NULL, NULL },
  { "10000-01-01T00:00:00Z", NULL, NULL },
  { "9223372036854775808-01-01T00:00:00Z", NULL, NULL },
  /* The calendar. */
  { "2024-02-29T00:00:00Z", NULL, "2024-02-29T00:00:00Z" },
  { "2000-02-29T00:00:00Z", NULL, "2000-02-29T00:00:00Z" },
  { "2023-02-29T00:00:00Z", NULL, NULL },
  { "1900-02-29T00:00:00Z", NULL, NULL },
  { "2026-04-31T00:00:00Z", NULL, NULL },
  { "2026-13-01T00:00:00Z", NULL, NULL },
  { "2026-00-01T00:00:00Z", NULL, NULL },
  { "2026-01-00T00:00:00Z", NULL, NULL },
  { "2026-01-01T24:00:00Z", NULL, NULL },
  { "2026-01-01T00:60:00Z", NULL, NULL },
  { "2026-01-01T00:00:61Z", NULL, NULL },
  { "2016-12-31T23:59:60Z", NULL, "2017-01-01T00:00:00Z" },
  /* Without an offset. */
  { "2026-05-01T10:00:00", NULL, NULL },
  { "2026-05-01", NULL, NULL },
  { "2026-05-01T10:00:00", "Europe/Berlin", "2026-05-01T08:00:00Z" },
  { "2026-05-01T10:00", "Europe/Berlin", "2026-05-01T08:00:00Z" },
  { "2026-01-01 10:00:00.5", "Europe/Berlin", "2026-01-01T09:00:00.500000Z" },
  { "2026-05-01", "Europe/Berlin", "2026-04-30T22:00:00Z" },
  { "2026-05-01", "Pacific/Auckland", "2026-04-30T12:00:00Z" },
  { "2026-05-01", "America/Los_Angeles", "2026-05-01T07:00:00Z" },
  { "2026-05-01T10:00:00", "Asia/Kathmandu", "2026-05-01T04:15:00Z" },
  { "0001-01-01", "Europe/Berlin", NULL },
  { "9999-12-31T23:00:00", "America/Los_Angeles", NULL },
  /* Clocks forward: 2026-03-29 02:00 -> 03:00 in Berlin. */
  { "2026-03-29T01:59:59", "Europe/Berlin", "2026-03-29T00:59:59Z" },
  { "2026-03-29T02:00:00", "Europe/Berlin", "2026-03-29T01:00:00Z" },
  { "2026-03-29T02:30:00", "Europe/Berlin", "2026-03-29T01:30:00Z" },
  { "2026-03-29T03:00:00", "Europe/Berlin", "2026-03-29T01:00:00Z" },
  /* Clocks back: 2026-10-25 03:00 -> 02:00. */
  { "2026-10-25T01:59:59", "Europe/Berlin", "2026-10-24T23:59:59Z" },
  { "2026-10-25T02:30:00", "Europe/Berlin", "2026-10-25T00:30:00Z" },
  { "2026-10-25T03:00:00", "Europe/Berlin", "2026-10-25T02:00:00Z" },
  /* Midnight itself is skipped (Santiago, 2026-09-06), a whole day too (Apia, 2011-12-30). */
  { "2026-09-06", "America/Santiago", "2026-09-06T04:00:00Z" },
  { "2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00Z" },
  { "2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00Z" },
  { "2011-12-29", "Pacific/Apia", "2011-12-29T10:00:00Z" },
  /* Garbage. */
  { "", "UTC", NULL },
  { " 2026-05-01", "UTC", NULL },
  { "2026-05-01 ", "UTC", NULL },
  { "2026-05-01T", "UTC", NULL },
  { "2026-05-01Z", "UTC", NULL },
  { "2026-05-01T10", "UTC", NULL },
  { "2026-05-01T10:00:", "UTC", NULL },
  { "2026-05-01T10:00:00.", "UTC", NULL },
  { "2026-05-01T10:00:00.Z", "UTC", NULL },
  { "2026-05-01T10:00:00 Z", "UTC", NULL },
  { "2026-05-01T10:00:00Z ", "UTC", NULL },
  { "2026-05-01T10:00:00ZZ", "UTC", NULL },
  { "2026-05-01T10:00:00+", "UTC", NULL },
  { "2026-05-01T10:00:00+2", "UTC", NULL },
  { "2026-05-01T10:00:00+024", "UTC", NULL },
  { "2026-05-01T10:00:00+02:", "UTC", NULL },
  { "2026-05-01T10:00:00+02:0", "UTC", NULL },
  { "2026-05-01T10:00:00+24:00", "UTC", NULL },
  { "2026-05-01T10:00:00+02:60", "UTC", NULL },
  { "2026-05-01T10:00:00+02:00:60", "UTC", NULL },
  { "2026-05-01T10:00:00\xe2\x88\x92"
    "02:00",
    "UTC", NULL },
  { "20260501T100000Z", "UTC", NULL },
  { "2026-5-1", "UTC", NULL },
  { "2026-W18-5", "UTC", NULL },
  { "-2026-05-01", "UTC", NULL },
  { "+2026-05-01", "UTC", NULL },
  { "2026-05-01T-1:00:00Z", "UTC", NULL },
  { "2026-05-01T1e:00:00Z", "UTC", NULL },
  { "\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa6-05-01", "UTC", NULL },
  { "null", "UTC", NULL },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      const Case *c = &parse_cases[i];
      g_autoptr (GTimeZone) zone = foyer_time_zone_new (c->zone);
      g_autofree char *utc = NULL;
      FoyerTime time = 42;

      g_test_message ("%s in %s", c->text, c->zone != NULL ? c->zone : "no zone");
      g_assert_true (c->zone == NULL || zone != NULL);
      g_assert_cmpint (foyer_time_parse (c->text, zone, &time), ==, c->utc != NULL);
      g_assert_cmpint (foyer_time_parse (c->text, zone, NULL), ==, c->utc != NULL);
      if (c->utc == NULL)
        {
          g_assert_cmpint (time, ==, 42);
          continue;
        }
      utc = foyer_time_format_utc (time);
      g_assert_cmpstr (utc, ==, c->utc);
    }

  g_assert_false (foyer_time_parse (NULL, NULL, NULL));
}

static void
test_parse_exact (void)
{
  FoyerTime time;

  g_assert_true (foyer_time_parse ("1970-01-01T00:00:00Z", NULL, &time));
  g_assert_cmpint (time, ==, 0);
  g_assert_true (foyer_time_parse ("1969-12-31T23:59:59.999999Z", NULL, &time));
  g_assert_cmpint (time, ==, -1);
  g_assert_true (foyer_time_parse ("2001-09-09T01:46:40.000007Z", NULL, &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1000000000000007));
}

static void
test_format (void)
{
  g_autoptr (GTimeZone) berlin = foyer_time_zone_new ("Europe/Berlin");
  g_autoptr (GTimeZone) newfoundland = foyer_time_zone_new ("America/St_Johns");
  FoyerTime time;
  g_autofree char *in_berlin = NULL;
  g_autofree char *in_newfoundland = NULL;
  g_autofree char *in_utc = NULL;
  g_autofree char *old = NULL;

  g_assert_true (foyer_time_parse ("2026-05-01T08:00:00.000120Z", NULL, &time));
  in_berlin = foyer_time_format (time, berlin);
  g_assert_cmpstr (in_berlin, ==, "2026-05-01T10:00:00.000120+02:00");
  in_newfoundland = foyer_time_format (time, newfoundland);
  g_assert_cmpstr (in_newfoundland, ==, "2026-05-01T05:30:00.000120-02:30");
  in_utc = foyer_time_format (time, NULL);
  g_assert_cmpstr (in_utc, ==, "2026-05-01T08:00:00.000120+00:00");

  g_assert_true (foyer_time_parse ("1880-01-01T00:00:00Z", NULL, &time));
  old = foyer_time_format (time, berlin);
  g_assert_cmpstr (old, ==, "1880-01-01T00:53:28+00:53:28");
}

static void
test_out_of_range (void)
{
  static const FoyerTime times[] = {
    FOYER_TIME_NONE,
    G_MININT64 + 1,
    G_MAXINT64,
    G_GINT64_CONSTANT (-62135596800000001),
    G_GINT64_CONSTANT (253402300800000000),
  };
  g_autoptr (GTimeZone) berlin = foyer_time_zone_new ("Europe/Berlin");

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_assert_null (foyer_time_to_date_time (times[i], NULL));
      g_assert_null (foyer_time_format (times[i], berlin));
      g_assert_null (foyer_time_format_utc (times[i]));
    }

  /* In the world in UTC, beyond it in Berlin. */
  g_assert_null (foyer_time_format (G_GINT64_CONSTANT (253402300799999999), berlin));
}

static void
test_date_time (void)
{
  g_autoptr (GTimeZone) berlin = foyer_time_zone_new ("Europe/Berlin");
  g_autoptr (GDateTime) date_time = foyer_time_to_date_time (-1, berlin);

  g_assert_cmpint (g_date_time_get_microsecond (date_time), ==, 999999);
  g_assert_cmpint (g_date_time_get_hour (date_time), ==, 0);
  g_assert_cmpint (foyer_time_from_date_time (date_time), ==, -1);
  g_assert_true (foyer_time_from_date_time (NULL) == FOYER_TIME_NONE);
}

static void
test_zone (void)
{
  static const char *const good[] = { "Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires",
                                      "Etc/GMT+5" };
  /* A machine knows these, or the names that they have today. */
  static const char *const renamed[][2]
      = { { "EST5EDT", "America/New_York" },    { "US/Eastern", "America/New_York" },
          { "Asia/Calcutta", "Asia/Kolkata" },  { "Europe/Kiev", "Europe/Kyiv" },
          { "Africa/Asmera", "Africa/Asmara" }, { "Zulu", "Etc/UTC" } };
  static const char *const bad[] = { "",
                                     "Z",
                                     "+02:00",
                                     "02",
                                     "Europe/Nowhere",
                                     "europe",
                                     "../../etc",
                                     "/etc/localtime",
                                     "Europe/",
                                     "Europe//Berlin",
                                     "Europe/../Europe/Berlin",
                                     "ABC5",
                                     "CET-1CEST",
                                     "<x>-3",
                                     ":Europe/Berlin",
                                     "Europe/Berlin ",
                                     "Europe/B\xc3\xa9rlin",
                                     "posixrules,M3",
                                     "Europe" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GTimeZone) zone = foyer_time_zone_new (good[i]);

      g_assert_nonnull (zone);
      g_assert_cmpstr (g_time_zone_get_identifier (zone), ==, good[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (renamed); i++)
    {
      g_autoptr (GTimeZone) zone = foyer_time_zone_new (renamed[i][0]);
      const char *identifier;

      g_assert_nonnull (zone);
      identifier = g_time_zone_get_identifier (zone);
      g_assert_true (g_str_equal (identifier, renamed[i][0])
                     || g_str_equal (identifier, renamed[i][1]));
      g_assert_cmpstr (foyer_zone_name_today (renamed[i][0]), ==, renamed[i][1]);
    }
  g_assert_null (foyer_zone_name_today ("Europe/Berlin"));
  g_assert_null (foyer_zone_name_today (""));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_null (foyer_time_zone_new (bad[i]));
    }
  g_assert_null (foyer_time_zone_new (NULL));
}

static void
test_http_date (void)
{
  static const Case cases[] = {
    { "Sun, 06 Nov 1994 08:49:37 GMT", NULL, "1994-11-06T08:49:37Z" },
    { "Sunday, 06-Nov-94 08:49:37 GMT", NULL, "1994-11-06T08:49:37Z" },
    { "Sun Nov  6 08:49:37 1994", NULL, "1994-11-06T08:49:37Z" },
    { "Wed Nov 16 08:49:37 1994", NULL, "1994-11-16T08:49:37Z" },
    { "Thu, 01 Jan 1970 00:00:00 GMT", NULL, "1970-01-01T00:00:00Z" },
    { "Wed, 31 Dec 1969 23:59:59 GMT", NULL, "1969-12-31T23:59:59Z" },
    { "Friday, 01-May-26 08:00:00 GMT", NULL, "2026-05-01T08:00:00Z" },
    { "Saturday, 01-May-26 08:00:00 GMT", NULL, "1926-05-01T08:00:00Z" },
    { "Tuesday, 29-Feb-00 08:00:00 GMT", NULL, "2000-02-29T08:00:00Z" },
    { "Sat, 31 Dec 2016 23:59:60 GMT", NULL, "2017-01-01T00:00:00Z" },
    { "Mon, 06 Nov 1994 08:49:37 GMT", NULL, NULL },
    { "Monday, 29-Feb-00 08:00:00 GMT", NULL, NULL },
    { "Sun, 06 Nov 1994 08:49:37 UTC", NULL, NULL },
    { "Sun, 06 Nov 1994 08:49:37", NULL, NULL },
    { "Sun, 06 Nov 1994 08:49:37 GMT ", NULL, NULL },
    { "Sun, 6 Nov 1994 08:49:37 GMT", NULL, NULL },
    { "Sun, 06 nov 1994 08:49:37 GMT", NULL, NULL },
    { "Sun, 06 Nov 94 08:49:37 GMT", NULL, NULL },
    { "Sun, 06 Nov 1994 24:49:37 GMT", NULL, NULL },
    { "Sun, 31 Nov 1994 08:49:37 GMT", NULL, NULL },
    { "Sun Nov 6 08:49:37 1994", NULL, NULL },
    { "Sun Nov  6 08:49:37 1994 GMT", NULL, NULL },
    { "Sunday, 06 Nov 1994 08:49:37 GMT", NULL, NULL },
    { "Su", NULL, NULL },
    { "Sun", NULL, NULL },
    { "Sun,", NULL, NULL },
    { "", NULL, NULL },
    { "120", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *utc = NULL;
      FoyerTime time = 42;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (foyer_time_parse_http_date (cases[i].text, &time), ==, cases[i].utc != NULL);
      if (cases[i].utc == NULL)
        {
          g_assert_cmpint (time, ==, 42);
          continue;
        }
      utc = foyer_time_format_utc (time);
      g_assert_cmpstr (utc, ==, cases[i].utc);
    }
  g_assert_false (foyer_time_parse_http_date (NULL, NULL));
}

/* What is written is read back, in every zone and at every instant of the calendar. */
static void
test_round_trip (void)
{
  static const char *const names[] = { "UTC", "Europe/Berlin", "America/St_Johns",
                                       "Pacific/Kiritimati", "Africa/Monrovia" };

  for (gsize z = 0; z < G_N_ELEMENTS (names); z++)
    {
      g_autoptr (GTimeZone) zone = foyer_time_zone_new (names[z]);

      for (int i = 0; i < 4000; i++)
        {
          FoyerTime time = ((gint64)g_test_rand_int_range (-719160, 2932890) * 86400
                            + g_test_rand_int_range (0, 86400))
                               * FOYER_SECOND
                           + (i % 2 == 0 ? g_test_rand_int_range (0, 1000000) : 0);
          g_autofree char *text = foyer_time_format (time, zone);
          g_autofree char *utc = foyer_time_format_utc (time);
          FoyerTime back = 0;

          g_assert_true (foyer_time_parse (text, NULL, &back));
          g_assert_cmpint (back, ==, time);
          g_assert_true (foyer_time_parse (utc, NULL, &back));
          g_assert_cmpint (back, ==, time);
        }
    }
}

/* Our calendar is GLib's. */
static void
test_calendar (void)
{
  for (int i = 0; i < 4000; i++)
    {
      int year = g_test_rand_int_range (1, 10000);
      int month = g_test_rand_int_range (1, 13);
      int day = g_test_rand_int_range (1, 32);
      g_autoptr (GDateTime) theirs = g_date_time_new_utc (year, month, day, 12, 0, 0);
      g_autofree char *text = g_strdup_printf ("%04d-%02d-%02dT12:00:00Z", year, month, day);
      FoyerTime ours = 0;

      g_assert_cmpint (foyer_time_parse (text, NULL, &ours), ==, theirs != NULL);
      if (theirs != NULL)
        g_assert_cmpint (ours, ==, g_date_time_to_unix (theirs) * FOYER_SECOND);
    }
}

static void
test_random_bytes (void)
{
  g_autoptr (GTimeZone) zone = foyer_time_zone_new ("Europe/Berlin");
  static const char alphabet[] = "0123456789-:+.,TZ GMT SunNov\xff";

  for (int i = 0; i < 20000; i++)
    {
      char text[48];
      int length = g_test_rand_int_range (0, sizeof text);
      FoyerTime time;

      for (int k = 0; k < length; k++)
        text[k] = i % 2 == 0 ? (char)g_test_rand_int_range (1, 256)
                             : alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      text[length] = '\0';
      if (foyer_time_parse (text, zone, &time))
        g_assert_cmpint (length, >=, 10);
      foyer_time_parse_http_date (text, &time);

      /* One byte of a good one changed. */
      memcpy (text, "2026-05-01T10:00:00.123456+02:00", 33);
      text[g_test_rand_int_range (0, 32)] = (char)g_test_rand_int_range (0, 256);
      foyer_time_parse (text, zone, &time);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/time/parse", test_parse);
  g_test_add_func ("/base/time/parse-exact", test_parse_exact);
  g_test_add_func ("/base/time/format", test_format);
  g_test_add_func ("/base/time/out-of-range", test_out_of_range);
  g_test_add_func ("/base/time/date-time", test_date_time);
  g_test_add_func ("/base/time/zone", test_zone);
  g_test_add_func ("/base/time/http-date", test_http_date);
  g_test_add_func ("/base/time/round-trip", test_round_trip);
  g_test_add_func ("/base/time/calendar", test_calendar);
  g_test_add_func ("/base/time/random-bytes", test_random_bytes);

  return g_test_run ();
}
