/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How each resource is asked for: address, parameters, and what a cursor says. */

#define G_LOG_DOMAIN "foyer-pretix"

#include "config.h"

#include "foyer-pretix-resource.h"

#include <glib/gi18n.h>

#include "foyer-json.h"
#include "foyer-pretix-mapper-event.h"
#include "foyer-pretix-mapper-item.h"
#include "foyer-pretix-mapper-list.h"
#include "foyer-pretix-mapper-order.h"
#include "foyer-pretix-mapper-question.h"

#define PAGE_SIZE 50

static const FoyerPretixResource resources[FOYER_N_RESOURCES] = {
  { FOYER_RESOURCE_ORGANIZERS, "/api/v1/organizers/",
    (FoyerPretixMapFunc)foyer_pretix_map_organizer, (GDestroyNotify)foyer_organizer_unref, NULL,
    NULL, NULL },
  { FOYER_RESOURCE_EVENTS, FOYER_PRETIX_ROUTE_ORGANIZER "/events/",
    (FoyerPretixMapFunc)foyer_pretix_map_event, (GDestroyNotify)foyer_event_unref, NULL,
    "-date_from", NULL },
  { FOYER_RESOURCE_EVENT, FOYER_PRETIX_ROUTE_EVENT "/", (FoyerPretixMapFunc)foyer_pretix_map_event,
    (GDestroyNotify)foyer_event_unref, NULL, NULL, NULL },
  /* A date can be deleted only while nobody has a ticket for it, so one that stays in the copy
   * until the next whole run harms nobody. */
  { FOYER_RESOURCE_SUBEVENTS, FOYER_PRETIX_ROUTE_EVENT "/subevents/",
    (FoyerPretixMapFunc)foyer_pretix_map_subevent, (GDestroyNotify)foyer_subevent_unref,
    "modified_since", NULL, NULL },
  { FOYER_RESOURCE_CATEGORIES, FOYER_PRETIX_ROUTE_EVENT "/categories/",
    (FoyerPretixMapFunc)foyer_pretix_map_category, (GDestroyNotify)foyer_category_unref, NULL, NULL,
    NULL },
  { FOYER_RESOURCE_PRODUCTS, FOYER_PRETIX_ROUTE_EVENT "/items/",
    (FoyerPretixMapFunc)foyer_pretix_map_item, (GDestroyNotify)foyer_product_unref, NULL, NULL,
    NULL },
  { FOYER_RESOURCE_QUESTIONS, FOYER_PRETIX_ROUTE_EVENT "/questions/",
    (FoyerPretixMapFunc)foyer_pretix_map_question, (GDestroyNotify)foyer_question_unref, NULL, NULL,
    NULL },
  { FOYER_RESOURCE_LISTS, FOYER_PRETIX_ROUTE_EVENT "/checkinlists/",
    (FoyerPretixMapFunc)foyer_pretix_map_list, (GDestroyNotify)foyer_check_in_list_unref, NULL,
    NULL, NULL },
  { FOYER_RESOURCE_REVOKED, FOYER_PRETIX_ROUTE_EVENT "/revokedsecrets/",
    (FoyerPretixMapFunc)foyer_pretix_map_revoked, (GDestroyNotify)foyer_secret_mark_unref,
    "created_since", "created", "created" },
  { FOYER_RESOURCE_BLOCKED, FOYER_PRETIX_ROUTE_EVENT "/blockedsecrets/",
    (FoyerPretixMapFunc)foyer_pretix_map_blocked, (GDestroyNotify)foyer_secret_mark_unref,
    "updated_since", "-updated", "-updated" },
  /* Whole: by the time of making, which never changes, so pages shift at the end only. Changes:
   * newest first; what changes meanwhile moves to page 1 and pushes the rest down: some come twice,
   * none is missed. The other way round, one would be. */
  { FOYER_RESOURCE_ORDERS, FOYER_PRETIX_ROUTE_EVENT "/orders/",
    (FoyerPretixMapFunc)foyer_pretix_map_order, (GDestroyNotify)foyer_order_unref, "modified_since",
    "datetime", "-last_modified" },
};

/* What a door needs of an order: a third of the whole, and much less of people's lives.
 * `positions.checkins.id` gives nothing at all: two levels are the most that pretix can narrow. */
static const char *const order_fields[] = {
  "code",
  "status",
  "require_approval",
  "valid_if_pending",
  "testmode",
  "email",
  "checkin_attention",
  "checkin_text",
  "datetime",
  "expires",
  "last_modified",
  "positions.id",
  "positions.positionid",
  "positions.item",
  "positions.variation",
  "positions.subevent",
  "positions.secret",
  "positions.attendee_name",
  "positions.attendee_email",
  "positions.company",
  "positions.canceled",
  "positions.blocked",
  "positions.valid_from",
  "positions.valid_until",
  "positions.addon_to",
  "positions.pseudonymization_id",
  "positions.checkins",
  NULL,
};

/**
 * foyer_pretix_resource_get:
 * @resource: a resource
 *
 * Returns: (transfer none): how it is pulled
 */
const FoyerPretixResource *
foyer_pretix_resource_get (FoyerResource resource)
{
  g_return_val_if_fail ((guint)resource < FOYER_N_RESOURCES, NULL);

  return &resources[resource];
}

/**
 * foyer_pretix_cursor_clear:
 * @self: a cursor
 *
 * Frees what is in it.
 */
void
foyer_pretix_cursor_clear (FoyerPretixCursor *self)
{
  g_clear_pointer (&self->since, g_free);
}

/**
 * foyer_pretix_cursor_to_text:
 * @self: a cursor
 *
 * Returns: (transfer full): the cursor as the store keeps it
 */
char *
foyer_pretix_cursor_to_text (const FoyerPretixCursor *self)
{
  GString *text = g_string_new (self->delta ? "run=delta" : "run=whole");

  if (self->since != NULL)
    g_string_append_printf (text, "&since=%s", self->since);
  if (self->answers)
    g_string_append (text, "&answers=1");
  g_string_append_printf (text, "&page=%" G_GINT64_FORMAT, self->page);
  return g_string_free (text, FALSE);
}

/**
 * foyer_pretix_cursor_parse:
 * @self: (out caller-allocates): a cursor
 * @text: what foyer_pretix_cursor_to_text() made
 * @error: return location
 *
 * Returns: %FALSE with %FOYER_ERROR_INVALID if it is not ours
 */
gboolean
foyer_pretix_cursor_parse (FoyerPretixCursor *self, const char *text, GError **error)
{
  g_autoptr (GHashTable) values = g_uri_parse_params (text, -1, "&", G_URI_PARAMS_NONE, NULL);
  const char *run = values != NULL ? g_hash_table_lookup (values, "run") : NULL;
  const char *page = values != NULL ? g_hash_table_lookup (values, "page") : NULL;
  const char *since = values != NULL ? g_hash_table_lookup (values, "since") : NULL;
  gboolean delta = g_strcmp0 (run, "delta") == 0;

  memset (self, 0, sizeof *self);
  if ((!delta && g_strcmp0 (run, "whole") != 0) || page == NULL
      || !g_ascii_string_to_signed (page, 10, 1, G_MAXINT32, &self->page, NULL)
      || (delta && since == NULL) || (since != NULL && !foyer_time_parse (since, NULL, NULL)))
    {
      foyer_error_set (
          error, FOYER_ERROR_INVALID, "cursor is not ours",
          _ ("Where the synchronisation stopped is not known any more. Start it anew."));
      return FALSE;
    }

  self->delta = delta;
  self->since = g_strdup (since);
  self->answers = g_hash_table_contains (values, "answers");
  return TRUE;
}

/**
 * foyer_pretix_watermark_to_text:
 * @generated: the server's clock when the first page of the run was made
 * @answers: whether the answers to questions came with the orders
 *
 * Returns: (transfer full) (nullable): the mark, or %NULL if the server's clock is not known
 */
char *
foyer_pretix_watermark_to_text (FoyerTime generated, gboolean answers)
{
  g_autofree char *time = generated != FOYER_TIME_NONE ? foyer_time_format_utc (generated) : NULL;

  return time != NULL ? g_strdup_printf ("at=%s%s", time, answers ? "&answers=1" : "") : NULL;
}

/**
 * foyer_pretix_watermark_parse:
 * @text: (nullable): a mark
 * @generated: (out): its time
 * @answers: (out): whether the copy it belongs to has the answers to questions
 *
 * Returns: %FALSE if it is no mark of ours: everything must be asked for
 */
gboolean
foyer_pretix_watermark_parse (const char *text, FoyerTime *generated, gboolean *answers)
{
  g_autoptr (GHashTable) values = text != NULL
                                      ? g_uri_parse_params (text, -1, "&", G_URI_PARAMS_NONE, NULL)
                                      : NULL;
  const char *at = values != NULL ? g_hash_table_lookup (values, "at") : NULL;

  if (at == NULL || !foyer_time_parse (at, NULL, generated))
    return FALSE;

  *answers = g_hash_table_contains (values, "answers");
  return TRUE;
}

/**
 * foyer_pretix_resource_new_request:
 * @self: a resource
 * @client: the client
 * @cursor: where the run stands
 * @page_size: records wanted, 0 for as many as pretix gives at once
 *
 * Returns: (transfer full): the request for that page
 */
FoyerHttpRequest *
foyer_pretix_resource_new_request (const FoyerPretixResource *self,
                                   FoyerPretixClient *client,
                                   const FoyerPretixCursor *cursor,
                                   int page_size)
{
  FoyerHttpRequest *request = foyer_pretix_client_new_request (client, "GET", self->route);
  const char *ordering = cursor->delta ? self->delta_ordering : self->first_ordering;

  if (self->resource == FOYER_RESOURCE_EVENT)
    return request;

  if (ordering != NULL)
    foyer_http_request_add_query (request, "ordering", ordering);
  if (cursor->since != NULL)
    foyer_http_request_add_query (request, cursor->delta ? self->since : "created_since",
                                  cursor->since);
  if (self->resource == FOYER_RESOURCE_ORDERS)
    {
      foyer_http_request_add_query (request, "include_canceled_positions", "true");
      for (guint i = 0; order_fields[i] != NULL; i++)
        foyer_http_request_add_query (request, "include", order_fields[i]);
      if (cursor->answers)
        foyer_http_request_add_query (request, "include", "positions.answers");
    }

  /* 50 is the most: what is above gives 50 without a word */
  foyer_http_request_add_query_int (request, "page_size",
                                    page_size > 0 ? MIN (page_size, PAGE_SIZE) : PAGE_SIZE);
  if (cursor->page > 1)
    foyer_http_request_add_query_int (request, "page", cursor->page);

  return request;
}

static void
set_bad_next (GError **error, const char *what)
{
  foyer_error_set (error, FOYER_ERROR_PROTOCOL, what,
                   _ ("The service's pages do not follow one another. It will be tried again."));
}

/**
 * foyer_pretix_read_next:
 * @envelope: what stands around the records of a page
 * @path: the path that was asked, not encoded
 * @page: the number of this page
 * @next: (out): the number of the next page, or 0 if this is the last
 * @error: return location
 *
 * pretix names the next page by a whole address, made from its own idea of its name, which behind a
 * proxy is often another one than ours. Nothing but the page's number is taken from it: we build
 * the next address ourselves, so a wrong or wicked one leads nowhere.
 *
 * Returns: %FALSE with %FOYER_ERROR_PROTOCOL if it names another list, or a page that is not behind
 *   this one
 */
gboolean
foyer_pretix_read_next (JsonObject *envelope,
                        const char *path,
                        gint64 page,
                        gint64 *next,
                        GError **error)
{
  const char *address = foyer_json_get_string (envelope, "next");
  g_autofree char *next_path = NULL;
  g_autofree char *query = NULL;
  g_autoptr (GHashTable) values = NULL;
  const char *number;

  *next = 0;
  if (foyer_json_is_null (envelope, "next"))
    return TRUE;

  if (address == NULL
      || !g_uri_split (address, G_URI_FLAGS_ENCODED_QUERY, NULL, NULL, NULL, NULL, &next_path,
                       &query, NULL, NULL))
    {
      set_bad_next (error, "next is no address");
      return FALSE;
    }
  if (!g_str_has_suffix (next_path, path))
    {
      set_bad_next (error, "next leads to another list");
      return FALSE;
    }

  values = query != NULL ? g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL) : NULL;
  number = values != NULL ? g_hash_table_lookup (values, "page") : NULL;
  if (number == NULL || !g_ascii_string_to_signed (number, 10, page + 1, G_MAXINT32, next, NULL))
    {
      set_bad_next (error, "next is not behind this page");
      return FALSE;
    }

  return TRUE;
}
