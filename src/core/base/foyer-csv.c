/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables as RFC 4180 has them, safe to open in a spreadsheet: what people have typed somewhere (a name, a
 * reason, a code) must not become a formula on the organiser's computer. */

#define G_LOG_DOMAIN "foyer-base"

#include "foyer-csv.h"

#include <string.h>

static void
append_comma (GString *line)
{
  if (line->len > 0 && line->str[line->len - 1] != '\n')
    g_string_append_c (line, ',');
}

/* What makes a cell a formula in one of the common programs; the wide forms do in some languages. */
static gboolean
is_formula (const char *text)
{
  static const gunichar wide[] = { 0xff1d, 0xff0b, 0xff0d, 0xff20 };
  gunichar first;

  if (strchr ("=+-@\t\r\n", *text) != NULL)
    return TRUE;
  first = g_utf8_get_char_validated (text, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
    if (first == wide[i])
      return TRUE;
  return FALSE;
}

/**
 * foyer_csv_append_text:
 * @line: a table, to whose last line the cell is added
 * @text: (nullable): what people or services have written; %NULL is an empty cell
 *
 * A text that a spreadsheet would take for a formula begins with an apostrophe, which it shows as a text.
 * Every cell stands in quotes, so that no cell is mistaken for the beginning of its line.
 */
void
foyer_csv_append_text (GString *line, const char *text)
{
  append_comma (line);
  g_string_append_c (line, '"');
  if (text != NULL && *text != '\0')
    {
      if (is_formula (text))
        g_string_append_c (line, '\'');
      for (const char *c = text; *c != '\0'; c++)
        {
          if (*c == '"')
            g_string_append_c (line, '"');
          g_string_append_c (line, *c);
        }
    }
  g_string_append_c (line, '"');
}

/**
 * foyer_csv_append_number:
 * @line: a table, to whose last line the cell is added
 * @number: a number of ours, as text; it may be negative
 */
void
foyer_csv_append_number (GString *line, const char *number)
{
  append_comma (line);
  g_string_append (line, number);
}

/**
 * foyer_csv_end_line:
 * @line: a table
 *
 * Ends its last line.
 */
void
foyer_csv_end_line (GString *line)
{
  g_string_append (line, "\r\n");
}
