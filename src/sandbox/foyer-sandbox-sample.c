/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample events without their orders: products, questions, check-in lists, a device. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-sample.h"

#include "foyer-json.h"
#include "foyer-sandbox-devices.h"
#include "foyer-sandbox-templates.h"

#define PLUGINS                                                                                    \
  "[\"pretix.plugins.badges\",\"pretix.plugins.banktransfer\",\"pretix.plugins.manualpayment\","   \
  "\"pretix.plugins.sendmail\",\"pretix.plugins.statistics\",\"pretix.plugins.ticketoutputpdf\"]"

static gint64
add (FoyerSandboxWorld *world, GPtrArray *objects, FoyerSandboxKind kind, const char *json)
{
  JsonObject *object = foyer_sandbox_template_parse (kind, json);
  gint64 id = foyer_sandbox_world_take_id (world);

  json_object_set_int_member (object, "id", id);
  g_ptr_array_add (objects, object);
  return id;
}

static gint64
add_variation (FoyerSandboxWorld *world, JsonObject *item, const char *json)
{
  JsonObject *variation = foyer_sandbox_template_parse (FOYER_SANDBOX_KIND_VARIATION, json);
  gint64 id = foyer_sandbox_world_take_id (world);
  JsonArray *variations = foyer_json_get_array (item, "variations");

  json_object_set_int_member (variation, "id", id);
  json_object_set_string_member (variation, "price",
                                 foyer_json_get_string (variation, "default_price"));
  json_array_add_object_element (variations, variation);
  json_object_set_int_member (variation, "position", json_array_get_length (variations));
  json_object_set_boolean_member (item, "has_variations", TRUE);
  return id;
}

static gint64
add_item (FoyerSandboxEvent *event, gint64 category, gint64 tax, const char *json)
{
  gint64 id = add (event->world, event->items, FOYER_SANDBOX_KIND_ITEM, json);
  JsonObject *item = g_ptr_array_index (event->items, event->items->len - 1);

  json_object_set_int_member (item, "category", category);
  json_object_set_int_member (item, "tax_rule", tax);
  json_object_set_string_member (item, "tax_rate", "19.00");
  json_object_set_int_member (item, "position", event->items->len);
  return id;
}

static void
set_ids (JsonObject *object, const char *field, const gint64 *ids, guint n)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < n; i++)
    json_array_add_int_element (array, ids[i]);
  json_object_set_array_member (object, field, array);
}

static FoyerSandboxEvent *
add_event (FoyerSandboxWorld *world,
           const char *slug,
           const char *name,
           FoyerTime from,
           FoyerTime to,
           FoyerTime admission,
           gboolean series)
{
  g_autoptr (JsonObject) object = foyer_sandbox_template_parse (FOYER_SANDBOX_KIND_EVENT,
                                                                "{\"plugins\":" PLUGINS "}");
  g_autofree char *from_text = foyer_time_format (from, world->zone);
  g_autofree char *to_text = to != FOYER_TIME_NONE ? foyer_time_format (to, world->zone) : NULL;
  g_autofree char *admission_text = admission != FOYER_TIME_NONE
                                        ? foyer_time_format (admission, world->zone)
                                        : NULL;
  JsonObject *languages = json_object_new ();

  json_object_set_string_member (languages, "en", name);
  json_object_set_object_member (object, "name", languages);
  json_object_set_string_member (object, "slug", slug);
  json_object_set_boolean_member (object, "live", TRUE);
  json_object_set_boolean_member (object, "has_subevents", series);
  json_object_set_string_member (object, "date_from", from_text);
  if (to_text != NULL)
    json_object_set_string_member (object, "date_to", to_text);
  if (admission_text != NULL)
    json_object_set_string_member (object, "date_admission", admission_text);
  return foyer_sandbox_world_add_event (world, object);
}

static void
add_items (FoyerSandboxSample *self)
{
  FoyerSandboxEvent *event = self->event;
  FoyerSandboxWorld *world = event->world;
  gint64 tax = add (world, event->taxrules, FOYER_SANDBOX_KIND_TAX_RULE,
                    "{\"name\":\"VAT\",\"rate\":\"19.00\"}");
  gint64 tickets = add (world, event->categories, FOYER_SANDBOX_KIND_CATEGORY,
                        "{\"name\":{\"en\":\"Tickets\",\"de\":\"Eintritt\"},\"position\":1}");
  gint64 extras = add (
      world, event->categories, FOYER_SANDBOX_KIND_CATEGORY,
      "{\"name\":{\"en\":\"Extras\",\"de\":\"Extras\"},\"position\":2,\"is_addon\":true}");
  gint64 conference, day, speaker, press, minor, workshop, shirt;
  JsonObject *item;

  conference = add_item (event, tickets, tax,
                         "{\"name\":{\"en\":\"Conference ticket\",\"de\":\"Konferenzticket\"},"
                         "\"default_price\":\"149.00\",\"admission\":true,\"personalized\":true}");
  item = g_ptr_array_index (event->items, 0);
  self->sales[FOYER_SANDBOX_SALE_REGULAR] = (FoyerSandboxSale){
    conference,
    add_variation (world, item, "{\"value\":{\"en\":\"Regular\"},\"default_price\":\"149.00\"}"),
    14900
  };
  self->sales[FOYER_SANDBOX_SALE_STUDENT]
      = (FoyerSandboxSale){ conference,
                            add_variation (world, item,
                                           "{\"value\":{\"en\":\"Student\",\"de\":\"Studierende\"},"
                                           "\"default_price\":\"49.00\",\"checkin_attention\":true,"
                                           "\"checkin_text\":\"Ask for the student card\"}"),
                            4900 };
  day = add_item (event, tickets, tax,
                  "{\"name\":{\"en\":\"Day ticket, first day\"},\"default_price\":\"89.00\","
                  "\"admission\":true,\"personalized\":true}");
  speaker = add_item (
      event, tickets, tax,
      "{\"name\":{\"en\":\"Speaker\"},\"default_price\":\"0.00\",\"admission\":true,"
      "\"personalized\":true,\"checkin_text\":\"Green lanyard\"}");
  press = add_item (event, tickets, tax,
                    "{\"name\":{\"en\":\"Press\",\"de\":\"Presse\"},\"default_price\":\"0.00\","
                    "\"admission\":true,\"personalized\":true,\"checkin_attention\":true,"
                    "\"checkin_text\":\"Check the press card\"}");
  minor = add_item (
      event, tickets, tax,
      "{\"name\":{\"en\":\"Under 16\"},\"default_price\":\"19.00\",\"admission\":true,"
      "\"personalized\":true}");
  workshop = add_item (event, extras, tax,
                       "{\"name\":{\"en\":\"Workshop\"},\"default_price\":\"60.00\","
                       "\"admission\":true,\"personalized\":true}");
  shirt = add_item (event, extras, tax,
                    "{\"name\":{\"en\":\"T-shirt\"},\"default_price\":\"20.00\"}");
  self->sales[FOYER_SANDBOX_SALE_DAY] = (FoyerSandboxSale){ day, 0, 8900 };
  self->sales[FOYER_SANDBOX_SALE_SPEAKER] = (FoyerSandboxSale){ speaker, 0, 0 };
  self->sales[FOYER_SANDBOX_SALE_PRESS] = (FoyerSandboxSale){ press, 0, 0 };
  self->sales[FOYER_SANDBOX_SALE_MINOR] = (FoyerSandboxSale){ minor, 0, 1900 };
  self->sales[FOYER_SANDBOX_SALE_WORKSHOP] = (FoyerSandboxSale){ workshop, 0, 6000 };
  self->sales[FOYER_SANDBOX_SALE_SHIRT] = (FoyerSandboxSale){ shirt, 0, 2000 };
}

static void
add_questions (FoyerSandboxSample *self)
{
  FoyerSandboxEvent *event = self->event;
  FoyerSandboxWorld *world = event->world;
  gint64 buyers[] = { self->sales[FOYER_SANDBOX_SALE_REGULAR].item,
                      self->sales[FOYER_SANDBOX_SALE_DAY].item,
                      self->sales[FOYER_SANDBOX_SALE_SPEAKER].item,
                      self->sales[FOYER_SANDBOX_SALE_PRESS].item };
  gint64 minors[] = { self->sales[FOYER_SANDBOX_SALE_MINOR].item };

  self->question_company = add (
      world, event->questions, FOYER_SANDBOX_KIND_QUESTION,
      "{\"question\":{\"en\":\"Company on the badge\",\"de\":\"Firma auf dem Schild\"},"
      "\"type\":\"S\",\"identifier\":\"COMPANY\",\"position\":1}");
  set_ids (g_ptr_array_index (event->questions, 0), "items", buyers, G_N_ELEMENTS (buyers));
  add (world, event->questions, FOYER_SANDBOX_KIND_QUESTION,
       "{\"question\":{\"en\":\"Is an adult with the child?\",\"de\":\"Ist ein Erwachsener "
       "dabei?\"},"
       "\"type\":\"B\",\"required\":true,\"identifier\":\"ADULT\",\"position\":2,"
       "\"ask_during_checkin\":true}");
  set_ids (g_ptr_array_index (event->questions, 1), "items", minors, G_N_ELEMENTS (minors));
}

static void
add_lists (FoyerSandboxSample *self)
{
  FoyerSandboxEvent *event = self->event;
  FoyerSandboxWorld *world = event->world;
  gint64 workshop[] = { self->sales[FOYER_SANDBOX_SALE_WORKSHOP].item };
  gint64 evening[] = { self->sales[FOYER_SANDBOX_SALE_REGULAR].item,
                       self->sales[FOYER_SANDBOX_SALE_SPEAKER].item,
                       self->sales[FOYER_SANDBOX_SALE_PRESS].item };

  self->list_main = add (world, event->lists, FOYER_SANDBOX_KIND_LIST,
                         "{\"name\":\"Main entrance\",\"all_products\":true}");
  add (world, event->lists, FOYER_SANDBOX_KIND_LIST,
       "{\"name\":\"Workshop\",\"addon_match\":true}");
  set_ids (g_ptr_array_index (event->lists, 1), "limit_products", workshop,
           G_N_ELEMENTS (workshop));
  add (world, event->lists, FOYER_SANDBOX_KIND_LIST,
       "{\"name\":\"Evening\",\"include_pending\":true,\"allow_multiple_entries\":true,"
       "\"rules\":{\"and\":[{\"isAfter\":[{\"var\":\"now\"},{\"buildTime\":[\"date_admission\"]},"
       "30]},{\"<\":[{\"var\":\"entries_today\"},1]}]}}");
  set_ids (g_ptr_array_index (event->lists, 2), "limit_products", evening, G_N_ELEMENTS (evening));
}

static void
add_quotas (FoyerSandboxEvent *event)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) variations = g_array_new (FALSE, FALSE, sizeof (gint64));
  JsonObject *quota;

  for (guint i = 0; i < event->items->len; i++)
    {
      JsonObject *item = g_ptr_array_index (event->items, i);
      JsonArray *inner = foyer_json_get_array (item, "variations");
      gint64 id = foyer_json_get_int (item, "id", 0);

      g_array_append_val (items, id);
      for (guint j = 0; j < json_array_get_length (inner); j++)
        {
          id = foyer_json_get_int (json_array_get_object_element (inner, j), "id", 0);
          g_array_append_val (variations, id);
        }
    }
  add (event->world, event->quotas, FOYER_SANDBOX_KIND_QUOTA, "{\"name\":\"All\"}");
  quota = g_ptr_array_index (event->quotas, 0);
  set_ids (quota, "items", (gint64 *)items->data, items->len);
  set_ids (quota, "variations", (gint64 *)variations->data, variations->len);
}

/* Midnight of the day, in the zone. */
static FoyerTime
start_of_day (FoyerSandboxWorld *world, const char *date)
{
  FoyerTime time;
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) midnight = NULL;

  if (date != NULL && foyer_time_parse (date, world->zone, &time))
    return time;
  now = foyer_time_to_date_time (world->now, world->zone);
  midnight = g_date_time_new (world->zone, g_date_time_get_year (now), g_date_time_get_month (now),
                              g_date_time_get_day_of_month (now), 0, 0, 0);
  return foyer_time_from_date_time (midnight);
}

/**
 * foyer_sandbox_sample_init:
 * @self: (out caller-allocates): the frame
 * @world: an empty world; its clock is set
 * @date: (nullable): first day, `YYYY-MM-DD`; %NULL for the world's today
 */
void
foyer_sandbox_sample_init (FoyerSandboxSample *self, FoyerSandboxWorld *world, const char *date)
{
  FoyerTime midnight = start_of_day (world, date);

  *self = (FoyerSandboxSample){ .first_day = midnight + 9 * FOYER_HOUR,
                                .second_day = midnight + 33 * FOYER_HOUR,
                                .admission = midnight + 8 * FOYER_HOUR };
  self->event = add_event (world, "sample", "Harbour Conference", self->first_day,
                           midnight + 42 * FOYER_HOUR, self->admission, FALSE);
  add_items (self);
  add_questions (self);
  add_lists (self);
  add_quotas (self->event);
  foyer_sandbox_device_add (world, "Desk 1", "full")->created = self->first_day - 36 * FOYER_HOUR;
  foyer_sandbox_device_add_desk (world, FOYER_SANDBOX_DESK)->created = self->first_day
                                                                       - 36 * FOYER_HOUR;
}

FoyerSandboxEvent *
foyer_sandbox_sample_series (FoyerSandboxWorld *world, const FoyerSandboxSample *sample)
{
  FoyerSandboxEvent *event = add_event (world, "series", "Museum nights",
                                        sample->first_day + 9 * FOYER_HOUR, FOYER_TIME_NONE,
                                        FOYER_TIME_NONE, TRUE);
  gint64 tax = add (world, event->taxrules, FOYER_SANDBOX_KIND_TAX_RULE,
                    "{\"name\":\"VAT\",\"rate\":\"19.00\"}");
  gint64 category = add (world, event->categories, FOYER_SANDBOX_KIND_CATEGORY,
                         "{\"name\":\"Tickets\"}");

  add_item (event, category, tax,
            "{\"name\":{\"en\":\"Night ticket\"},\"default_price\":\"15.00\",\"admission\":true,"
            "\"personalized\":true}");
  for (guint i = 0; i < 3; i++)
    {
      FoyerTime from = sample->first_day + (9 + 24 * (gint64)i) * FOYER_HOUR;
      g_autofree char *name = g_strdup_printf ("{\"name\":{\"en\":\"Night %u\"}}", i + 1);
      g_autofree char *list = g_strdup_printf ("{\"name\":\"Night %u\",\"all_products\":true}",
                                               i + 1);
      g_autofree char *from_text = foyer_time_format (from, world->zone);
      g_autofree char *to_text = foyer_time_format (from + 5 * FOYER_HOUR, world->zone);
      g_autofree char *modified = foyer_time_format (sample->first_day - 36 * FOYER_HOUR + i,
                                                     world->zone);
      gint64 id = add (world, event->subevents, FOYER_SANDBOX_KIND_SUBEVENT, name);
      JsonObject *subevent = g_ptr_array_index (event->subevents, i);

      json_object_set_string_member (subevent, "event", "series");
      json_object_set_boolean_member (subevent, "active", TRUE);
      json_object_set_string_member (subevent, "date_from", from_text);
      json_object_set_string_member (subevent, "date_to", to_text);
      json_object_set_string_member (subevent, "last_modified", modified);
      add (world, event->lists, FOYER_SANDBOX_KIND_LIST, list);
      json_object_set_int_member (g_ptr_array_index (event->lists, i), "subevent", id);
    }
  add (world, event->lists, FOYER_SANDBOX_KIND_LIST,
       "{\"name\":\"All nights\",\"all_products\":true}");
  add_quotas (event);
  return event;
}

void
foyer_sandbox_sample_empty (FoyerSandboxWorld *world, const FoyerSandboxSample *sample)
{
  add_event (world, "empty", "Nothing yet", sample->first_day + 30 * 24 * FOYER_HOUR,
             FOYER_TIME_NONE, FOYER_TIME_NONE, FALSE);
}
