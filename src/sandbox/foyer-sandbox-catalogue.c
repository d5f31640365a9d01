/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Organisers, events and what they sell: read, and the writes that a test needs to prepare its own. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-catalogue.h"

#include <string.h>

#include "foyer-json.h"
#include "foyer-sandbox-lists.h"
#include "foyer-sandbox-templates.h"

/**
 * Resource:
 * @array: offset of its GPtrArray in the event
 * @model: the server's name of it, for "No X matches"
 *
 * One kind of object in the catalogue, by the word in its address.
 */
typedef struct
{
  const char *word;
  FoyerSandboxKind kind;
  gsize array;
  const char *model;
  const char *required[4];
} Resource;

static const Resource resources[] = {
  { "categories",
    FOYER_SANDBOX_KIND_CATEGORY,
    G_STRUCT_OFFSET (FoyerSandboxEvent, categories),
    "ItemCategory",
    { "name" } },
  { "items",
    FOYER_SANDBOX_KIND_ITEM,
    G_STRUCT_OFFSET (FoyerSandboxEvent, items),
    "Item",
    { "name", "default_price" } },
  { "questions",
    FOYER_SANDBOX_KIND_QUESTION,
    G_STRUCT_OFFSET (FoyerSandboxEvent, questions),
    "Question",
    { "question", "type", "identifier" } },
  { "quotas",
    FOYER_SANDBOX_KIND_QUOTA,
    G_STRUCT_OFFSET (FoyerSandboxEvent, quotas),
    "Quota",
    { "name" } },
  { "taxrules",
    FOYER_SANDBOX_KIND_TAX_RULE,
    G_STRUCT_OFFSET (FoyerSandboxEvent, taxrules),
    "TaxRule",
    { "name", "rate" } },
  { "checkinlists",
    FOYER_SANDBOX_KIND_LIST,
    G_STRUCT_OFFSET (FoyerSandboxEvent, lists),
    "CheckinList",
    { "name" } },
  { "subevents",
    FOYER_SANDBOX_KIND_SUBEVENT,
    G_STRUCT_OFFSET (FoyerSandboxEvent, subevents),
    "SubEvent",
    { "name", "date_from" } },
};

static const Resource *
get_resource (FoyerSandboxCall *call)
{
  for (guint i = 0; i < G_N_ELEMENTS (resources); i++)
    if (g_str_equal (resources[i].word, call->segments[4]))
      return &resources[i];
  return &resources[0];
}

static GPtrArray *
get_objects (FoyerSandboxEvent *event, const Resource *resource)
{
  return G_STRUCT_MEMBER (GPtrArray *, event, resource->array);
}

void
foyer_sandbox_root (FoyerSandboxCall *call)
{
  g_autofree char *url = g_strconcat (call->base, "/api/v1/organizers/", NULL);

  foyer_sandbox_out_open (&call->out, NULL, '{');
  foyer_sandbox_out_string (&call->out, "organizers", url);
  foyer_sandbox_out_close (&call->out, '}');
}

void
foyer_sandbox_version (FoyerSandboxCall *call)
{
  foyer_sandbox_call_answer (call, 200,
                             "{\"pretix\":\"2026.8.0\",\"pretix_numeric\":20260080005000}");
}

static void
write_organizer (FoyerSandboxCall *call)
{
  g_autofree char *url = g_strconcat (call->base, "/demo/", NULL);

  foyer_sandbox_out_open (&call->out, NULL, '{');
  foyer_sandbox_out_raw (&call->out, "name", "\"Demo Events\"");
  foyer_sandbox_out_raw (&call->out, "slug", "\"demo\"");
  foyer_sandbox_out_string (&call->out, "public_url", url);
  foyer_sandbox_out_raw (&call->out, "plugins", "[\"pretix.plugins.banktransfer\"]");
  foyer_sandbox_out_close (&call->out, '}');
}

void
foyer_sandbox_organizers (FoyerSandboxCall *call)
{
  gsize first, last;

  if (!foyer_sandbox_call_open_page (call, 1, &first, &last))
    return;
  if (first < last)
    write_organizer (call);
  foyer_sandbox_call_close_page (call);
}

void
foyer_sandbox_organizer (FoyerSandboxCall *call)
{
  write_organizer (call);
}

static void
write_event (FoyerSandboxCall *call, FoyerSandboxEvent *event, gboolean keys)
{
  FoyerSandboxOut *out = &call->out;
  g_autofree char *url = g_strdup_printf ("%s/demo/%s/", call->base, event->slug);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  foyer_sandbox_out_open (out, NULL, '{');
  json_object_iter_init_ordered (&iter, event->object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (g_str_equal (name, "all_sales_channels") && keys)
        {
          if (event->valid_keys != NULL)
            foyer_sandbox_out_node (out, "valid_keys", event->valid_keys);
          else
            foyer_sandbox_out_raw (out, "valid_keys", "{\"pretix_sig1\":[]}");
        }
      if (g_str_equal (name, "public_url"))
        foyer_sandbox_out_string (out, name, url);
      else
        foyer_sandbox_out_node (out, name, node);
    }
  foyer_sandbox_out_close (out, '}');
}

static int
compare_dates (gconstpointer a, gconstpointer b)
{
  const FoyerSandboxEvent *x = *(FoyerSandboxEvent *const *)a;
  const FoyerSandboxEvent *y = *(FoyerSandboxEvent *const *)b;
  int order = g_strcmp0 (foyer_json_get_string (x->object, "date_from"),
                         foyer_json_get_string (y->object, "date_from"));

  return order != 0 ? order : strcmp (x->slug, y->slug);
}

static int
compare_slugs (gconstpointer a, gconstpointer b)
{
  const FoyerSandboxEvent *x = *(FoyerSandboxEvent *const *)a;
  const FoyerSandboxEvent *y = *(FoyerSandboxEvent *const *)b;

  return strcmp (x->slug, y->slug);
}

static gboolean
passes_flag (FoyerSandboxCall *call, FoyerSandboxEvent *event, const char *name)
{
  return foyer_sandbox_call_get_query (call, name) == NULL
         || foyer_sandbox_call_get_flag (call, name)
                == foyer_json_get_boolean (event->object, name, FALSE);
}

void
foyer_sandbox_events_list (FoyerSandboxCall *call)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  const char *ordering = foyer_sandbox_call_get_query (call, "ordering");
  gsize first, last;

  for (guint i = 0; i < call->world->events->len; i++)
    {
      FoyerSandboxEvent *event = g_ptr_array_index (call->world->events, i);

      if (foyer_sandbox_call_has_event (call, event) && passes_flag (call, event, "live")
          && passes_flag (call, event, "testmode") && passes_flag (call, event, "is_public")
          && passes_flag (call, event, "has_subevents"))
        g_ptr_array_add (events, event);
    }
  g_ptr_array_sort (events, ordering != NULL && strstr (ordering, "date_from") != NULL
                                ? compare_dates
                                : compare_slugs);
  if (!foyer_sandbox_call_open_page (call, events->len, &first, &last))
    return;
  for (gsize i = first; i < last; i++)
    write_event (call, g_ptr_array_index (events, i), FALSE);
  foyer_sandbox_call_close_page (call);
}

void
foyer_sandbox_events_detail (FoyerSandboxCall *call)
{
  write_event (call, call->event, TRUE);
}

void
foyer_sandbox_events_create (FoyerSandboxCall *call)
{
  static const char *const required[] = { "name", "slug", "date_from", NULL };
  const char *slug;
  g_autoptr (JsonObject) object = NULL;

  foyer_sandbox_call_required (call, required);
  if (call->status != 200)
    return;
  slug = foyer_json_get_string (call->json, "slug");
  if (slug == NULL || *slug == '\0')
    foyer_sandbox_call_invalid (call, "slug", "This field may not be blank.");
  else if (foyer_sandbox_world_get_event (call->world, slug) != NULL)
    foyer_sandbox_call_invalid (call, "slug",
                                "This slug has already been used for a different event.");
  else
    {
      object = foyer_sandbox_template_new (FOYER_SANDBOX_KIND_EVENT, call->json);
      call->status = 201;
      write_event (call, foyer_sandbox_world_add_event (call->world, object), FALSE);
    }
}

/* The settings that matter to a desk, of the 172. */
void
foyer_sandbox_settings (FoyerSandboxCall *call)
{
  foyer_sandbox_call_answer (
      call, 200,
      "{\"locales\":[\"en\",\"de\"],\"locale\":\"en\",\"region\":null,"
      "\"attendee_names_asked\":true,\"attendee_names_required\":false,"
      "\"attendee_emails_asked\":false,\"payment_term_days\":14,\"ticket_download\":false,"
      "\"ticket_download_pending\":false,\"ticket_secret_length\":32,\"invoice_generate\":"
      "\"admin\","
      "\"max_items_per_order\":10,\"name_scheme\":\"full\",\"reusable_media_active\":false,"
      "\"reusable_media_usage_enforced\":false}");
}

/* Lists of one kind of object. Dates of a series tell what has changed, the rest is always whole. */
void
foyer_sandbox_catalogue_list (FoyerSandboxCall *call)
{
  const Resource *resource = get_resource (call);
  GPtrArray *objects = get_objects (call->event, resource);
  g_autoptr (GPtrArray) changed = NULL;
  g_autofree char *now = NULL;
  FoyerTime since, modified;

  if (resource->kind != FOYER_SANDBOX_KIND_SUBEVENT)
    {
      foyer_sandbox_call_objects (call, objects);
      return;
    }
  if (!foyer_sandbox_call_get_time (call, "modified_since", &since))
    return;
  changed = g_ptr_array_new ();
  for (guint i = 0; i < objects->len; i++)
    {
      JsonObject *object = g_ptr_array_index (objects, i);
      const char *text = foyer_json_get_string (object, "last_modified");

      if (since == FOYER_TIME_NONE
          || (text != NULL && foyer_time_parse (text, call->event->zone, &modified)
              && modified >= since))
        g_ptr_array_add (changed, object);
    }
  now = foyer_time_format (call->world->now, call->world->zone);
  foyer_sandbox_call_add_header (call, "X-Page-Generated", now);
  foyer_sandbox_call_objects (call, changed);
}

void
foyer_sandbox_subevents_all (FoyerSandboxCall *call)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();
  g_autofree char *now = foyer_time_format (call->world->now, call->world->zone);

  for (guint i = 0; i < call->world->events->len; i++)
    {
      FoyerSandboxEvent *event = g_ptr_array_index (call->world->events, i);

      for (guint j = 0; foyer_sandbox_call_has_event (call, event) && j < event->subevents->len;
           j++)
        g_ptr_array_add (objects, g_ptr_array_index (event->subevents, j));
    }
  foyer_sandbox_call_add_header (call, "X-Page-Generated", now);
  foyer_sandbox_call_objects (call, objects);
}

static JsonObject *
get_object (FoyerSandboxCall *call, const Resource *resource)
{
  JsonObject *object = foyer_sandbox_find (get_objects (call->event, resource),
                                           foyer_sandbox_call_get_segment_id (call, 5));
  g_autofree char *detail = NULL;

  if (object == NULL)
    {
      detail = g_strdup_printf ("No %s matches the given query.", resource->model);
      foyer_sandbox_call_detail (call, 404, detail);
    }
  return object;
}

void
foyer_sandbox_catalogue_detail (FoyerSandboxCall *call)
{
  JsonObject *object = get_object (call, get_resource (call));

  if (object != NULL)
    foyer_sandbox_out_object (&call->out, NULL, object);
}

/* The objects inside: variations of a product, options of a question. */
static void
complete_children (FoyerSandboxCall *call,
                   JsonObject *object,
                   const char *field,
                   FoyerSandboxKind kind)
{
  JsonArray *given = foyer_json_get_array (object, field);
  JsonArray *children = json_array_new ();

  for (guint i = 0; given != NULL && i < json_array_get_length (given); i++)
    {
      JsonNode *node = json_array_get_element (given, i);
      JsonObject *child = foyer_sandbox_template_new (
          kind, JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL);

      if (foyer_json_get_int (child, "id", 0) == 0)
        json_object_set_int_member (child, "id", foyer_sandbox_world_take_id (call->world));
      if (kind == FOYER_SANDBOX_KIND_VARIATION)
        json_object_set_member (
            child, "price",
            json_object_dup_member (foyer_json_is_null (child, "default_price") ? object : child,
                                    "default_price"));
      json_array_add_object_element (children, child);
    }
  if (kind == FOYER_SANDBOX_KIND_VARIATION)
    json_object_set_boolean_member (object, "has_variations", json_array_get_length (children) > 0);
  json_object_set_array_member (object, field, children);
}

static void
complete (FoyerSandboxCall *call, const Resource *resource, JsonObject *object)
{
  gint64 tax = foyer_json_get_int (object, "tax_rule", 0);
  JsonObject *rule = tax != 0 ? foyer_sandbox_find (call->event->taxrules, tax) : NULL;

  if (resource->kind == FOYER_SANDBOX_KIND_ITEM)
    complete_children (call, object, "variations", FOYER_SANDBOX_KIND_VARIATION);
  if (resource->kind == FOYER_SANDBOX_KIND_QUESTION)
    complete_children (call, object, "options", FOYER_SANDBOX_KIND_OPTION);
  if (rule != NULL && resource->kind == FOYER_SANDBOX_KIND_ITEM)
    json_object_set_member (object, "tax_rate", json_object_dup_member (rule, "rate"));
  if (resource->kind == FOYER_SANDBOX_KIND_SUBEVENT)
    {
      g_autofree char *now = foyer_time_format (call->world->now, call->event->zone);

      json_object_set_string_member (object, "event", call->event->slug);
      json_object_set_string_member (object, "last_modified", now);
    }
}

void
foyer_sandbox_catalogue_create (FoyerSandboxCall *call)
{
  const Resource *resource = get_resource (call);
  JsonObject *object;

  foyer_sandbox_call_required (call, resource->required);
  if (call->status != 200)
    return;
  object = foyer_sandbox_template_new (resource->kind, call->json);
  json_object_set_int_member (object, "id", foyer_sandbox_world_take_id (call->world));
  complete (call, resource, object);
  g_ptr_array_add (get_objects (call->event, resource), object);
  call->status = 201;
  if (resource->kind == FOYER_SANDBOX_KIND_LIST)
    foyer_sandbox_list_write (&call->out, call->event, object);
  else
    foyer_sandbox_out_object (&call->out, NULL, object);
}

void
foyer_sandbox_catalogue_patch (FoyerSandboxCall *call)
{
  const Resource *resource = get_resource (call);
  JsonObject *object = get_object (call, resource);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (object == NULL)
    return;
  json_object_iter_init (&iter, call->json);
  while (json_object_iter_next (&iter, &name, &node))
    if (json_object_has_member (object, name) && !g_str_equal (name, "id"))
      json_object_set_member (object, name, json_node_copy (node));
  complete (call, resource, object);
  foyer_sandbox_out_object (&call->out, NULL, object);
}

/* DELETE checkinlists/{id}/ */
void
foyer_sandbox_catalogue_delete (FoyerSandboxCall *call)
{
  const Resource *resource = get_resource (call);
  JsonObject *object = get_object (call, resource);

  if (object == NULL)
    return;
  g_ptr_array_remove (get_objects (call->event, resource), object);
  foyer_sandbox_call_answer (call, 204, "");
}

/* Things there are none of: a list without rows. */
void
foyer_sandbox_nothing (FoyerSandboxCall *call)
{
  gsize first, last;

  if (foyer_sandbox_call_open_page (call, 0, &first, &last))
    foyer_sandbox_call_close_page (call);
}
