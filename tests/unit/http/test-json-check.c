/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The checking scanner: what it refuses, what it marks, and that json-glib can read the rest. */

#define G_LOG_DOMAIN "test-http"

#include <json-glib/json-glib.h>
#include <string.h>

#include "foyer-error.h"
#include "foyer-json-check.h"

static FoyerJsonMap *
check (const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;
  gsize n = length >= 0 ? (gsize)length : strlen (text);
  /* a copy of just this size: a byte too many is seen by the sanitizer */
  g_autofree char *copy = g_memdup2 (text, MAX (n, 1));
  FoyerJsonMap *map = foyer_json_check (copy, n, NULL, &error);

  if (map == NULL)
    {
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
      g_assert_nonnull (strstr (foyer_error_get_detail (error), "at byte"));
    }
  else
    g_assert_no_error (error);
  return map;
}

static void
assert_clean (const char *text)
{
  g_autoptr (FoyerJsonMap) map = check (text, -1);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  g_test_message ("%.60s", text);
  g_assert_nonnull (map);
  g_assert_true (foyer_json_map_is_clean (map));
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_clean (void)
{
  static const char *const texts[] = {
    "{}",
    "[]",
    " \t\r\n[ ] \n",
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-0.0e-0",
    "1.10",
    "1e5",
    "1E+5",
    "0e1",
    "9223372036854775807",
    "-9223372036854775808",
    "1.7976931348623157e308",
    "1e-400",
    "\"\"",
    "{\"\":1}",
    "{\"a\":1,\"b\":{\"a\":1},\"c\":[{\"a\":1},{\"a\":2}]}",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20AC\"",
    "\"\\ud83d\\ude00\\uDBFF\\uDFFF\"",
    "\"\u00e9 \u20ac \U0001F600 \U0010FFFF \uFFFE\"",
    "\"a text that is longer than eight bytes, with \\u0041 and \u5c71\u7530\"",
    "{\"next\":null,\"results\":[]}",
    "[1,2.5,-3,\"x\",null,true,{\"a\":[]}]",
    "\"\x7f\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_clean (texts[i]);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    gssize length;
  } texts[] = {
    { "", 0 },
    { " ", -1 },
    { "{", -1 },
    { "[", -1 },
    { "[1", -1 },
    { "[1,", -1 },
    { "[1,]", -1 },
    { "[,1]", -1 },
    { "[1 2]", -1 },
    { "[1}", -1 },
    { "{]", -1 },
    { "{\"a\"", -1 },
    { "{\"a\":", -1 },
    { "{\"a\":1", -1 },
    { "{\"a\":1,", -1 },
    { "{\"a\":1,}", -1 },
    { "{\"a\" 1}", -1 },
    { "{a:1}", -1 },
    { "{1:1}", -1 },
    { "{'a':1}", -1 },
    { "{}{}", -1 },
    { "{} x", -1 },
    { "[]]", -1 },
    { "tru", -1 },
    { "True", -1 },
    { "nul", -1 },
    { "NaN", -1 },
    { "Infinity", -1 },
    { "-", -1 },
    { "+1", -1 },
    { "01", -1 },
    { "-01", -1 },
    { "0x10", -1 },
    { "1.", -1 },
    { ".5", -1 },
    { "1e", -1 },
    { "1e+", -1 },
    { "1.e5", -1 },
    { "\"", -1 },
    { "\"abc", -1 },
    { "\"abc\\", -1 },
    { "\"abc\\\"", -1 },
    { "\"\\x41\"", -1 },
    { "\"\\u12\"", -1 },
    { "\"\\u12", -1 },
    { "\"\\u12g4\"", -1 },
    { "\"\\ud83d\\u12\"", -1 },
    { "\"\n\"", -1 },
    { "\"\t\"", -1 },
    { "\"a\0b\"", 5 },
    { "{\"a\0\":1}", 8 },
    { "{}\0", 3 },
    { "\xef\xbb\xbf{}", -1 },           /* byte order mark */
    { "\"\x80\"", -1 },                 /* lone continuation */
    { "\"\xc3\"", -1 },                 /* cut sequence */
    { "\"\xc0\x80\"", -1 },             /* overlong */
    { "\"\xe0\x80\x80\"", -1 },         /* overlong */
    { "\"\xf0\x80\x80\x80\"", -1 },     /* overlong */
    { "\"\xed\xa0\x80\"", -1 },         /* surrogate in UTF-8 */
    { "\"\xf4\x90\x80\x80\"", -1 },     /* beyond Unicode */
    { "\"\xf8\x88\x80\x80\x80\"", -1 }, /* five bytes */
    { "\"\xe2\x82", -1 },               /* the text ends in it */
    { "{\"\xc3\":1}", -1 },
    { "/* */ {}", -1 },
    { "{} // x", -1 },
    { "<!DOCTYPE html>", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FoyerJsonMap) map = check (texts[i].text, texts[i].length);

      if (map != NULL)
        g_test_message ("taken: %s", texts[i].text);
      g_assert_null (map);
    }
}

static void
test_tainted (void)
{
  static const struct
  {
    const char *text;
    FoyerJsonTaint taint;
    gsize offset;
  } texts[] = {
    { "[9223372036854775808]", FOYER_JSON_TAINT_NUMBER, 1 },
    { "[-9223372036854775809]", FOYER_JSON_TAINT_NUMBER, 1 },
    { "[123456789012345678901234567890]", FOYER_JSON_TAINT_NUMBER, 1 },
    { "[0, 1e400]", FOYER_JSON_TAINT_NUMBER, 4 },
    { "[-1.5E+309]", FOYER_JSON_TAINT_NUMBER, 1 },
    { "\"a\\u0000b\"", FOYER_JSON_TAINT_NUL, 2 },
    { "{\"a\\u0000\":1}", FOYER_JSON_TAINT_NUL, 3 },
    { "\"\\ud83d\"", FOYER_JSON_TAINT_SURROGATE, 1 },
    { "\"\\ude00\"", FOYER_JSON_TAINT_SURROGATE, 1 },
    { "\"\\ud83d\\ud83d\\ude00\"", FOYER_JSON_TAINT_SURROGATE, 1 },
    { "\"\\ud83dx\"", FOYER_JSON_TAINT_SURROGATE, 1 },
    { "\"\\ud83d\\n\"", FOYER_JSON_TAINT_SURROGATE, 1 },
    { "{\"a\":1,\"a\":2}", FOYER_JSON_TAINT_DUPLICATE_KEY, 7 },
    { "{\"a\":1,\"\\u0061\":2}", FOYER_JSON_TAINT_DUPLICATE_KEY, 7 },
    { "{\"\u00e9\":1,\"\\u00E9\":2}", FOYER_JSON_TAINT_DUPLICATE_KEY, 8 },
    { "{\"\":1,\"\":2}", FOYER_JSON_TAINT_DUPLICATE_KEY, 6 },
    { "{\"results\":[],\"results\":[1]}", FOYER_JSON_TAINT_DUPLICATE_KEY, 14 },
    { "{\"results\":[1],\"count\":1e999}", FOYER_JSON_TAINT_NUMBER, 23 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FoyerJsonMap) map = check (texts[i].text, -1);

      g_test_message ("%s", texts[i].text);
      g_assert_nonnull (map);
      g_assert_false (foyer_json_map_is_clean (map));
      g_assert_cmpint (map->root.taint, ==, texts[i].taint);
      g_assert_cmpuint (map->root.taint_offset, ==, texts[i].offset);
      g_assert_nonnull (foyer_json_taint_to_name (map->root.taint));
    }
}

/* More keys than are compared one by one. */
static void
test_many_keys (void)
{
  for (guint twice = 0; twice < 2; twice++)
    {
      g_autoptr (GString) text = g_string_new ("{");
      g_autoptr (FoyerJsonMap) map = NULL;

      for (guint i = 0; i < 5000; i++)
        g_string_append_printf (text, "\"key%u\":%u,", i, i);
      g_string_append_printf (text, "\"key%u\":0}", twice ? 4321 : 5000);

      map = check (text->str, (gssize)text->len);
      g_assert_nonnull (map);
      g_assert_cmpint (map->root.taint, ==,
                       twice ? FOYER_JSON_TAINT_DUPLICATE_KEY : FOYER_JSON_CLEAN);
    }
}

static void
test_depth (void)
{
  for (guint depth = 63; depth <= 65; depth++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (FoyerJsonMap) map = NULL;

      for (guint i = 0; i < depth; i++)
        g_string_append (text, i % 2 == 0 ? "[" : "{\"a\":");
      g_string_append (text, "1");
      for (guint i = depth; i > 0; i--)
        g_string_append (text, i % 2 == 1 ? "]" : "}");

      map = check (text->str, (gssize)text->len);
      g_assert_true ((map != NULL) == (depth <= FOYER_JSON_MAX_DEPTH));
    }
}

static void
test_nesting_bomb (void)
{
  g_autofree char *text = g_malloc (100001);
  g_autoptr (FoyerJsonMap) map = NULL;

  memset (text, '[', 100000);
  text[100000] = '\0';
  map = check (text, 100000);
  g_assert_null (map);
}

static void
test_limits (void)
{
  const FoyerJsonLimits limits = { .max_bytes = 10, .max_depth = 2, .max_members = 2 };
  static const struct
  {
    const char *text;
    gboolean taken;
  } texts[] = {
    { "[12345678]", TRUE }, { "[123456789]", FALSE }, { "[[1]]", TRUE },
    { "[[[1]]]", FALSE },   { "[{},[]]", TRUE },      { "{\"a\":1}", TRUE },
  };
  g_autoptr (GError) error = NULL;
  const FoyerJsonLimits two = { .max_members = 2 };
  g_autoptr (FoyerJsonMap) three = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FoyerJsonMap) map = foyer_json_check (texts[i].text, strlen (texts[i].text),
                                                       &limits, NULL);

      g_test_message ("%s", texts[i].text);
      g_assert_true ((map != NULL) == texts[i].taken);
    }

  three = foyer_json_check ("{\"a\":1,\"b\":1,\"c\":1}", 19, &two, &error);
  g_assert_null (three);
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
}

static void
test_records (void)
{
  static const char text[]
      = "{\"count\":4, \"results\": [ {\"id\":1} ,{\"id\":9223372036854775808},\n"
        "[{\"results\":[1]}], \"x\" ,{\"a\":{\"b\":1,\"b\":2}}], "
        "\"results2\":[1],\"z\":{\"results\":[1]}}";
  static const struct
  {
    const char *text;
    FoyerJsonTaint taint;
  } records[] = {
    { "{\"id\":1}", FOYER_JSON_CLEAN },
    { "{\"id\":9223372036854775808}", FOYER_JSON_TAINT_NUMBER },
    { "[{\"results\":[1]}]", FOYER_JSON_CLEAN },
    { "\"x\"", FOYER_JSON_CLEAN },
    { "{\"a\":{\"b\":1,\"b\":2}}", FOYER_JSON_TAINT_DUPLICATE_KEY },
  };
  g_autoptr (FoyerJsonMap) map = check (text, -1);

  g_assert_nonnull (map);
  g_assert_true (map->has_results);
  g_assert_cmpuint (map->n_taints, ==, 2);
  g_assert_cmpint (map->root.taint, ==, FOYER_JSON_CLEAN);
  g_assert_cmpuint (map->records->len, ==, G_N_ELEMENTS (records));
  g_assert_cmpint (text[map->results.start], ==, '[');
  g_assert_cmpint (text[map->results.end - 1], ==, ']');
  g_assert_cmpuint (map->root.start, ==, 0);
  g_assert_cmpuint (map->root.end, ==, strlen (text));

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      const FoyerJsonSlice *slice = &g_array_index (map->records, FoyerJsonSlice, i);

      g_assert_cmpmem (text + slice->start, slice->end - slice->start, records[i].text,
                       strlen (records[i].text));
      g_assert_cmpint (slice->taint, ==, records[i].taint);
    }
}

static void
test_no_records (void)
{
  static const char *const texts[] = {
    "[{\"results\":[1]}]",       "{\"a\":{\"results\":[1]}}",       "{\"results\":{\"a\":[1]}}",
    "{\"results\":5,\"a\":[1]}", "{\"results\":\"x\",\"a\":[[1]]}", "{\"a\":\"results\",\"b\":[1]}",
    "{\"a\":[\"results\",[1]]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FoyerJsonMap) map = check (texts[i], -1);

      g_test_message ("%s", texts[i]);
      g_assert_nonnull (map);
      g_assert_false (map->has_results);
      g_assert_cmpuint (map->records->len, ==, 0);
    }
}

static void
append_random_value (GString *text, GRand *random, guint depth)
{
  static const char *const scalars[] = { "0",
                                         "-1.5e3",
                                         "true",
                                         "null",
                                         "\"\"",
                                         "\"\\u00e9\\n\"",
                                         "\"\u5c71\U0001F600\"",
                                         "9223372036854775807",
                                         "1E-7",
                                         "\"a longer text, \\ud83d\\ude00 of some bytes\"" };
  guint n = g_rand_int_range (random, 0, 4);

  switch (g_rand_int_range (random, 0, depth > 0 ? 4 : 2))
    {
    case 2:
      g_string_append_c (text, '[');
      for (guint i = 0; i < n; i++)
        {
          g_string_append (text, i > 0 ? " , " : "");
          append_random_value (text, random, depth - 1);
        }
      g_string_append_c (text, ']');
      break;
    case 3:
      g_string_append_c (text, '{');
      for (guint i = 0; i < n; i++)
        {
          g_string_append_printf (text, "%s\"k%u\": ", i > 0 ? "," : "", i);
          append_random_value (text, random, depth - 1);
        }
      g_string_append_c (text, '}');
      break;
    default:
      g_string_append (text, scalars[g_rand_int_range (random, 0, G_N_ELEMENTS (scalars))]);
    }
}

/* Whole texts are taken; cut anywhere they are not (unless what is left is whole, as with a
 * number); and whatever is taken with a byte changed, json-glib can read. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 1500; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (FoyerJsonMap) whole = NULL;
      g_autoptr (FoyerJsonMap) cut = NULL;
      g_autoptr (FoyerJsonMap) changed = NULL;
      gsize where;

      g_string_append_c (text, '[');
      append_random_value (text, random, 5);
      g_string_append_c (text, ']');
      whole = check (text->str, (gssize)text->len);
      g_assert_nonnull (whole);
      g_assert_true (foyer_json_map_is_clean (whole));

      where = (gsize)g_rand_int_range (random, 0, (gint32)text->len);
      cut = check (text->str, (gssize)where);
      g_assert_null (cut);

      text->str[where] = (char)g_rand_int_range (random, 0, 256);
      changed = check (text->str, (gssize)text->len);
      if (changed != NULL && foyer_json_map_is_clean (changed))
        {
          g_autoptr (JsonParser) parser = json_parser_new_immutable ();
          g_autoptr (GError) error = NULL;

          json_parser_load_from_data (parser, text->str, (gssize)text->len, &error);
          g_assert_no_error (error);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/json-check/clean", test_clean);
  g_test_add_func ("/http/json-check/refused", test_refused);
  g_test_add_func ("/http/json-check/tainted", test_tainted);
  g_test_add_func ("/http/json-check/many-keys", test_many_keys);
  g_test_add_func ("/http/json-check/depth", test_depth);
  g_test_add_func ("/http/json-check/nesting-bomb", test_nesting_bomb);
  g_test_add_func ("/http/json-check/limits", test_limits);
  g_test_add_func ("/http/json-check/records", test_records);
  g_test_add_func ("/http/json-check/no-records", test_no_records);
  g_test_add_func ("/http/json-check/random", test_random);
  return g_test_run ();
}
