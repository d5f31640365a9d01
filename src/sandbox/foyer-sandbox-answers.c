/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers given at the door: what pretix takes, what it stores, what it asks again. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-answers.h"

#include <stdio.h>
#include <string.h>

#include "foyer-json.h"

/**
 * Verdict:
 * @INVALID: dropped without a word; the question comes again
 * @EMPTY: counts as dealt with, but nothing is stored
 * @GIVEN: stored
 */
typedef enum
{
  INVALID,
  EMPTY,
  GIVEN,
} Verdict;

/* The value as text, as the server's framework sees it; NULL for what is no single value. */
static char *
to_text (JsonNode *node)
{
  GType type;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "True" : "False");
  {
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
  }
}

static gboolean
get_limit (JsonObject *question, const char *field, double *limit)
{
  const char *text = foyer_json_get_string (question, field);

  if (text == NULL)
    return FALSE;
  *limit = g_ascii_strtod (text, NULL);
  return TRUE;
}

static Verdict
read_number (JsonObject *question, const char *given, char **text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (given));
  char *end = NULL;
  double value = g_ascii_strtod (trimmed, &end);
  double limit;
  char *exponent;

  if (end == trimmed || *end != '\0' || strpbrk (trimmed, "xXpP") != NULL)
    return INVALID;
  if ((get_limit (question, "valid_number_min", &limit) && value < limit)
      || (get_limit (question, "valid_number_max", &limit) && value > limit))
    return INVALID;
  *text = g_strdup (trimmed);
  exponent = strpbrk (*text, "eE");
  if (exponent != NULL && g_ascii_isdigit (exponent[1]))
    {
      /* a decimal's own spelling: 1e3 is kept as 1E+3 */
      char *spelled = g_strdup_printf ("%.*sE+%s", (int)(exponent - *text), *text, exponent + 1);

      g_free (*text);
      *text = spelled;
    }
  return value == 0 ? EMPTY : GIVEN;
}

static JsonObject *
find_option (JsonObject *question, const char *value)
{
  JsonArray *options = foyer_json_get_array (question, "options");

  for (guint i = 0; options != NULL && i < json_array_get_length (options); i++)
    {
      JsonObject *option = json_array_get_object_element (options, i);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT,
                                             foyer_json_get_int (option, "id", 0));

      if (g_str_equal (id, value)
          || g_strcmp0 (foyer_json_get_string (option, "identifier"), value) == 0)
        return option;
    }
  return NULL;
}

static const char *
get_option_text (JsonObject *option)
{
  JsonObject *languages = foyer_json_get_object (option, "answer");
  const char *text = languages != NULL ? foyer_json_get_string (languages, "en") : NULL;

  return text != NULL ? text : "";
}

static gboolean
add_option (JsonObject *question, const char *value, GArray *ids, GString *texts)
{
  JsonObject *option = find_option (question, value);
  gint64 id = option != NULL ? foyer_json_get_int (option, "id", 0) : 0;

  if (option == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return FALSE;
  g_array_append_val (ids, id);
  if (texts->len > 0)
    g_string_append (texts, ", ");
  g_string_append (texts, get_option_text (option));
  return TRUE;
}

static Verdict
read_many (JsonObject *question, JsonNode *node, char **text, GArray **options)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) texts = g_string_new (NULL);

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      if (json_array_get_length (array) == 0)
        return EMPTY;
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *value = to_text (json_array_get_element (array, i));

          if (value == NULL || !add_option (question, value, ids, texts))
            return INVALID;
        }
    }
  else
    {
      g_autofree char *value = to_text (node);
      g_auto (GStrv) parts = value != NULL ? g_strsplit (value, ",", -1) : NULL;

      if (parts == NULL)
        return INVALID;
      for (guint i = 0; parts[i] != NULL; i++)
        if (!add_option (question, g_strstrip (parts[i]), ids, texts))
          return INVALID;
    }
  *text = g_strdup (texts->str);
  *options = g_steal_pointer (&ids);
  return GIVEN;
}

static Verdict
read_date (const char *given, char **text)
{
  int year, month, day;

  if (sscanf (given, "%4d-%2d-%2d", &year, &month, &day) != 3
      && sscanf (given, "%2d.%2d.%4d", &day, &month, &year) != 3)
    return INVALID;
  if (year < 1
      || !g_date_valid_dmy (CLAMP (day, 0, 255), (GDateMonth)CLAMP (month, 0, 13), (GDateYear)year))
    return INVALID;
  *text = g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  return GIVEN;
}

static Verdict
read_time (const char *given, char **text)
{
  int hour, minute, second = 0;

  if (sscanf (given, "%2d:%2d:%2d", &hour, &minute, &second) < 2)
    return INVALID;
  if (strstr (given, "PM") != NULL && hour < 12)
    hour += 12;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return INVALID;
  *text = g_strdup_printf ("%02d:%02d:%02d", hour, minute, second);
  return GIVEN;
}

static Verdict
read_date_time (const char *given, GTimeZone *zone, char **text)
{
  g_autofree char *iso = g_strdup (given);
  g_autoptr (GDateTime) time = NULL;

  if (strlen (iso) > 10 && iso[10] == ' ')
    iso[10] = 'T';
  if (strlen (iso) == 16)
    {
      g_autofree char *longer = g_strconcat (iso, ":00", NULL);

      time = g_date_time_new_from_iso8601 (longer, zone);
    }
  else
    time = g_date_time_new_from_iso8601 (iso, zone);
  if (time == NULL)
    return INVALID;
  *text = g_date_time_format (time, "%Y-%m-%d %H:%M:%S%:z");
  return GIVEN;
}

static gboolean
is_country (const char *given)
{
  static const char codes[]
      = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ "
        "BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM "
        "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS "
        "GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
        "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ "
        "MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
        "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV "
        "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
        "VN VU WF WS XK YE YT ZA ZM ZW";
  g_autofree char *upper = g_ascii_strup (given, -1);

  return strlen (upper) == 2 && g_ascii_isalpha (upper[0]) && strstr (codes, upper) != NULL;
}

static Verdict
read_text (JsonObject *question, const char *given, char **text)
{
  gint64 length = g_utf8_strlen (given, -1);
  gint64 min = foyer_json_get_int (question, "valid_string_length_min", 0);
  gint64 max = foyer_json_get_int (question, "valid_string_length_max", G_MAXINT64);

  if (length < min || length > max)
    return INVALID;
  *text = g_strdup (given);
  return GIVEN;
}

/* One value for one question. @text is what would be stored, also for an empty one. */
static Verdict
read_answer (JsonObject *question, GTimeZone *zone, JsonNode *node, char **text, GArray **options)
{
  const char *type = foyer_json_get_string (question, "type");
  gboolean required = foyer_json_get_boolean (question, "required", FALSE);
  g_autofree char *given = NULL;

  if (JSON_NODE_HOLDS_NULL (node)
      || (JSON_NODE_HOLDS_VALUE (node) && g_strcmp0 (foyer_json_node_get_string (node), "") == 0)
      || (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0))
    {
      *text = g_strdup ("None");
      return required && g_strcmp0 (type, "F") != 0 ? INVALID : EMPTY;
    }
  if (g_strcmp0 (type, "M") == 0)
    return read_many (question, node, text, options);
  given = to_text (node);
  if (given == NULL || type == NULL)
    return INVALID;
  switch (*type)
    {
    case 'N':
      return read_number (question, given, text);
    case 'B':
      if (g_str_equal (given, "true") || g_str_equal (given, "True"))
        {
          *text = g_strdup ("True");
          return GIVEN;
        }
      *text = g_strdup ("False");
      return required ? INVALID : EMPTY;
    case 'C':
      if (type[1] == 'C')
        {
          *text = g_strdup (given);
          return is_country (given) ? GIVEN : INVALID;
        }
      return read_many (question, node, text, options);
    case 'D':
      return read_date (given, text);
    case 'H':
      return read_time (given, text);
    case 'W':
      return read_date_time (given, zone, text);
    case 'F':
      return INVALID;
    default:
      return read_text (question, given, text);
    }
}

static gboolean
asks (JsonObject *question, gint64 item)
{
  JsonArray *items = foyer_json_get_array (question, "items");

  if (!foyer_json_get_boolean (question, "ask_during_checkin", FALSE))
    return FALSE;
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    if (json_array_get_int_element (items, i) == item)
      return TRUE;
  return FALSE;
}

/**
 * foyer_sandbox_answers_take:
 * @position: a ticket
 * @answers: (nullable): what was given, question id as text to value
 * @store: store the valid ones
 *
 * Returns: (transfer container) (element-type JsonObject): the questions that are still open
 */
GPtrArray *
foyer_sandbox_answers_take (FoyerSandboxPosition *position, JsonObject *answers, gboolean store)
{
  FoyerSandboxEvent *event = position->order->event;
  GPtrArray *open = g_ptr_array_new ();

  for (guint i = 0; i < event->questions->len; i++)
    {
      JsonObject *question = g_ptr_array_index (event->questions, i);
      gint64 id = foyer_json_get_int (question, "id", 0);
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, id);
      gboolean had = foyer_sandbox_position_get_answer (position, id) != NULL;
      JsonNode *node = answers != NULL ? json_object_get_member (answers, key) : NULL;
      g_autofree char *text = NULL;
      g_autoptr (GArray) options = NULL;
      Verdict verdict = INVALID;

      if (!asks (question, position->item))
        continue;
      if (node != NULL)
        verdict = read_answer (question, event->zone, node, &text, &options);
      if (store && (verdict == GIVEN || (verdict == EMPTY && had)))
        foyer_sandbox_position_set_answer (position, id, text, options);
      if (verdict == INVALID && !had)
        g_ptr_array_add (open, question);
    }
  return open;
}
