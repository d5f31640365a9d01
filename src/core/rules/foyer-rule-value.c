/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparing as Python does, since pretix evaluates its rules in Python: 1 equals 1.0 and true, a text
 * next to anything is compared as text, a number next to anything as number. Where Python would throw,
 * these functions return FALSE: the rule cannot be evaluated. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-rule-value.h"

#include <math.h>
#include <string.h>

/* Enough for any double and any gint64. */
#define NUMBER_SIZE 48

static gboolean
is_number (const FoyerRuleValue *self)
{
  return self->kind == FOYER_RULE_INT || self->kind == FOYER_RULE_FLOAT;
}

/* Python's bool is an int. */
static gboolean
is_number_like (const FoyerRuleValue *self)
{
  return is_number (self) || self->kind == FOYER_RULE_BOOLEAN;
}

static gint64
whole (const FoyerRuleValue *self)
{
  return self->kind == FOYER_RULE_BOOLEAN ? !!self->boolean : self->integer;
}

static double
as_double (const FoyerRuleValue *self)
{
  return self->kind == FOYER_RULE_FLOAT ? self->real : (double)whole (self);
}

/**
 * foyer_rule_value_is_true:
 * @self: a value
 *
 * Returns: what Python's `bool()` says of it: false, 0, "", null and the empty list are false
 */
gboolean
foyer_rule_value_is_true (const FoyerRuleValue *self)
{
  switch (self->kind)
    {
    case FOYER_RULE_NONE:
      return FALSE;
    case FOYER_RULE_BOOLEAN:
      return self->boolean;
    case FOYER_RULE_INT:
      return self->integer != 0;
    case FOYER_RULE_FLOAT:
      return !(self->real == 0);
    case FOYER_RULE_TEXT:
      return *self->text != '\0';
    case FOYER_RULE_LIST:
      return self->length > 0;
    case FOYER_RULE_TIME:
    case FOYER_RULE_NAIVE_TIME:
    case FOYER_RULE_OBJECT:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
numbers_equal (const FoyerRuleValue *a, const FoyerRuleValue *b)
{
  if (a->kind != FOYER_RULE_FLOAT && b->kind != FOYER_RULE_FLOAT)
    return whole (a) == whole (b);

  return as_double (a) == as_double (b);
}

/**
 * foyer_rule_value_equal:
 * @a: a value
 * @b: a value
 * @equal: (out): whether they are equal
 *
 * Plain equality, Python's `==`: nothing is made a text or a number.
 *
 * Returns: %FALSE if it cannot be said
 */
gboolean
foyer_rule_value_equal (const FoyerRuleValue *a, const FoyerRuleValue *b, gboolean *equal)
{
  *equal = FALSE;
  if (a->kind == FOYER_RULE_OBJECT && b->kind == FOYER_RULE_OBJECT)
    return FALSE;
  if (is_number_like (a) && is_number_like (b))
    {
      *equal = numbers_equal (a, b);
      return TRUE;
    }
  if (a->kind != b->kind)
    return TRUE;

  switch (a->kind)
    {
    case FOYER_RULE_NONE:
      *equal = TRUE;
      return TRUE;
    case FOYER_RULE_TEXT:
      *equal = strcmp (a->text, b->text) == 0;
      return TRUE;
    case FOYER_RULE_TIME:
    case FOYER_RULE_NAIVE_TIME:
      *equal = a->time == b->time;
      return TRUE;
    case FOYER_RULE_LIST:
      if (a->length != b->length)
        return TRUE;
      for (guint i = 0; i < a->length; i++)
        {
          gboolean same;

          if (!foyer_rule_value_equal (&a->items[i], &b->items[i], &same))
            return FALSE;
          if (!same)
            return TRUE;
        }
      *equal = TRUE;
      return TRUE;
    case FOYER_RULE_BOOLEAN:
    case FOYER_RULE_INT:
    case FOYER_RULE_FLOAT:
    case FOYER_RULE_OBJECT:
      break;
    }
  g_return_val_if_reached (FALSE);
}

/* Python's repr(): the fewest digits that give the number back, a point always, an exponent from 1e16 on
 * and below 1e-4. */
static void
write_double (double number, char *out)
{
  char digits[NUMBER_SIZE];
  int precision = 1;
  char *exponent;
  int power;

  if (isnan (number) || isinf (number))
    {
      strcpy (out, isnan (number) ? "nan" : number < 0 ? "-inf" : "inf");
      return;
    }

  do
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%de", precision - 1);
      g_ascii_formatd (digits, sizeof digits, format, number);
    }
  while (g_ascii_strtod (digits, NULL) != number && ++precision <= 17);

  exponent = strchr (digits, 'e');
  power = (int)g_ascii_strtoll (exponent + 1, NULL, 10);
  if (power >= -4 && power < 16)
    {
      char format[8];
      int decimals = MAX (precision - 1 - power, 1);

      g_snprintf (format, sizeof format, "%%.%df", decimals);
      g_ascii_formatd (out, NUMBER_SIZE, format, number);
    }
  else
    g_strlcpy (out, digits, NUMBER_SIZE); /* C's e+16 and e-05 are Python's. */
}

/**
 * foyer_rule_value_dup_double_text:
 * @number: a number
 *
 * Returns: (transfer full): what Python's `repr()` says of it: `1.0`, `0.1`, `1e+16`
 */
char *
foyer_rule_value_dup_double_text (double number)
{
  char buffer[NUMBER_SIZE];

  write_double (number, buffer);
  return g_strdup (buffer);
}

/* What str() says; NULL where it depends on more than the value (a time's zone) or is not worth it (a
 * list): the rule is then left to the service. */
static const char *
to_text (const FoyerRuleValue *self, char buffer[NUMBER_SIZE])
{
  switch (self->kind)
    {
    case FOYER_RULE_NONE:
      return "None";
    case FOYER_RULE_BOOLEAN:
      return self->boolean ? "True" : "False";
    case FOYER_RULE_INT:
      g_snprintf (buffer, NUMBER_SIZE, "%" G_GINT64_FORMAT, self->integer);
      return buffer;
    case FOYER_RULE_FLOAT:
      write_double (self->real, buffer);
      return buffer;
    case FOYER_RULE_TEXT:
      return self->text;
    case FOYER_RULE_TIME:
    case FOYER_RULE_NAIVE_TIME:
    case FOYER_RULE_LIST:
    case FOYER_RULE_OBJECT:
      return NULL;
    }
  g_return_val_if_reached (NULL);
}

/**
 * foyer_rule_value_soft_equal:
 * @a: a value
 * @b: a value
 * @equal: (out): whether they are equal
 *
 * The language's `==`: if one is a text both are compared as texts, else if one is a boolean as truth
 * values, else plainly.
 *
 * Returns: %FALSE if it cannot be said
 */
gboolean
foyer_rule_value_soft_equal (const FoyerRuleValue *a, const FoyerRuleValue *b, gboolean *equal)
{
  if (a->kind == FOYER_RULE_TEXT || b->kind == FOYER_RULE_TEXT)
    {
      char a_buffer[NUMBER_SIZE];
      char b_buffer[NUMBER_SIZE];
      const char *a_text = to_text (a, a_buffer);
      const char *b_text = to_text (b, b_buffer);

      if (a_text == NULL || b_text == NULL)
        return FALSE;
      *equal = strcmp (a_text, b_text) == 0;
      return TRUE;
    }

  if (a->kind == FOYER_RULE_BOOLEAN || b->kind == FOYER_RULE_BOOLEAN)
    {
      *equal = !foyer_rule_value_is_true (a) == !foyer_rule_value_is_true (b);
      return TRUE;
    }

  return foyer_rule_value_equal (a, b, equal);
}

static gboolean
lists_less (const FoyerRuleValue *a, const FoyerRuleValue *b, gboolean *less)
{
  for (guint i = 0; i < a->length && i < b->length; i++)
    {
      gboolean same;

      if (!foyer_rule_value_equal (&a->items[i], &b->items[i], &same))
        return FALSE;
      if (!same)
        return foyer_rule_value_less (&a->items[i], &b->items[i], less);
    }
  *less = a->length < b->length;
  return TRUE;
}

/**
 * foyer_rule_value_less:
 * @a: a value
 * @b: a value
 * @less: (out): whether @a is less than @b
 *
 * Python's `<`: numbers, texts, times and lists, each with its like only. Times are compared as instants.
 *
 * Returns: %FALSE if they cannot be compared
 */
gboolean
foyer_rule_value_less (const FoyerRuleValue *a, const FoyerRuleValue *b, gboolean *less)
{
  if (is_number_like (a) && is_number_like (b))
    {
      if (a->kind != FOYER_RULE_FLOAT && b->kind != FOYER_RULE_FLOAT)
        *less = whole (a) < whole (b);
      else
        *less = as_double (a) < as_double (b);
      return TRUE;
    }
  if (a->kind != b->kind)
    return FALSE;

  switch (a->kind)
    {
    case FOYER_RULE_TEXT:
      *less = strcmp (a->text, b->text) < 0;
      return TRUE;
    case FOYER_RULE_TIME:
      *less = a->time < b->time;
      return TRUE;
    case FOYER_RULE_LIST:
      return lists_less (a, b, less);
    case FOYER_RULE_NONE:
    case FOYER_RULE_BOOLEAN:
    case FOYER_RULE_INT:
    case FOYER_RULE_FLOAT:
    case FOYER_RULE_NAIVE_TIME:
    case FOYER_RULE_OBJECT:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

/**
 * foyer_rule_value_soft_less:
 * @a: a value
 * @b: a value
 * @less: (out): whether @a is less than @b
 *
 * The language's `<`: if one is a number both are made numbers, and what cannot be made one is not less.
 *
 * Returns: %FALSE if they cannot be compared
 */
gboolean
foyer_rule_value_soft_less (const FoyerRuleValue *a, const FoyerRuleValue *b, gboolean *less)
{
  double a_number;
  double b_number;

  if (!is_number (a) && !is_number (b))
    return foyer_rule_value_less (a, b, less);

  *less = foyer_rule_value_to_double (a, &a_number) && foyer_rule_value_to_double (b, &b_number)
          && a_number < b_number;
  return TRUE;
}

/**
 * foyer_rule_value_in:
 * @needle: what is looked for
 * @haystack: a list, or a text
 * @in: (out): whether it is there
 *
 * The language's `inList`: plain equality with a list's items, or part of a text.
 *
 * Returns: %FALSE if @haystack is nothing to look into
 */
gboolean
foyer_rule_value_in (const FoyerRuleValue *needle, const FoyerRuleValue *haystack, gboolean *in)
{
  *in = FALSE;
  if (haystack->kind == FOYER_RULE_TEXT && needle->kind == FOYER_RULE_TEXT)
    {
      *in = strstr (haystack->text, needle->text) != NULL;
      return TRUE;
    }
  if (haystack->kind != FOYER_RULE_LIST)
    return FALSE;

  for (guint i = 0; !*in && i < haystack->length; i++)
    if (!foyer_rule_value_equal (needle, &haystack->items[i], in))
      return FALSE;
  return TRUE;
}

/* A decimal number with blanks around it. strtod() alone would also take hexadecimal. */
static gboolean
parse_double (const char *text, double *number)
{
  const char *start = text;
  char *end;

  while (g_ascii_isspace (*start))
    start++;
  if (*start == '\0')
    return FALSE;
  for (const char *p = start; *p != '\0'; p++)
    if (*p == 'x' || *p == 'X' || *p == '(')
      return FALSE;

  *number = g_ascii_strtod (start, &end);
  if (end == start)
    return FALSE;
  while (g_ascii_isspace (*end))
    end++;
  return *end == '\0';
}

/**
 * foyer_rule_value_to_double:
 * @self: a value
 * @number: (out): the number
 *
 * Python's `float()`.
 *
 * Returns: %FALSE if @self is no number and no text of one
 */
gboolean
foyer_rule_value_to_double (const FoyerRuleValue *self, double *number)
{
  if (is_number_like (self))
    {
      *number = as_double (self);
      return TRUE;
    }

  return self->kind == FOYER_RULE_TEXT && parse_double (self->text, number);
}

/**
 * foyer_rule_value_to_int:
 * @self: a value
 * @number: (out): the number
 *
 * Python's `int()`: a float is cut, a text must be a whole number.
 *
 * Returns: %FALSE if @self is neither, or out of range
 */
gboolean
foyer_rule_value_to_int (const FoyerRuleValue *self, gint64 *number)
{
  g_autofree char *stripped = NULL;

  if (self->kind == FOYER_RULE_FLOAT)
    {
      if (!(self->real > -9.2e18 && self->real < 9.2e18))
        return FALSE;
      *number = (gint64)self->real;
      return TRUE;
    }
  if (is_number_like (self))
    {
      *number = whole (self);
      return TRUE;
    }
  if (self->kind != FOYER_RULE_TEXT)
    return FALSE;

  stripped = g_strstrip (g_strdup (self->text));
  return g_ascii_string_to_signed (*stripped == '+' && g_ascii_isdigit (stripped[1]) ? stripped + 1
                                                                                     : stripped,
                                   10, G_MININT64, G_MAXINT64, number, NULL);
}
