/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-csv.h"

static void
test_cells (void)
{
  static const struct
  {
    const char *text;
    const char *cell;
  } cases[] = {
    { NULL, "\"\"" },
    { "", "\"\"" },
    { "Käthe Müller", "\"Käthe Müller\"" },
    { "a,b", "\"a,b\"" },
    { "say \"hi\"", "\"say \"\"hi\"\"\"" },
    { "two\r\nlines", "\"two\r\nlines\"" },
    { "=1+1", "\"'=1+1\"" },
    { "+49 30", "\"'+49 30\"" },
    { "-x", "\"'-x\"" },
    { "@SUM(A1)", "\"'@SUM(A1)\"" },
    { "\t=1", "\"'\t=1\"" },
    { "\r=1", "\"'\r=1\"" },
    { "＝1", "\"'＝1\"" },
    { "a=1", "\"a=1\"" },
    { "\"=1", "\"\"\"=1\"" },
    { "\xff\xfe", "\"\xff\xfe\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      foyer_csv_append_text (line, cases[i].text);
      g_assert_cmpstr (line->str, ==, cases[i].cell);
    }
}

static void
test_lines (void)
{
  g_autoptr (GString) table = g_string_new (NULL);

  foyer_csv_append_text (table, NULL);
  foyer_csv_append_number (table, "-5");
  foyer_csv_append_text (table, "x");
  foyer_csv_end_line (table);
  foyer_csv_append_number (table, "7");
  foyer_csv_append_text (table, "y");
  foyer_csv_end_line (table);
  g_assert_cmpstr (table->str, ==, "\"\",-5,\"x\"\r\n7,\"y\"\r\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/csv/cells", test_cells);
  g_test_add_func ("/base/csv/lines", test_lines);
  return g_test_run ();
}
