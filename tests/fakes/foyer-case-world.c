/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The recorded door scans as entities. A mapper of its own, so that a mistake in the sync's mapper cannot
 * hide one in the rules. */

#define G_LOG_DOMAIN "foyer-tests"

#include "foyer-case-world.h"

#include "foyer-admission-check.h"
#include "foyer-json.h"
#include "foyer-questions.h"

#include <string.h>

/* Python's aware-less times are in the server's default zone, which was this one. */
#define SERVER_ZONE "Europe/Berlin"

static gpointer
key_of (gint64 id)
{
  return GSIZE_TO_POINTER ((gsize)id);
}

static const char *
read_name (JsonObject *object, const char *member)
{
  return foyer_json_get_string (foyer_json_get_object (object, member), "en");
}

static FoyerTime
read_time (JsonObject *object, const char *member)
{
  FoyerTime time = FOYER_TIME_NONE;

  if (!foyer_json_is_null (object, member))
    g_assert_true (foyer_time_parse (foyer_json_get_string (object, member), NULL, &time));
  return time;
}

static GArray *
read_ids (JsonObject *object, const char *member)
{
  JsonArray *array = foyer_json_get_array (object, member);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      gint64 id = json_array_get_int_element (array, i);

      g_array_append_val (ids, id);
    }
  return ids;
}

static FoyerProduct *
read_product (JsonObject *object)
{
  FoyerProduct *product = foyer_product_new ();
  JsonArray *variations = foyer_json_get_array (object, "variations");

  product->id = foyer_json_get_int (object, "id", 0);
  product->name = g_strdup (read_name (object, "name"));
  product->admission = foyer_json_get_boolean (object, "admission", FALSE);
  product->attention = foyer_json_get_boolean (object, "checkin_attention", FALSE);
  product->checkin_text = g_strdup (foyer_json_get_string (object, "checkin_text"));
  product->media_policy = g_strdup (foyer_json_get_string (object, "media_policy"));
  product->media_type = g_strdup (foyer_json_get_string (object, "media_type"));
  product->variations = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_variation_unref);
  for (guint i = 0; i < json_array_get_length (variations); i++)
    {
      JsonObject *item = json_array_get_object_element (variations, i);
      FoyerVariation *variation = foyer_variation_new ();

      variation->id = foyer_json_get_int (item, "id", 0);
      variation->name = g_strdup (read_name (item, "value"));
      variation->attention = foyer_json_get_boolean (item, "checkin_attention", FALSE);
      variation->checkin_text = g_strdup (foyer_json_get_string (item, "checkin_text"));
      g_ptr_array_add (product->variations, variation);
    }
  return product;
}

static FoyerQuestion *
read_question (JsonObject *object)
{
  FoyerQuestion *question = foyer_question_new ();
  JsonArray *options = foyer_json_get_array (object, "options");

  question->id = foyer_json_get_int (object, "id", 0);
  question->identifier = g_strdup (foyer_json_get_string (object, "identifier"));
  question->question = g_strdup (read_name (object, "question"));
  question->type = g_strdup (foyer_json_get_string (object, "type"));
  question->required = foyer_json_get_boolean (object, "required", FALSE);
  question->ask_during_checkin = foyer_json_get_boolean (object, "ask_during_checkin", FALSE);
  question->products = read_ids (object, "items");
  question->valid_number_min = g_strdup (foyer_json_get_string (object, "valid_number_min"));
  question->valid_number_max = g_strdup (foyer_json_get_string (object, "valid_number_max"));
  question->options = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_question_option_unref);
  for (guint i = 0; i < json_array_get_length (options); i++)
    {
      JsonObject *item = json_array_get_object_element (options, i);
      FoyerQuestionOption *option = foyer_question_option_new ();

      option->id = foyer_json_get_int (item, "id", 0);
      option->identifier = g_strdup (foyer_json_get_string (item, "identifier"));
      option->answer = g_strdup (read_name (item, "answer"));
      g_ptr_array_add (question->options, option);
    }
  return question;
}

static FoyerSubevent *
read_subevent (JsonObject *object)
{
  FoyerSubevent *subevent = foyer_subevent_new ();

  subevent->id = foyer_json_get_int (object, "id", 0);
  subevent->name = g_strdup (read_name (object, "name"));
  subevent->date_from = read_time (object, "date_from");
  subevent->date_to = read_time (object, "date_to");
  subevent->date_admission = read_time (object, "date_admission");
  return subevent;
}

static FoyerEvent *
read_event (JsonObject *object)
{
  FoyerEvent *event = foyer_event_new ();

  event->slug = g_strdup (foyer_json_get_string (object, "slug"));
  event->name = g_strdup (read_name (object, "name"));
  event->zone = g_strdup (foyer_json_get_string (object, "timezone"));
  event->date_from = read_time (object, "date_from");
  event->date_to = read_time (object, "date_to");
  event->date_admission = read_time (object, "date_admission");
  event->has_subevents = foyer_json_get_boolean (object, "has_subevents", FALSE);
  return event;
}

static FoyerCheckInList *
read_list (JsonObject *object)
{
  FoyerCheckInList *list = foyer_check_in_list_new ();

  list->id = foyer_json_get_int (object, "id", 0);
  list->name = g_strdup (foyer_json_get_string (object, "name"));
  list->all_products = foyer_json_get_boolean (object, "all_products", FALSE);
  list->products = read_ids (object, "limit_products");
  list->subevent = foyer_json_get_int (object, "subevent", 0);
  list->include_pending = foyer_json_get_boolean (object, "include_pending", FALSE);
  list->allow_multiple_entries = foyer_json_get_boolean (object, "allow_multiple_entries", FALSE);
  list->allow_entry_after_exit = foyer_json_get_boolean (object, "allow_entry_after_exit", TRUE);
  list->addon_match = foyer_json_get_boolean (object, "addon_match", FALSE);
  list->rules = json_to_string (json_object_get_member (object, "rules"), FALSE);
  list->exit_all_at = read_time (object, "exit_all_at");
  return list;
}

static FoyerAnswer *
read_answer (JsonObject *object)
{
  FoyerAnswer *answer = foyer_answer_new ();

  answer->question = foyer_json_get_int (object, "question", 0);
  answer->answer = g_strdup (foyer_json_get_string (object, "answer"));
  answer->options = read_ids (object, "options");
  return answer;
}

static FoyerCheckIn *
read_check_in (JsonObject *object)
{
  FoyerCheckIn *check_in = foyer_check_in_new ();

  check_in->id = foyer_json_get_int (object, "id", 0);
  check_in->list = foyer_json_get_int (object, "list", 0);
  check_in->datetime = read_time (object, "datetime");
  check_in->exit = g_strcmp0 (foyer_json_get_string (object, "type"), "exit") == 0;
  check_in->automatic = foyer_json_get_boolean (object, "auto_checked_in", FALSE);
  check_in->gate = foyer_json_get_int (object, "gate", 0);
  return check_in;
}

static FoyerAttendee *
read_attendee (JsonObject *object, const char *order)
{
  FoyerAttendee *attendee = foyer_attendee_new ();
  JsonArray *check_ins = foyer_json_get_array (object, "checkins");
  JsonArray *answers = foyer_json_get_array (object, "answers");

  attendee->id = foyer_json_get_int (object, "id", 0);
  attendee->positionid = foyer_json_get_int (object, "positionid", 0);
  attendee->order = g_strdup (order);
  attendee->product = foyer_json_get_int (object, "item", 0);
  attendee->variation = foyer_json_get_int (object, "variation", 0);
  attendee->subevent = foyer_json_get_int (object, "subevent", 0);
  attendee->secret = g_strdup (foyer_json_get_string (object, "secret"));
  attendee->name = g_strdup (foyer_json_get_string (object, "attendee_name"));
  attendee->canceled = foyer_json_get_boolean (object, "canceled", FALSE);
  attendee->blocked = !foyer_json_is_null (object, "blocked")
                      && json_array_get_length (foyer_json_get_array (object, "blocked")) > 0;
  attendee->valid_from = read_time (object, "valid_from");
  attendee->valid_until = read_time (object, "valid_until");
  attendee->addon_to = foyer_json_get_int (object, "addon_to", 0);
  attendee->check_ins = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_check_in_unref);
  for (guint i = 0; i < json_array_get_length (check_ins); i++)
    g_ptr_array_add (attendee->check_ins,
                     read_check_in (json_array_get_object_element (check_ins, i)));
  attendee->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_answer_unref);
  for (guint i = 0; i < json_array_get_length (answers); i++)
    g_ptr_array_add (attendee->answers, read_answer (json_array_get_object_element (answers, i)));
  return attendee;
}

static FoyerOrder *
read_order (JsonObject *object)
{
  FoyerOrder *order = foyer_order_new ();
  JsonArray *positions = foyer_json_get_array (object, "positions");

  order->code = g_strdup (foyer_json_get_string (object, "code"));
  g_assert_true (
      foyer_order_status_from_code (foyer_json_get_string (object, "status"), &order->status));
  order->require_approval = foyer_json_get_boolean (object, "require_approval", FALSE);
  order->valid_if_pending = foyer_json_get_boolean (object, "valid_if_pending", FALSE);
  order->attention = foyer_json_get_boolean (object, "checkin_attention", FALSE);
  order->checkin_text = g_strdup (foyer_json_get_string (object, "checkin_text"));
  order->attendees = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_attendee_unref);
  for (guint i = 0; i < json_array_get_length (positions); i++)
    g_ptr_array_add (order->attendees,
                     read_attendee (json_array_get_object_element (positions, i), order->code));
  return order;
}

static void
read_world (FoyerCaseWorld *self, JsonObject *world)
{
  JsonArray *items = foyer_json_get_array (world, "items");
  JsonArray *subevents = foyer_json_get_array (world, "subevents");
  JsonArray *questions = foyer_json_get_array (world, "questions");

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      FoyerProduct *product = read_product (json_array_get_object_element (items, i));

      g_hash_table_insert (self->products, key_of (product->id), product);
    }
  for (guint i = 0; i < json_array_get_length (subevents); i++)
    {
      FoyerSubevent *subevent = read_subevent (json_array_get_object_element (subevents, i));

      g_hash_table_insert (self->subevents, key_of (subevent->id), subevent);
    }
  for (guint i = 0; i < json_array_get_length (questions); i++)
    g_ptr_array_add (self->questions, read_question (json_array_get_object_element (questions, i)));
}

/**
 * foyer_case_world_new:
 * @file: the root of the file
 * @case_object: one of its cases
 *
 * Returns: (transfer full): its state before the first step
 */
FoyerCaseWorld *
foyer_case_world_new (JsonObject *file, JsonObject *case_object)
{
  FoyerCaseWorld *self = g_new0 (FoyerCaseWorld, 1);
  JsonObject *worlds = foyer_json_get_object (file, "worlds");
  JsonArray *slugs = foyer_json_get_array (case_object, "worlds");
  JsonArray *lists = foyer_json_get_array (case_object, "lists");
  JsonArray *orders = foyer_json_get_array (case_object, "orders");

  self->file = json_object_ref (file);
  self->object = json_object_ref (case_object);
  self->places = g_hash_table_new_full (NULL, NULL, NULL,
                                        (GDestroyNotify)foyer_admission_place_unref);
  self->products = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)foyer_product_unref);
  self->subevents = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)foyer_subevent_unref);
  self->questions = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_question_unref);
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_order_unref);
  self->events_of_orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < json_array_get_length (slugs); i++)
    read_world (self, foyer_json_get_object (worlds, json_array_get_string_element (slugs, i)));

  for (guint i = 0; i < json_array_get_length (lists); i++)
    {
      JsonObject *item = json_array_get_object_element (lists, i);
      JsonObject *world = foyer_json_get_object (worlds, foyer_json_get_string (item, "event"));
      FoyerAdmissionPlace *place = foyer_admission_place_new ();

      place->connection = g_strdup ("tickets");
      place->event = read_event (foyer_json_get_object (world, "event"));
      place->list = read_list (foyer_json_get_object (item, "object"));
      g_hash_table_insert (self->places, key_of (place->list->id), place);
    }

  for (guint i = 0; i < json_array_get_length (orders); i++)
    {
      JsonObject *item = json_array_get_object_element (orders, i);
      FoyerOrder *order = read_order (item);

      g_ptr_array_add (self->orders, order);
      g_hash_table_insert (self->events_of_orders, g_strdup (order->code),
                           g_strdup (foyer_json_get_string (item, "event")));
    }
  return self;
}

/**
 * foyer_case_world_free:
 * @self: (transfer full): a world
 */
void
foyer_case_world_free (FoyerCaseWorld *self)
{
  json_object_unref (self->file);
  json_object_unref (self->object);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->products);
  g_hash_table_unref (self->subevents);
  g_ptr_array_unref (self->questions);
  g_ptr_array_unref (self->orders);
  g_hash_table_unref (self->events_of_orders);
  g_free (self);
}

/**
 * foyer_case_world_read_scan:
 * @self: a world
 * @step: a step of its case
 *
 * Returns: (transfer full) (nullable): the scan; %NULL if its time is no time
 */
FoyerScan *
foyer_case_world_read_scan (FoyerCaseWorld *self, JsonObject *step)
{
  JsonObject *object = foyer_json_get_object (step, "scan");
  g_autoptr (FoyerScan) scan = foyer_scan_new ();
  g_autoptr (GTimeZone) zone = foyer_time_zone_new (SERVER_ZONE);
  const char *secret = foyer_json_get_string (object, "secret");

  scan->secret = g_strstrip (g_strdup (secret != NULL ? secret : ""));
  scan->lists = read_ids (object, "lists");
  scan->exit = g_strcmp0 (foyer_json_get_string (object, "type"), "exit") == 0;
  scan->force = foyer_json_get_boolean (object, "force", FALSE);
  scan->ignore_unpaid = foyer_json_get_boolean (object, "ignore_unpaid", FALSE);
  if (json_object_has_member (object, "answers"))
    scan->answers = json_to_string (json_object_get_member (object, "answers"), FALSE);
  if (!foyer_time_parse (foyer_json_get_string (object, "datetime"), zone, &scan->datetime))
    return NULL;
  return g_steal_pointer (&scan);
}

static gint64
gate_of (FoyerCaseWorld *self, JsonObject *step)
{
  JsonObject *devices = foyer_json_get_object (self->file, "devices");
  JsonObject *device = foyer_json_get_object (devices, foyer_json_get_string (step, "by"));

  return device != NULL ? foyer_json_get_int (device, "gate", 0) : 0;
}

static gboolean
find_place (FoyerCaseWorld *self, FoyerAdmissionFacts *facts, FoyerOrder *order, guint *index)
{
  const char *slug = g_hash_table_lookup (self->events_of_orders, order->code);

  for (guint i = 0; i < facts->places->len; i++)
    {
      FoyerAdmissionPlace *place = g_ptr_array_index (facts->places, i);

      if (g_strcmp0 (place->event->slug, slug) == 0)
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
add_candidate (FoyerCaseWorld *self,
               FoyerAdmissionFacts *facts,
               FoyerOrder *order,
               FoyerAttendee *attendee,
               gboolean through_main)
{
  FoyerAdmissionCandidate *candidate;
  FoyerProduct *product = g_hash_table_lookup (self->products, key_of (attendee->product));
  FoyerSubevent *subevent = g_hash_table_lookup (self->subevents, key_of (attendee->subevent));
  guint place;

  if (!find_place (self, facts, order, &place))
    return;

  candidate = foyer_admission_candidate_new ();
  candidate->order = foyer_order_ref (order);
  candidate->attendee = foyer_attendee_ref (attendee);
  candidate->product = product != NULL ? foyer_product_ref (product) : NULL;
  candidate->subevent = subevent != NULL ? foyer_subevent_ref (subevent) : NULL;
  candidate->questions = g_ptr_array_ref (self->questions);
  candidate->place = place;
  candidate->through_main = through_main;
  g_ptr_array_add (facts->candidates, candidate);
}

static void
add_with_addons (FoyerCaseWorld *self,
                 FoyerAdmissionFacts *facts,
                 FoyerOrder *order,
                 FoyerAttendee *attendee)
{
  guint place;

  add_candidate (self, facts, order, attendee, FALSE);
  if (!find_place (self, facts, order, &place)
      || !((FoyerAdmissionPlace *)g_ptr_array_index (facts->places, place))->list->addon_match)
    return;

  for (guint i = 0; i < order->attendees->len; i++)
    {
      FoyerAttendee *addon = g_ptr_array_index (order->attendees, i);

      if (addon->addon_to == attendee->id)
        add_candidate (self, facts, order, addon, TRUE);
    }
}

/* By secret: main tickets and whatever has the code itself first, then add-ons of a main ticket. */
static gboolean
add_by_secret (FoyerCaseWorld *self, FoyerAdmissionFacts *facts)
{
  gboolean live = FALSE;

  for (guint i = 0; i < self->orders->len; i++)
    {
      FoyerOrder *order = g_ptr_array_index (self->orders, i);

      for (guint k = 0; k < order->attendees->len; k++)
        {
          FoyerAttendee *attendee = g_ptr_array_index (order->attendees, k);

          if (g_strcmp0 (attendee->secret, facts->code) == 0)
            add_with_addons (self, facts, order, attendee);
        }
    }

  for (guint i = 0; i < facts->candidates->len; i++)
    {
      FoyerAdmissionCandidate *candidate = g_ptr_array_index (facts->candidates, i);

      live |= !candidate->attendee->canceled;
    }
  return live;
}

static gboolean
add_by_medium (FoyerCaseWorld *self, FoyerAdmissionFacts *facts, const char *type)
{
  JsonArray *media = foyer_json_get_array (self->object, "media");
  gboolean found = FALSE;

  for (guint i = 0; media != NULL && i < json_array_get_length (media); i++)
    {
      JsonObject *medium = json_array_get_object_element (media, i);
      JsonArray *linked = foyer_json_get_array (medium, "linked_orderpositions");

      if (g_strcmp0 (foyer_json_get_string (medium, "identifier"), facts->code) != 0
          || g_strcmp0 (foyer_json_get_string (medium, "type"), type) != 0
          || !foyer_json_get_boolean (medium, "active", FALSE)
          || !foyer_json_is_null (medium, "expires"))
        continue;

      for (guint k = 0; k < json_array_get_length (linked); k++)
        for (guint n = 0; n < self->orders->len; n++)
          {
            FoyerOrder *order = g_ptr_array_index (self->orders, n);

            for (guint m = 0; m < order->attendees->len; m++)
              {
                FoyerAttendee *attendee = g_ptr_array_index (order->attendees, m);

                if (attendee->id != json_array_get_int_element (linked, k))
                  continue;
                add_with_addons (self, facts, order, attendee);
                found = TRUE;
              }
          }
    }
  return found;
}

/* The ticket was exchanged for a medium before. */
static gboolean
is_linked (FoyerCaseWorld *self, FoyerAdmissionFacts *facts)
{
  JsonArray *media = foyer_json_get_array (self->object, "media");

  for (guint i = 0; media != NULL && i < json_array_get_length (media); i++)
    {
      JsonObject *medium = json_array_get_object_element (media, i);
      g_autoptr (GArray) linked = read_ids (medium, "linked_orderpositions");

      for (guint k = 0; k < linked->len; k++)
        for (guint n = 0; n < facts->candidates->len; n++)
          {
            FoyerAdmissionCandidate *candidate = g_ptr_array_index (facts->candidates, n);

            if (candidate->attendee->id == g_array_index (linked, gint64, k))
              return TRUE;
          }
    }
  return FALSE;
}

static gboolean
is_revoked (FoyerCaseWorld *self, const char *code)
{
  JsonArray *revoked = foyer_json_get_array (self->object, "revokedsecrets");

  for (guint i = 0; revoked != NULL && i < json_array_get_length (revoked); i++)
    if (g_strcmp0 (json_array_get_string_element (revoked, i), code) == 0)
      return TRUE;
  return FALSE;
}

/**
 * foyer_case_world_gather:
 * @self: a world
 * @step: a step of its case
 * @scan: its scan
 * @indirect: (out) (optional): no ticket has the code, its candidates are those of a medium, or the ticket
 *   a revoked code belonged to; %NULL: do not look for them, as a copy cannot
 * @medium: (out) (optional): by a medium, or the ticket has one
 *
 * Returns: (transfer full) (nullable): what is known of the code by now; %NULL if a list is not there, or
 *   there is none, or two of one event: the service calls such a request malformed
 */
FoyerAdmissionFacts *
foyer_case_world_gather (FoyerCaseWorld *self,
                         JsonObject *step,
                         FoyerScan *scan,
                         gboolean *indirect,
                         gboolean *medium)
{
  JsonObject *object = foyer_json_get_object (step, "scan");
  g_autoptr (FoyerAdmissionFacts) facts = foyer_admission_facts_new ();
  const char *source;
  gboolean live;

  if (indirect != NULL)
    *indirect = *medium = FALSE;
  facts->code = g_strdup (scan->secret);
  facts->complete = TRUE;
  facts->places = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_admission_place_unref);
  facts->candidates = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_admission_candidate_unref);

  for (guint i = 0; i < scan->lists->len; i++)
    {
      FoyerAdmissionPlace *known = g_hash_table_lookup (
          self->places, key_of (g_array_index (scan->lists, gint64, i)));
      FoyerAdmissionPlace *place;

      if (known == NULL)
        return NULL;
      for (guint k = 0; k < facts->places->len; k++)
        if (g_strcmp0 (((FoyerAdmissionPlace *)g_ptr_array_index (facts->places, k))->event->slug,
                       known->event->slug)
            == 0)
          return NULL;

      place = foyer_admission_place_new ();
      place->connection = g_strdup (known->connection);
      place->event = foyer_event_ref (known->event);
      place->list = foyer_check_in_list_ref (known->list);
      place->gate = gate_of (self, step);
      g_ptr_array_add (facts->places, place);
    }
  if (facts->places->len == 0)
    return NULL;

  live = add_by_secret (self, facts);
  facts->revoked = is_revoked (self, facts->code);
  if (indirect == NULL)
    return g_steal_pointer (&facts);
  if (live)
    {
      *medium = is_linked (self, facts);
      return g_steal_pointer (&facts);
    }

  source = foyer_json_get_string (object, "source_type");
  if (add_by_medium (self, facts, source != NULL ? source : "barcode"))
    *indirect = *medium = TRUE;
  else if (facts->revoked)
    {
      /* In all cases it was the first ticket's. */
      FoyerOrder *order = g_ptr_array_index (self->orders, 0);

      *indirect = TRUE;
      add_with_addons (self, facts, order, g_ptr_array_index (order->attendees, 0));
    }
  return g_steal_pointer (&facts);
}

static void
store_answers (FoyerAdmission *admission, FoyerScan *scan)
{
  FoyerAttendee *attendee = admission->candidate->attendee;
  g_autoptr (GTimeZone) zone = foyer_time_zone_new (admission->place->event->zone);
  g_autoptr (GPtrArray) stored = foyer_questions_find_stored (
      admission->candidate->questions, attendee->product, attendee->answers, scan->answers, zone);

  for (guint i = 0; i < stored->len; i++)
    {
      FoyerAnswer *answer = g_ptr_array_index (stored, i);

      for (guint k = attendee->answers->len; k-- > 0;)
        if (((FoyerAnswer *)g_ptr_array_index (attendee->answers, k))->question == answer->question)
          g_ptr_array_remove_index (attendee->answers, k);
      g_ptr_array_add (attendee->answers, foyer_answer_ref (answer));
    }
}

/**
 * foyer_case_world_apply:
 * @self: a world
 * @admission: a decision on facts gathered from it
 * @scan: the scan
 *
 * What the decision changes: the answers that are stored, and the check-in of an admission.
 */
void
foyer_case_world_apply (FoyerCaseWorld *self, FoyerAdmission *admission, FoyerScan *scan)
{
  FoyerCheckIn *check_in;

  if (foyer_admission_stores_answers (admission, scan))
    store_answers (admission, scan);
  if (admission->result != FOYER_ADMISSION_ADMITTED)
    return;

  check_in = foyer_check_in_new ();
  check_in->list = admission->place->list->id;
  check_in->datetime = scan->datetime;
  check_in->exit = scan->exit;
  g_ptr_array_add (admission->candidate->attendee->check_ins, check_in);
}

/**
 * foyer_case_world_find_attendee:
 * @self: a world
 * @id: id of a ticket
 *
 * Returns: (transfer none) (nullable): the ticket
 */
FoyerAttendee *
foyer_case_world_find_attendee (FoyerCaseWorld *self, gint64 id)
{
  for (guint i = 0; i < self->orders->len; i++)
    {
      FoyerOrder *order = g_ptr_array_index (self->orders, i);

      for (guint k = 0; k < order->attendees->len; k++)
        {
          FoyerAttendee *attendee = g_ptr_array_index (order->attendees, k);

          if (attendee->id == id)
            return attendee;
        }
    }
  return NULL;
}
