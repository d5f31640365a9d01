/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-world.h"

#include <string.h>

#include "foyer-json.h"

#define BLOCK_SIZE (1024 * 1024)

static void
checkin_free (FoyerSandboxCheckIn *self)
{
  g_free (self->explanation);
  g_free (self->nonce);
  g_free (self->raw_barcode);
  g_free (self);
}

static void
answer_free (FoyerSandboxAnswer *self)
{
  g_free (self->text);
  g_clear_pointer (&self->options, g_array_unref);
  g_free (self);
}

static void
medium_free (FoyerSandboxMedium *self)
{
  g_free (self->type);
  g_free (self->identifier);
  g_ptr_array_unref (self->positions);
  g_free (self);
}

static void
device_free (FoyerSandboxDevice *self)
{
  g_free (self->serial);
  g_free (self->init_token);
  g_free (self->api_token);
  g_free (self->name);
  g_free (self->profile);
  g_free (self->gate_name);
  g_clear_pointer (&self->limit_events, json_array_unref);
  g_clear_pointer (&self->hardware, json_object_unref);
  g_free (self);
}

static void
order_clear (FoyerSandboxOrder *self)
{
  g_clear_pointer (&self->extra, json_object_unref);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  g_clear_pointer (&self->fees, g_ptr_array_unref);
  for (guint i = 0; i < self->n_positions; i++)
    {
      g_clear_pointer (&self->positions[i].checkins, g_ptr_array_unref);
      g_clear_pointer (&self->positions[i].answers, g_ptr_array_unref);
      g_clear_pointer (&self->positions[i].blocked, g_ptr_array_unref);
    }
}

static void
event_free (FoyerSandboxEvent *self)
{
  json_object_unref (self->object);
  g_clear_pointer (&self->valid_keys, json_node_unref);
  g_time_zone_unref (self->zone);
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->questions);
  g_ptr_array_unref (self->lists);
  g_ptr_array_unref (self->subevents);
  g_ptr_array_unref (self->quotas);
  g_ptr_array_unref (self->taxrules);
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->checkins);
  g_ptr_array_unref (self->revoked);
  g_ptr_array_unref (self->blocked);
  g_clear_pointer (&self->by_name, g_ptr_array_unref);
  g_free (self);
}

/**
 * foyer_sandbox_world_new:
 * @seed: what every random value is drawn from
 *
 * Returns: (transfer full): an organiser without events
 */
FoyerSandboxWorld *
foyer_sandbox_world_new (guint64 seed)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  FoyerSandboxWorld *self = g_new0 (FoyerSandboxWorld, 1);

  self->seed = seed;
  self->random = seed * 0x9e3779b97f4a7c15u + 0x632be59bd9b4e019u;
  self->zone = g_time_zone_new_identifier ("Europe/Berlin");
  if (self->zone == NULL)
    self->zone = g_time_zone_new_utc ();
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify)event_free);
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify)device_free);
  self->media = g_ptr_array_new_with_free_func ((GDestroyNotify)medium_free);
  self->by_secret = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_id = g_hash_table_new (NULL, NULL);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  self->replies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify)g_ptr_array_unref);
  self->strings = g_string_chunk_new (64 * 1024);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->next_id = 1;
  self->next_checkin = 1;
  self->next_mark = 1;
  self->token_full = foyer_sandbox_world_random_text (self, letters, 64);
  self->token_door = foyer_sandbox_world_random_text (self, letters, 64);
  self->token_read = foyer_sandbox_world_random_text (self, letters, 64);
  return self;
}

void
foyer_sandbox_world_free (FoyerSandboxWorld *self)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      FoyerSandboxEvent *event = g_ptr_array_index (self->events, i);

      for (guint j = 0; j < event->orders->len; j++)
        order_clear (g_ptr_array_index (event->orders, j));
    }
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->media);
  g_hash_table_unref (self->by_secret);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_code);
  g_hash_table_unref (self->replies);
  g_time_zone_unref (self->zone);
  g_string_chunk_free (self->strings);
  g_ptr_array_unref (self->blocks);
  g_free (self->token_full);
  g_free (self->token_door);
  g_free (self->token_read);
  g_free (self);
}

/**
 * foyer_sandbox_world_alloc:
 * @self: the world
 * @size: bytes
 *
 * Returns: zeroed memory that lives as long as the world
 */
void *
foyer_sandbox_world_alloc (FoyerSandboxWorld *self, gsize size)
{
  char *block;

  size = (size + 15) & ~(gsize)15;
  if (self->blocks->len == 0 || self->block_used + size > self->block_size)
    {
      self->block_size = MAX (size, BLOCK_SIZE);
      self->block_used = 0;
      g_ptr_array_add (self->blocks, g_malloc0 (self->block_size));
    }
  block = g_ptr_array_index (self->blocks, self->blocks->len - 1);
  self->block_used += size;
  return block + self->block_used - size;
}

const char *
foyer_sandbox_world_text (FoyerSandboxWorld *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert (self->strings, text) : NULL;
}

/* xorshift64*: the same on every machine, and quick. */
guint64
foyer_sandbox_world_random (FoyerSandboxWorld *self)
{
  guint64 x = self->random != 0 ? self->random : 1;

  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  self->random = x;
  return x * 0x2545f4914f6cdd1du;
}

char *
foyer_sandbox_world_random_text (FoyerSandboxWorld *self, const char *letters, guint length)
{
  gsize n_letters = strlen (letters);
  char *text = g_malloc (length + 1);

  for (guint i = 0; i < length; i++)
    text[i] = letters[(foyer_sandbox_world_random (self) >> 16) % n_letters];
  text[length] = '\0';
  return text;
}

gint64
foyer_sandbox_world_take_id (FoyerSandboxWorld *self)
{
  return self->next_id++;
}

/* An id that came from outside is never given out again. */
void
foyer_sandbox_world_see_id (FoyerSandboxWorld *self, gint64 id)
{
  self->next_id = MAX (self->next_id, id + 1);
}

static GPtrArray *
objects_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
}

/**
 * foyer_sandbox_world_add_event:
 * @self: the world
 * @object: the event as the interface shows it; needs `slug` and `timezone`
 */
FoyerSandboxEvent *
foyer_sandbox_world_add_event (FoyerSandboxWorld *self, JsonObject *object)
{
  FoyerSandboxEvent *event = g_new0 (FoyerSandboxEvent, 1);
  const char *zone = foyer_json_get_string (object, "timezone");

  event->world = self;
  event->object = json_object_ref (object);
  event->slug = foyer_sandbox_world_text (self, foyer_json_get_string (object, "slug"));
  event->zone = g_time_zone_new_identifier (zone != NULL ? zone : "UTC");
  if (event->zone == NULL)
    event->zone = g_time_zone_new_utc ();
  event->categories = objects_new ();
  event->items = objects_new ();
  event->questions = objects_new ();
  event->lists = objects_new ();
  event->subevents = objects_new ();
  event->quotas = objects_new ();
  event->taxrules = objects_new ();
  event->orders = g_ptr_array_new ();
  event->checkins = g_ptr_array_new_with_free_func ((GDestroyNotify)checkin_free);
  event->revoked = g_ptr_array_new_with_free_func (g_free);
  event->blocked = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->events, event);
  return event;
}

FoyerSandboxEvent *
foyer_sandbox_world_get_event (FoyerSandboxWorld *self, const char *slug)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      FoyerSandboxEvent *event = g_ptr_array_index (self->events, i);

      if (g_strcmp0 (event->slug, slug) == 0)
        return event;
    }
  return NULL;
}

JsonObject *
foyer_sandbox_find (GPtrArray *objects, gint64 id)
{
  for (guint i = 0; i < objects->len; i++)
    {
      JsonObject *object = g_ptr_array_index (objects, i);

      if (foyer_json_get_int (object, "id", 0) == id)
        return object;
    }
  return NULL;
}

/**
 * foyer_sandbox_world_get_list:
 * @self: the world
 * @id: id of a check-in list; these are unique over all events
 * @event: (out) (optional): its event
 */
JsonObject *
foyer_sandbox_world_get_list (FoyerSandboxWorld *self, gint64 id, FoyerSandboxEvent **event)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      FoyerSandboxEvent *candidate = g_ptr_array_index (self->events, i);
      JsonObject *list = foyer_sandbox_find (candidate->lists, id);

      if (list != NULL)
        {
          if (event != NULL)
            *event = candidate;
          return list;
        }
    }
  return NULL;
}

/**
 * foyer_sandbox_event_add_order:
 * @self: an event
 * @code: the order's code
 * @n_positions: how many tickets; they are zeroed, to be filled in and given to
 *   foyer_sandbox_event_add_position()
 *
 * Adds the newest order. The caller sets the times and calls foyer_sandbox_order_append_modified().
 */
FoyerSandboxOrder *
foyer_sandbox_event_add_order (FoyerSandboxEvent *self, const char *code, guint n_positions)
{
  FoyerSandboxOrder *order = foyer_sandbox_world_alloc (self->world, sizeof *order);

  order->event = self;
  order->code = foyer_sandbox_world_text (self->world, code);
  order->n_positions = n_positions;
  order->positions = foyer_sandbox_world_alloc (self->world,
                                                sizeof *order->positions * MAX (n_positions, 1));
  order->status = 'p';
  order->locale = "en";
  order->comment = "";
  order->provider = "manual";
  order->expires = FOYER_TIME_NONE;
  order->cancellation_date = FOYER_TIME_NONE;
  for (guint i = 0; i < n_positions; i++)
    {
      order->positions[i].order = order;
      order->positions[i].positionid = i + 1;
      order->positions[i].valid_from = FOYER_TIME_NONE;
      order->positions[i].valid_until = FOYER_TIME_NONE;
    }
  g_ptr_array_add (self->orders, order);
  g_hash_table_insert (self->world->by_code, (char *)order->code, order);
  return order;
}

void
foyer_sandbox_event_add_position (FoyerSandboxEvent *self, FoyerSandboxPosition *position)
{
  FoyerSandboxWorld *world = self->world;

  if (position->id == 0)
    position->id = (guint32)foyer_sandbox_world_take_id (world);
  else
    foyer_sandbox_world_see_id (world, position->id);
  g_hash_table_insert (world->by_id, GUINT_TO_POINTER (position->id), position);
  g_hash_table_insert (world->by_secret, (char *)position->secret, position);
  self->n_positions++;
  g_clear_pointer (&self->by_name, g_ptr_array_unref);
}

/* Puts an order at the end of the list that is sorted by last_modified. */
void
foyer_sandbox_order_append_modified (FoyerSandboxOrder *self)
{
  FoyerSandboxEvent *event = self->event;

  self->previous_modified = event->last_modified;
  self->next_modified = NULL;
  if (event->last_modified != NULL)
    event->last_modified->next_modified = self;
  else
    event->first_modified = self;
  event->last_modified = self;
}

/**
 * foyer_sandbox_order_touch:
 * @self: an order
 *
 * Moves `last_modified` to now. Never backwards, and no two orders get the same instant.
 */
void
foyer_sandbox_order_touch (FoyerSandboxOrder *self)
{
  FoyerSandboxEvent *event = self->event;
  FoyerTime newest = event->last_modified->last_modified;

  if (self->previous_modified != NULL)
    self->previous_modified->next_modified = self->next_modified;
  else
    event->first_modified = self->next_modified;
  if (self->next_modified != NULL)
    self->next_modified->previous_modified = self->previous_modified;
  else
    event->last_modified = self->previous_modified;
  foyer_sandbox_order_append_modified (self);
  self->last_modified = MAX (event->world->now, newest + 1);
}

FoyerSandboxPosition *
foyer_sandbox_world_get_position (FoyerSandboxWorld *self, gint64 id)
{
  if (id <= 0 || id > G_MAXUINT32)
    return NULL;
  return g_hash_table_lookup (self->by_id, GUINT_TO_POINTER ((guint32)id));
}

FoyerSandboxPosition *
foyer_sandbox_world_get_by_secret (FoyerSandboxWorld *self, const char *secret)
{
  return g_hash_table_lookup (self->by_secret, secret);
}

FoyerSandboxOrder *
foyer_sandbox_world_get_order (FoyerSandboxWorld *self, const char *code)
{
  return g_hash_table_lookup (self->by_code, code);
}

/**
 * foyer_sandbox_event_add_checkin:
 * @self: an event
 * @list: id of the list
 * @position: (nullable): the ticket
 *
 * Adds a row to the log; the caller fills in the rest. Does not touch the order.
 */
FoyerSandboxCheckIn *
foyer_sandbox_event_add_checkin (FoyerSandboxEvent *self,
                                 gint64 list,
                                 FoyerSandboxPosition *position)
{
  FoyerSandboxCheckIn *checkin = g_new0 (FoyerSandboxCheckIn, 1);

  checkin->id = self->world->next_checkin++;
  checkin->event = self;
  checkin->list = list;
  checkin->position = position;
  checkin->created = self->world->now;
  checkin->datetime = self->world->now;
  checkin->source_type = "barcode";
  g_ptr_array_add (self->checkins, checkin);
  if (position != NULL)
    {
      if (position->checkins == NULL)
        position->checkins = g_ptr_array_new ();
      g_ptr_array_add (position->checkins, checkin);
    }
  return checkin;
}

FoyerSandboxMark *
foyer_sandbox_event_add_mark (FoyerSandboxEvent *self,
                              GPtrArray *marks,
                              const char *secret,
                              FoyerSandboxPosition *position)
{
  FoyerSandboxMark *mark = g_new0 (FoyerSandboxMark, 1);

  mark->id = self->world->next_mark++;
  mark->secret = foyer_sandbox_world_text (self->world, secret);
  mark->position = position;
  mark->at = self->world->now;
  mark->blocked = TRUE;
  g_ptr_array_add (marks, mark);
  return mark;
}

FoyerSandboxAnswer *
foyer_sandbox_position_get_answer (FoyerSandboxPosition *self, gint64 question)
{
  for (guint i = 0; self->answers != NULL && i < self->answers->len; i++)
    {
      FoyerSandboxAnswer *answer = g_ptr_array_index (self->answers, i);

      if (answer->question == question)
        return answer;
    }
  return NULL;
}

/**
 * foyer_sandbox_position_set_answer:
 * @self: a ticket
 * @question: id of the question
 * @text: the answer as it is to be stored
 * @options: (nullable) (element-type gint64) (transfer none): ids of the chosen options
 */
void
foyer_sandbox_position_set_answer (FoyerSandboxPosition *self,
                                   gint64 question,
                                   const char *text,
                                   GArray *options)
{
  FoyerSandboxAnswer *answer = foyer_sandbox_position_get_answer (self, question);

  if (answer == NULL)
    {
      answer = g_new0 (FoyerSandboxAnswer, 1);
      answer->question = question;
      if (self->answers == NULL)
        self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)answer_free);
      g_ptr_array_add (self->answers, answer);
    }
  g_free (answer->text);
  answer->text = g_strdup (text);
  g_clear_pointer (&answer->options, g_array_unref);
  if (options != NULL)
    answer->options = g_array_ref (options);
}

FoyerSandboxPosition *
foyer_sandbox_position_get_main (FoyerSandboxPosition *self)
{
  return self->addon_to != 0
             ? foyer_sandbox_world_get_position (self->order->event->world, self->addon_to)
             : NULL;
}
