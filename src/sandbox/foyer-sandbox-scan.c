/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a redeem request, and finding the ticket its code stands for. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-scan.h"

#include <string.h>

#include "foyer-json.h"
#include "foyer-sandbox-lists.h"

FoyerSandboxScan *
foyer_sandbox_scan_new (FoyerSandboxCall *call)
{
  FoyerSandboxScan *self = g_new0 (FoyerSandboxScan, 1);

  self->call = call;
  self->lists = g_ptr_array_new ();
  self->events = g_ptr_array_new ();
  self->candidates = g_ptr_array_new ();
  self->source_type = "barcode";
  self->questions_supported = TRUE;
  self->at = call->world->now;
  return self;
}

void
foyer_sandbox_scan_free (FoyerSandboxScan *self)
{
  g_ptr_array_unref (self->lists);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->candidates);
  g_free (self->secret);
  g_free (self);
}

/* Fields that are wrong, as the framework lists them. */
typedef struct
{
  FoyerSandboxOut out;
  gboolean any;
} Errors;

static void
complain (Errors *errors, const char *field, const char *text)
{
  if (!errors->any)
    foyer_sandbox_out_open (&errors->out, NULL, '{');
  errors->any = TRUE;
  foyer_sandbox_out_open (&errors->out, field, '[');
  foyer_sandbox_out_string (&errors->out, NULL, text);
  foyer_sandbox_out_close (&errors->out, ']');
}

static gboolean
may_use (FoyerSandboxCall *call, FoyerSandboxEvent *event)
{
  return (call->rights & (FOYER_SANDBOX_RIGHT_CHECKIN | FOYER_SANDBOX_RIGHT_ORDERS_WRITE)) != 0
         && foyer_sandbox_call_has_event (call, event);
}

/* The framework's word for what is no id. */
static const char *
name_type (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return "dict";
  if (JSON_NODE_HOLDS_ARRAY (node))
    return "list";
  if (JSON_NODE_HOLDS_NULL (node))
    return "NoneType";
  return json_node_get_value_type (node) == G_TYPE_BOOLEAN ? "bool" : "float";
}

static void
read_lists (FoyerSandboxScan *self, Errors *errors)
{
  JsonNode *node = json_object_get_member (self->call->json, "lists");
  JsonArray *ids;

  if (node == NULL)
    {
      complain (errors, "lists", "This field is required.");
      return;
    }
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      complain (errors, "lists", "Expected a list of items but got type \"str\".");
      return;
    }
  ids = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      JsonNode *element = json_array_get_element (ids, i);
      const char *text = foyer_json_node_get_string (element);
      FoyerSandboxEvent *event = NULL;
      JsonObject *list;
      gint64 id = 0;

      if (text != NULL)
        id = g_ascii_strtoll (text, NULL, 10);
      else if (!foyer_json_node_get_int (element, &id))
        {
          g_autofree char *error = g_strdup_printf (
              "Incorrect type. Expected pk value, received %s.", name_type (element));

          complain (errors, "lists", error);
          return;
        }
      list = foyer_sandbox_world_get_list (self->call->world, id, &event);
      if (list == NULL || !may_use (self->call, event))
        {
          g_autofree char *error = g_strdup_printf (
              "Invalid pk \"%" G_GINT64_FORMAT "\" - object does not exist.", id);

          complain (errors, "lists", error);
          return;
        }
      g_ptr_array_add (self->lists, list);
      g_ptr_array_add (self->events, event);
    }
}

static gboolean
holds_nul (FoyerSandboxCall *call)
{
  gsize length = 0;
  const char *text = call->body != NULL ? g_bytes_get_data (call->body, &length) : NULL;

  return text != NULL && g_strstr_len (text, (gssize)length, "\\u0000") != NULL;
}

static void
read_secret (FoyerSandboxScan *self, Errors *errors)
{
  JsonNode *node = json_object_get_member (self->call->json, "secret");
  const char *text = node != NULL ? foyer_json_node_get_string (node) : NULL;
  gint64 number;

  if (node == NULL)
    complain (errors, "secret", "This field is required.");
  else if (JSON_NODE_HOLDS_NULL (node))
    complain (errors, "secret", "This field may not be null.");
  else if (text == NULL && !foyer_json_node_get_int (node, &number))
    complain (errors, "secret", "Not a valid string.");
  else if (text != NULL && holds_nul (self->call))
    complain (errors, "secret", "Null characters are not allowed.");
  else
    {
      self->secret = text != NULL ? g_strstrip (g_strdup (text))
                                  : g_strdup_printf ("%" G_GINT64_FORMAT, number);
      if (*self->secret == '\0')
        complain (errors, "secret", "This field may not be blank.");
    }
}

static void
read_choice (JsonObject *json,
             const char *field,
             const char *const *choices,
             const char **value,
             Errors *errors)
{
  JsonNode *node = json_object_get_member (json, field);
  const char *text = node != NULL ? foyer_json_node_get_string (node) : NULL;
  g_autofree char *error = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  for (guint i = 0; text != NULL && choices[i] != NULL; i++)
    if (g_str_equal (choices[i], text))
      {
        /* the literal, not the request's own text: a row keeps it */
        *value = choices[i];
        return;
      }
  error = g_strdup_printf ("\"%s\" is not a valid choice.", text != NULL ? text : "");
  complain (errors, field, error);
}

static void
read_flag (JsonObject *json, const char *field, gboolean *value, Errors *errors)
{
  static const char *const yes[] = { "true", "True", "TRUE", "t", "y", "yes", "1", "on", NULL };
  static const char *const no[] = { "false", "False", "FALSE", "f", "n", "no", "0", "off", NULL };
  JsonNode *node = json_object_get_member (json, field);
  const char *text;
  gint64 number;

  if (node == NULL)
    return;
  text = foyer_json_node_get_string (node);
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    *value = json_node_get_boolean (node);
  else if (text != NULL && g_strv_contains (yes, text))
    *value = TRUE;
  else if (text != NULL && g_strv_contains (no, text))
    *value = FALSE;
  else if (foyer_json_node_get_int (node, &number) && (number == 0 || number == 1))
    *value = number != 0;
  else
    complain (errors, field, "Must be a valid boolean.");
}

static void
read_text (JsonObject *json, const char *field, const char **value, Errors *errors)
{
  JsonNode *node = json_object_get_member (json, field);
  const char *text = node != NULL ? foyer_json_node_get_string (node) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  if (text == NULL)
    complain (errors, field, "Not a valid string.");
  else if (*text == '\0')
    complain (errors, field, "This field may not be blank.");
  else
    *value = text;
}

static void
read_datetime (FoyerSandboxScan *self, Errors *errors)
{
  const char *text = foyer_json_get_string (self->call->json, "datetime");

  if (foyer_json_is_null (self->call->json, "datetime")
      || !json_object_has_member (self->call->json, "datetime"))
    return;
  if (text == NULL || !foyer_time_parse (text, self->call->world->zone, &self->at))
    complain (errors, "datetime",
              "Datetime has wrong format. Use one of these formats instead: "
              "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].");
}

static void
read_rest (FoyerSandboxScan *self, Errors *errors)
{
  static const char *const sources[] = { "barcode", "nfc_uid", "nfc_mf0aes", NULL };
  static const char *const types[] = { "entry", "exit", NULL };
  JsonObject *json = self->call->json;
  JsonNode *answers = json_object_get_member (json, "answers");
  const char *type = "entry";

  read_choice (json, "source_type", sources, &self->source_type, errors);
  read_choice (json, "type", types, &type, errors);
  self->exit = g_str_equal (type, "exit");
  read_flag (json, "force", &self->force, errors);
  read_flag (json, "ignore_unpaid", &self->ignore_unpaid, errors);
  read_flag (json, "simulate", &self->simulate, errors);
  read_flag (json, "questions_supported", &self->questions_supported, errors);
  read_text (json, "nonce", &self->nonce, errors);
  read_datetime (self, errors);
  read_text (json, "exchange_medium_type", &self->exchange_type, errors);
  read_text (json, "exchange_medium_identifier", &self->exchange_identifier, errors);
  if (answers != NULL && JSON_NODE_HOLDS_OBJECT (answers))
    self->answers = json_node_get_object (answers);
}

/**
 * foyer_sandbox_scan_read:
 * @self: a scan
 *
 * Reads the request's body.
 *
 * Returns: %FALSE if it is malformed; the answer is then made
 */
gboolean
foyer_sandbox_scan_read (FoyerSandboxScan *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Errors errors = { .out = { .text = text } };

  read_lists (self, &errors);
  read_secret (self, &errors);
  read_rest (self, &errors);
  if (!errors.any && (self->exchange_type == NULL) != (self->exchange_identifier == NULL))
    complain (&errors, "non_field_errors",
              "If you set any of exchange_medium_type or exchange_medium_identifier, you need to "
              "set both of them.");
  if (errors.any)
    {
      foyer_sandbox_out_close (&errors.out, '}');
      foyer_sandbox_call_answer (self->call, 400, text->str);
      return FALSE;
    }
  if (self->lists->len == 0)
    {
      foyer_sandbox_call_answer (self->call, 400, "[\"No check-in list passed.\"]");
      return FALSE;
    }
  for (guint i = 0; i < self->events->len; i++)
    for (guint j = 0; j < i; j++)
      if (g_ptr_array_index (self->events, i) == g_ptr_array_index (self->events, j))
        {
          foyer_sandbox_call_answer (
              self->call, 400,
              "[\"Selecting two check-in lists from the same event is unsupported.\"]");
          return FALSE;
        }
  return TRUE;
}

/* The older address: one list and the code in the path. */
gboolean
foyer_sandbox_scan_read_per_list (FoyerSandboxScan *self)
{
  FoyerSandboxCall *call = self->call;
  JsonObject *list = foyer_sandbox_find (call->event->lists,
                                         foyer_sandbox_call_get_segment_id (call, 5));
  g_autoptr (GString) text = g_string_new (NULL);
  Errors errors = { .out = { .text = text } };

  if (list == NULL)
    {
      foyer_sandbox_call_detail (call, 404, "No CheckinList matches the given query.");
      return FALSE;
    }
  g_ptr_array_add (self->lists, list);
  g_ptr_array_add (self->events, call->event);
  self->secret = g_strstrip (g_strdup (call->segments[7]));
  self->per_list = TRUE;
  self->trust_ids = g_strcmp0 (foyer_sandbox_call_get_query (call, "untrusted_input"), "1") != 0;
  read_rest (self, &errors);
  read_flag (call->json, "canceled_supported", &self->canceled_supported, &errors);
  self->simulate = FALSE;
  if (errors.any)
    {
      foyer_sandbox_out_close (&errors.out, '}');
      foyer_sandbox_call_answer (call, 400, text->str);
    }
  return !errors.any;
}

FoyerSandboxMedium *
foyer_sandbox_world_get_medium (FoyerSandboxWorld *world, const char *type, const char *identifier)
{
  for (guint i = 0; i < world->media->len; i++)
    {
      FoyerSandboxMedium *medium = g_ptr_array_index (world->media, i);

      if (g_str_equal (medium->type, type) && g_str_equal (medium->identifier, identifier))
        return medium;
    }
  return NULL;
}

static JsonObject *
list_of (FoyerSandboxScan *self, FoyerSandboxPosition *position)
{
  for (guint i = 0; i < self->events->len; i++)
    if (g_ptr_array_index (self->events, i) == position->order->event)
      return g_ptr_array_index (self->lists, i);
  return NULL;
}

static gboolean
matches_addons (JsonObject *list)
{
  return foyer_json_get_boolean (list, "addon_match", FALSE);
}

/* The search sees live tickets of the lists' events, and of the list's date only. */
static void
add_live (FoyerSandboxScan *self, FoyerSandboxPosition *position)
{
  JsonObject *list = position != NULL ? list_of (self, position) : NULL;
  gint64 subevent = list != NULL ? foyer_json_get_int (list, "subevent", 0) : 0;

  if (list != NULL && !position->canceled && (subevent == 0 || subevent == position->subevent)
      && !g_ptr_array_find (self->candidates, position, NULL))
    g_ptr_array_add (self->candidates, position);
}

static void
add_addons (FoyerSandboxScan *self, FoyerSandboxPosition *position, gboolean own_list_only)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->lists->len; i++)
    any = any || matches_addons (g_ptr_array_index (self->lists, i));
  if (own_list_only)
    any = list_of (self, position) != NULL && matches_addons (list_of (self, position));
  for (guint i = 0; any && i < position->order->n_positions; i++)
    if (position->order->positions[i].addon_to == position->id)
      add_live (self, &position->order->positions[i]);
}

static void
find_by_code (FoyerSandboxScan *self)
{
  FoyerSandboxWorld *world = self->call->world;
  FoyerSandboxPosition *position = foyer_sandbox_world_get_by_secret (world, self->secret);
  guint64 id;

  if (position != NULL)
    {
      add_live (self, position);
      add_addons (self, position, FALSE);
    }
  if (self->per_list && self->trust_ids
      && g_ascii_string_to_unsigned (self->secret, 10, 1, G_MAXUINT32, &id, NULL))
    {
      position = foyer_sandbox_world_get_position (world, (gint64)id);
      add_live (self, position);
    }
}

static void
find_by_medium (FoyerSandboxScan *self)
{
  FoyerSandboxWorld *world = self->call->world;
  FoyerSandboxMedium *medium = foyer_sandbox_world_get_medium (world, self->source_type,
                                                               self->secret);

  if (medium == NULL || !medium->active || medium->positions->len == 0
      || (medium->expires != FOYER_TIME_NONE && medium->expires < world->now))
    return;
  for (guint i = 0; i < medium->positions->len; i++)
    {
      FoyerSandboxPosition *position = g_ptr_array_index (medium->positions, i);

      if (list_of (self, position) != NULL)
        g_ptr_array_add (self->candidates, position);
    }
  if (self->candidates->len > 0)
    self->medium = medium;
  else
    self->foreign = TRUE;
}

static void
find_by_revoked (FoyerSandboxScan *self)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      FoyerSandboxEvent *event = g_ptr_array_index (self->events, i);

      for (guint j = 0; j < event->revoked->len; j++)
        {
          FoyerSandboxMark *mark = g_ptr_array_index (event->revoked, j);

          if (!g_str_equal (mark->secret, self->secret))
            continue;
          self->revoked = mark;
          self->event = event;
          self->list = g_ptr_array_index (self->lists, i);
          if (self->force && mark->position != NULL)
            {
              g_ptr_array_add (self->candidates, mark->position);
              add_addons (self, mark->position, TRUE);
            }
          return;
        }
    }
}

static gboolean
is_valid_at (FoyerSandboxPosition *position, FoyerTime at)
{
  return (position->valid_from == FOYER_TIME_NONE || position->valid_from <= at)
         && (position->valid_until == FOYER_TIME_NONE || at < position->valid_until);
}

/* None fits: the one that becomes valid soonest, else the one that ended last, else the first. */
static FoyerSandboxPosition *
choose_least_wrong (GPtrArray *positions, FoyerTime at)
{
  FoyerSandboxPosition *soonest = NULL;
  FoyerSandboxPosition *latest = NULL;

  for (guint i = 0; i < positions->len; i++)
    {
      FoyerSandboxPosition *position = g_ptr_array_index (positions, i);

      if (position->valid_from != FOYER_TIME_NONE && position->valid_from > at
          && (soonest == NULL || position->valid_from < soonest->valid_from))
        soonest = position;
      if (position->valid_until != FOYER_TIME_NONE && position->valid_until <= at
          && (latest == NULL || position->valid_until > latest->valid_until))
        latest = position;
    }
  return soonest != NULL ? soonest : latest != NULL ? latest : g_ptr_array_index (positions, 0);
}

static void
choose (FoyerSandboxScan *self)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  g_autoptr (GPtrArray) fitting = g_ptr_array_new ();
  g_autoptr (GPtrArray) valid = g_ptr_array_new ();

  for (guint i = 0; i < self->candidates->len; i++)
    {
      FoyerSandboxPosition *position = g_ptr_array_index (self->candidates, i);

      if (self->medium != NULL || self->per_list || matches_addons (list_of (self, position))
          || g_str_equal (position->secret, self->secret))
        g_ptr_array_add (own, position);
    }
  for (guint i = 0; i < own->len; i++)
    {
      FoyerSandboxPosition *position = g_ptr_array_index (own, i);

      if (foyer_sandbox_list_has_product (list_of (self, position), position->item))
        g_ptr_array_add (fitting, position);
    }
  for (guint i = 0; i < fitting->len; i++)
    if (is_valid_at (g_ptr_array_index (fitting, i), self->at))
      g_ptr_array_add (valid, g_ptr_array_index (fitting, i));
  if (own->len == 1)
    foyer_sandbox_scan_set_position (self, g_ptr_array_index (own, 0));
  else if (own->len == 0 || fitting->len == 0)
    foyer_sandbox_scan_set_position (
        self, choose_least_wrong (own->len > 0 ? own : self->candidates, self->at));
  else if (fitting->len == 1)
    foyer_sandbox_scan_set_position (self, g_ptr_array_index (fitting, 0));
  else if (valid->len == 1)
    foyer_sandbox_scan_set_position (self, g_ptr_array_index (valid, 0));
  else if (valid->len == 0)
    foyer_sandbox_scan_set_position (self, choose_least_wrong (fitting, self->at));
  else
    {
      foyer_sandbox_scan_set_position (self, g_ptr_array_index (self->candidates, 0));
      self->ambiguous = TRUE;
    }
}

void
foyer_sandbox_scan_set_position (FoyerSandboxScan *self, FoyerSandboxPosition *position)
{
  self->position = position;
  self->event = position->order->event;
  self->list = list_of (self, position);
}

/**
 * foyer_sandbox_scan_find:
 * @self: a scan that has been read
 *
 * Finds the ticket: live tickets, then media, then revoked codes. Afterwards @position is set, or
 * @revoked, or neither: an unknown code.
 */
void
foyer_sandbox_scan_find (FoyerSandboxScan *self)
{
  self->event = g_ptr_array_index (self->events, 0);
  self->list = g_ptr_array_index (self->lists, 0);
  find_by_code (self);
  if (self->candidates->len == 0)
    find_by_medium (self);
  if (self->candidates->len == 0 && !self->foreign)
    find_by_revoked (self);
  if (self->revoked != NULL && self->candidates->len > 0)
    self->overridden = TRUE;
  if (self->candidates->len == 1)
    foyer_sandbox_scan_set_position (self, g_ptr_array_index (self->candidates, 0));
  else if (self->candidates->len > 1)
    choose (self);
}
