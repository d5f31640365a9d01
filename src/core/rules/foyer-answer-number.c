/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers as answers. The service reads them as decimals and stores what Python's Decimal prints: digits
 * as they were given, 1e3 as 1E+3. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-answer-number.h"

#include <string.h>

/* An answer's exponent is never near this; it only has to stay an int. */
#define MAX_EXPONENT 1000000

static gboolean
read_exponent (const char *text, int *exponent)
{
  gint64 value;

  if (*text == '+')
    text++;
  if (!g_ascii_string_to_signed (text, 10, -MAX_EXPONENT, MAX_EXPONENT, &value, NULL))
    return FALSE;

  *exponent = (int)value;
  return TRUE;
}

static gboolean
read_digits (const char *text, GString *digits, int *exponent)
{
  gboolean point = FALSE;
  gboolean any = FALSE;
  int given = 0;

  *exponent = 0;
  for (; g_ascii_isdigit (*text) || (*text == '.' && !point); text++)
    {
      if (*text == '.')
        {
          point = TRUE;
          continue;
        }
      any = TRUE;
      if (digits->len > 0 || *text != '0')
        g_string_append_c (digits, *text);
      if (point)
        (*exponent)--;
    }
  if (!any)
    return FALSE;

  if (*text == 'e' || *text == 'E')
    {
      if (!read_exponent (text + 1, &given))
        return FALSE;
      *exponent += given;
    }
  else if (*text != '\0')
    return FALSE;

  if (digits->len == 0)
    g_string_append_c (digits, '0');
  return TRUE;
}

/* Decimal.__str__: plain unless the exponent is positive or the number very small. */
static char *
write_digits (GString *digits, int exponent, gboolean negative)
{
  GString *out = g_string_new (negative ? "-" : "");
  int left = exponent + (int)digits->len; /* digits left of the point */

  if (exponent <= 0 && left > -6)
    {
      if (left <= 0)
        {
          g_string_append (out, "0.");
          for (int i = left; i < 0; i++)
            g_string_append_c (out, '0');
          g_string_append (out, digits->str);
        }
      else
        {
          g_string_append_len (out, digits->str, left);
          if (exponent < 0)
            g_string_append_printf (out, ".%s", digits->str + left);
        }
      return g_string_free (out, FALSE);
    }

  g_string_append_c (out, digits->str[0]);
  if (digits->len > 1)
    g_string_append_printf (out, ".%s", digits->str + 1);
  g_string_append_printf (out, "E%+d", left - 1);
  return g_string_free (out, FALSE);
}

/**
 * foyer_answer_number_to_canonical:
 * @text: a number as typed: `3`, `-1.50`, `1e3`; blanks around it are taken off
 * @is_zero: (out): whether it is 0
 *
 * `NaN` is a number to the service, too.
 *
 * Returns: (transfer full) (nullable): what the service will store; %NULL if @text is no number
 */
char *
foyer_answer_number_to_canonical (const char *text, gboolean *is_zero)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *start = stripped;
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean negative = *start == '-';
  int exponent;

  *is_zero = FALSE;
  if (*start == '-' || *start == '+')
    start++;
  if (g_ascii_strcasecmp (start, "nan") == 0)
    return g_strdup (negative ? "-NaN" : "NaN");
  if (!read_digits (start, digits, &exponent))
    return NULL;

  *is_zero = strcmp (digits->str, "0") == 0;
  return write_digits (digits, exponent, negative);
}
