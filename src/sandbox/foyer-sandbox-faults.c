/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trouble on request. The grammar (docs/sandbox.md):
 *
 *   spec  = rule *( "," rule )
 *   rule  = [ pattern ":" ] kind [ "=" value ] [ "*" count ]
 *
 * A pattern is a piece of the path, or a method, a blank and a piece of the path. A value is a chance
 * from 0 to 1; for latency a span or a range of spans (`50..200ms`), for status a number and perhaps a
 * chance (`429:0.2`), for skew a signed span (`+2h`). With a count the rule strikes that many times. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-faults.h"

#include <string.h>

#include "foyer-error.h"

typedef struct
{
  char *method;
  char *pattern;
  FoyerSandboxFaultKind kind;
  double chance;
  gint64 from;
  gint64 to;
  guint status;
  int left;
} Rule;

struct _FoyerSandboxFaults
{
  GPtrArray *rules;
  GRand *random;
  gint64 skew;
};

static const char *const kind_names[FOYER_SANDBOX_N_FAULTS]
    = { "latency", "drop-before", "drop-after", "status", "truncate",
        "html",    "malformed",   "slow",       "silent" };

static void
rule_free (Rule *self)
{
  g_free (self->method);
  g_free (self->pattern);
  g_free (self);
}

/**
 * foyer_sandbox_parse_span:
 * @text: `+2h`, `-90s`, `200ms`, `3m`, `1d`; a bare number is milliseconds
 * @microseconds: (out): it
 */
gboolean
foyer_sandbox_parse_span (const char *text, gint64 *microseconds)
{
  static const struct
  {
    const char *unit;
    double factor;
  } units[] = { { "", 1e3 },  { "ms", 1e3 },  { "s", 1e6 },
                { "m", 6e7 }, { "h", 3.6e9 }, { "d", 8.64e10 } };
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);

  if (end == text || value > 1e6 || value < -1e6)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (end, units[i].unit))
      {
        *microseconds = (gint64)(value * units[i].factor);
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_chance (const char *text, double *chance)
{
  char *end = NULL;

  if (text == NULL)
    return TRUE;
  *chance = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && *chance >= 0 && *chance <= 1;
}

/* `50..200ms`: the unit of the end is the unit of the beginning too. */
static gboolean
parse_range (const char *text, gint64 *from, gint64 *to)
{
  const char *dots = text != NULL ? strstr (text, "..") : NULL;
  g_autofree char *first = NULL;

  if (text == NULL)
    return FALSE;
  if (dots == NULL)
    return foyer_sandbox_parse_span (text, from) && (*to = *from) >= 0;
  if (!foyer_sandbox_parse_span (dots + 2, to))
    return FALSE;
  first = g_strndup (text, (gsize)(dots - text));
  if (g_ascii_isdigit (first[strlen (first) - (*first != '\0')]))
    {
      g_autofree char *with_unit = g_strconcat (first, dots + 2 + strspn (dots + 2, "0123456789."),
                                                NULL);

      return foyer_sandbox_parse_span (with_unit, from) && *from >= 0 && *from <= *to;
    }
  return foyer_sandbox_parse_span (first, from) && *from >= 0 && *from <= *to;
}

static gboolean
parse_value (Rule *rule, const char *value)
{
  if (rule->kind == FOYER_SANDBOX_FAULT_LATENCY)
    return parse_range (value, &rule->from, &rule->to);
  if (rule->kind == FOYER_SANDBOX_FAULT_STATUS)
    {
      char *end = NULL;

      if (value == NULL)
        return FALSE;
      rule->status = (guint)g_ascii_strtoull (value, &end, 10);
      return rule->status >= 300 && rule->status <= 599
             && (*end == '\0' || (*end == ':' && parse_chance (end + 1, &rule->chance)));
    }
  return parse_chance (value, &rule->chance);
}

static gboolean
parse_kind (Rule *rule, const char *name)
{
  for (guint i = 0; i < FOYER_SANDBOX_N_FAULTS; i++)
    if (g_str_equal (kind_names[i], name))
      {
        rule->kind = (FoyerSandboxFaultKind)i;
        return TRUE;
      }
  return FALSE;
}

/* Splits off the pattern: what stands before a colon that comes before any equals sign. */
static char *
take_pattern (Rule *rule, char *text)
{
  char *colon = strchr (text, ':');
  char *equals = strchr (text, '=');
  char *blank;

  if (colon == NULL || (equals != NULL && equals < colon))
    return text;
  *colon = '\0';
  blank = strchr (text, ' ');
  if (blank != NULL)
    {
      rule->method = g_strndup (text, (gsize)(blank - text));
      text = blank + 1;
    }
  rule->pattern = g_strdup (text);
  return colon + 1;
}

static gboolean
parse_rule (FoyerSandboxFaults *self, char *text)
{
  Rule *rule = g_new0 (Rule, 1);
  char *rest, *star, *value;

  g_ptr_array_add (self->rules, rule);
  rule->chance = 1;
  rule->left = -1;
  rest = take_pattern (rule, g_strstrip (text));
  star = strrchr (rest, '*');
  if (star != NULL)
    {
      guint64 count;

      if (!g_ascii_string_to_unsigned (star + 1, 10, 1, G_MAXINT, &count, NULL))
        return FALSE;
      rule->left = (int)count;
      *star = '\0';
    }
  value = strchr (rest, '=');
  if (value != NULL)
    *value++ = '\0';
  if (g_str_equal (rest, "skew"))
    {
      g_ptr_array_remove_index (self->rules, self->rules->len - 1);
      return value != NULL && foyer_sandbox_parse_span (value, &self->skew);
    }
  return parse_kind (rule, rest) && parse_value (rule, value);
}

/**
 * foyer_sandbox_faults_parse:
 * @spec: (nullable): see above; %NULL or empty: no trouble
 * @seed: what chance is drawn from
 * @error: return location; %FOYER_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the rules
 */
FoyerSandboxFaults *
foyer_sandbox_faults_parse (const char *spec, guint64 seed, GError **error)
{
  g_autoptr (FoyerSandboxFaults) self = g_new0 (FoyerSandboxFaults, 1);
  g_auto (GStrv) parts = g_strsplit (spec != NULL ? spec : "", ",", -1);

  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify)rule_free);
  self->random = g_rand_new_with_seed ((guint32)seed);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *copy = g_strdup (parts[i]);

      if (*g_strstrip (parts[i]) != '\0' && !parse_rule (self, parts[i]))
        {
          foyer_error_set (error, FOYER_ERROR_INVALID, "fault rule",
                           "The fault rule “%s” is not understood.", copy);
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}

void
foyer_sandbox_faults_free (FoyerSandboxFaults *self)
{
  g_ptr_array_unref (self->rules);
  g_rand_free (self->random);
  g_free (self);
}

gint64
foyer_sandbox_faults_get_skew (FoyerSandboxFaults *self)
{
  return self->skew;
}

/**
 * foyer_sandbox_faults_draw:
 * @self: the rules
 * @method: of the request
 * @path: of the request
 * @trouble: (out caller-allocates): what strikes it
 */
void
foyer_sandbox_faults_draw (FoyerSandboxFaults *self,
                           const char *method,
                           const char *path,
                           FoyerSandboxTrouble *trouble)
{
  memset (trouble, 0, sizeof *trouble);
  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = g_ptr_array_index (self->rules, i);

      if (rule->left == 0 || (rule->method != NULL && !g_str_equal (rule->method, method))
          || (rule->pattern != NULL && strstr (path, rule->pattern) == NULL))
        continue;
      if (rule->chance < 1 && g_rand_double (self->random) >= rule->chance)
        continue;
      if (rule->left > 0)
        rule->left--;
      trouble->hits[rule->kind] = TRUE;
      if (rule->kind == FOYER_SANDBOX_FAULT_LATENCY)
        trouble->latency
            = rule->from + (gint64)(g_rand_double (self->random) * (double)(rule->to - rule->from));
      if (rule->kind == FOYER_SANDBOX_FAULT_STATUS)
        trouble->status = rule->status;
    }
}
