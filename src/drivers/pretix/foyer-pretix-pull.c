/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One page of one resource. What is asked for comes from the request's cursor or watermark alone;
 * the answer is read in a thread. */

#define G_LOG_DOMAIN "foyer-pretix"

#include "config.h"

#include "foyer-pretix-pull.h"

#include <glib/gi18n.h>

#include "foyer-event.h"
#include "foyer-json.h"
#include "foyer-order.h"
#include "foyer-pretix-errors.h"
#include "foyer-pretix-resource.h"

/* Changes are asked for from a little before the watermark: a transaction may have been committed
 * after the instant that it carries. */
#define OVERLAP FOYER_MINUTE

/* A service that fills its pages with what we cannot read need not fill our log with it. */
#define MAX_REJECTS 20

typedef struct
{
  FoyerPretixClient *client;
  const FoyerPretixResource *resource;
  FoyerPretixCursor cursor;
  int page_size;
  FoyerTime watermark; /* or FOYER_TIME_NONE: everything */
  gboolean watermark_answers;

  /* for the thread */
  FoyerHttpResponse *response;
  FoyerPretixReader *reader;
  char *path;
  char *organizer;
  char *locale;
} Pull;

static void
pull_free (Pull *self)
{
  foyer_pretix_client_unref (self->client);
  foyer_pretix_cursor_clear (&self->cursor);
  g_clear_pointer (&self->response, foyer_http_response_unref);
  g_clear_pointer (&self->reader, foyer_pretix_reader_unref);
  g_free (self->path);
  g_free (self->organizer);
  g_free (self->locale);
  g_free (self);
}

static FoyerTime
time_of_page (FoyerHttpResponse *response)
{
  const char *generated = foyer_http_response_get_header (response, "X-Page-Generated");
  const char *date = foyer_http_response_get_header (response, "Date");
  FoyerTime time;

  if (generated != NULL && foyer_time_parse (generated, NULL, &time))
    return time;
  if (date != NULL && foyer_time_parse_http_date (date, &time))
    return time;

  return FOYER_TIME_NONE;
}

static void
add_reject (FoyerPage *page, guint index, const GError *error)
{
  const char *detail = foyer_error_get_detail (error);

  if (page->rejects == NULL)
    page->rejects = g_ptr_array_new_with_free_func (g_free);
  if (page->rejects->len < MAX_REJECTS)
    g_ptr_array_add (page->rejects, g_strdup_printf ("results[%u]: %s", index,
                                                     detail != NULL ? detail : "unreadable"));
}

static void
map_records (Pull *self, FoyerPage *page)
{
  guint n = foyer_http_response_get_n_results (self->response);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = foyer_http_response_dup_result (self->response, i, &error);
      gpointer record = node != NULL ? self->resource->map (node, self->reader, &error) : NULL;

      if (record != NULL)
        g_ptr_array_add (page->records, record);
      else
        add_reject (page, i, error);
    }
}

/* The cursor from which a whole run of orders can go on after days: there is nothing before the
 * order made last that has not come. */
static char *
dup_resume_cursor (Pull *self, FoyerPage *page)
{
  FoyerPretixCursor cursor = { .page = 1, .answers = self->cursor.answers };
  const FoyerOrder *last;
  g_autofree char *since = NULL;

  if (self->resource->resource != FOYER_RESOURCE_ORDERS || self->cursor.delta
      || page->records->len == 0)
    return NULL;

  last = g_ptr_array_index (page->records, page->records->len - 1);
  if (last->datetime == FOYER_TIME_NONE)
    return NULL;

  since = foyer_time_format_utc (last->datetime);
  cursor.since = since;
  return foyer_pretix_cursor_to_text (&cursor);
}

static gboolean
map_page (Pull *self, FoyerPage *page, GError **error)
{
  JsonObject *envelope = foyer_http_response_get_envelope (self->response, error);
  gint64 next;

  if (envelope == NULL
      || !foyer_pretix_read_next (envelope, self->path, self->cursor.page, &next, error))
    return FALSE;
  if (next != 0 && foyer_http_response_get_n_results (self->response) == 0)
    {
      foyer_error_set (
          error, FOYER_ERROR_PROTOCOL, "an empty page with a next one",
          _ ("The service's pages do not follow one another. It will be tried again."));
      return FALSE;
    }

  map_records (self, page);
  page->resume = dup_resume_cursor (self, page);
  /* taken up again, a run counts only what was left */
  if (self->cursor.since == NULL || self->cursor.delta)
    page->total = foyer_json_get_int (envelope, "count", -1);
  if (next != 0)
    {
      FoyerPretixCursor cursor = self->cursor;

      cursor.page = next;
      page->next = foyer_pretix_cursor_to_text (&cursor);
    }

  return TRUE;
}

static gboolean
map_single (Pull *self, FoyerPage *page, GError **error)
{
  JsonNode *node = foyer_http_response_get_json (self->response, error);
  FoyerEvent *event;

  if (node == NULL)
    return FALSE;

  event = self->resource->map (node, self->reader, error);
  if (event == NULL)
    return FALSE;

  event->locale = g_strdup (self->locale);
  g_ptr_array_add (page->records, event);
  page->total = 1;
  return TRUE;
}

static void
map_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Pull *self = task_data;
  g_autoptr (FoyerPage) page = foyer_page_new (self->resource->resource);
  g_autoptr (GError) error = NULL;
  gboolean single = self->resource->resource == FOYER_RESOURCE_EVENT;

  page->records = g_ptr_array_new_with_free_func (self->resource->free);
  page->bytes = g_bytes_get_size (foyer_http_response_get_body (self->response));
  page->generated = time_of_page (self->response);
  page->whole = !self->cursor.delta;
  if (self->resource->since != NULL)
    page->watermark = foyer_pretix_watermark_to_text (page->generated, self->cursor.answers);

  if (!(single ? map_single (self, page, &error) : map_page (self, page, &error)))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (self->resource->resource == FOYER_RESOURCE_EVENT
      || self->resource->resource == FOYER_RESOURCE_EVENTS)
    for (guint i = 0; i < page->records->len; i++)
      {
        FoyerEvent *event = g_ptr_array_index (page->records, i);

        event->organizer = g_strdup (self->organizer);
      }

  g_task_return_pointer (task, g_steal_pointer (&page), (GDestroyNotify)foyer_page_unref);
}

static void
map_in_thread (GTask *task)
{
  Pull *self = g_task_get_task_data (task);

  self->reader = foyer_pretix_reader_ref (self->client->reader);
  self->path = foyer_pretix_client_dup_path (self->client, self->resource->route);
  self->organizer = g_strdup (self->client->connection->organizer);
  g_task_run_in_thread (task, map_thread);
}

static void
return_failure (GTask *task, FoyerHttpResponse *response)
{
  Pull *self = g_task_get_task_data (task);
  int status = foyer_http_response_get_status (response);

  if (status == 401)
    g_task_return_error (task, foyer_pretix_error_unauthorized (self->client));
  else if (self->resource->resource == FOYER_RESOURCE_EVENT && (status == 403 || status == 404))
    g_task_return_error (task, foyer_pretix_error_event_closed (self->client, status));
  else
    g_task_return_error (task, foyer_pretix_error_from_answer (response));
}

static void
settings_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pull *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerHttpResponse) response = foyer_http_send_finish (FOYER_HTTP (source), result,
                                                                   &error);

  if (g_task_return_error_if_cancelled (task))
    return;

  /* Some keys may not read settings. Then the event's language is not known, and that is all. */
  if (response != NULL && foyer_http_response_is_success (response))
    self->locale = foyer_pretix_read_text (foyer_http_response_get_object (response, NULL),
                                           "locale");
  foyer_pretix_client_learn_locale (self->client, self->locale);
  map_in_thread (task);
}

static void
page_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pull *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->response = foyer_http_send_finish (FOYER_HTTP (source), result, &error);
  if (self->response == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!foyer_http_response_is_success (self->response))
    {
      return_failure (task, self->response);
      return;
    }

  if (self->resource->resource == FOYER_RESOURCE_EVENT)
    {
      g_autoptr (FoyerHttpRequest) request = foyer_pretix_client_new_request (
          self->client, "GET", FOYER_PRETIX_ROUTE_EVENT "/settings/");

      foyer_http_send_async (self->client->http, request, g_task_get_cancellable (task),
                             settings_ready, g_object_ref (task));
      return;
    }

  map_in_thread (task);
}

static void
send_page (GTask *task)
{
  Pull *self = g_task_get_task_data (task);
  g_autoptr (FoyerHttpRequest) request = foyer_pretix_resource_new_request (
      self->resource, self->client, &self->cursor, self->page_size);

  foyer_http_send_async (self->client->http, request, g_task_get_cancellable (task), page_ready,
                         g_object_ref (task));
}

/* Begins a run: of what changed since the watermark, if there is one; else of everything. */
static void
begin_run (GTask *task)
{
  Pull *self = g_task_get_task_data (task);

  self->cursor.page = 1;
  if (self->resource->since != NULL && self->watermark != FOYER_TIME_NONE
      && (self->watermark_answers || !self->cursor.answers))
    {
      self->cursor.delta = TRUE;
      self->cursor.since = foyer_time_format_utc (self->watermark - OVERLAP);
    }

  send_page (task);
}

static gboolean
asks_at_the_door (FoyerHttpResponse *response)
{
  JsonObject *envelope = foyer_http_response_get_envelope (response, NULL);
  guint n = foyer_http_response_get_n_results (response);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JsonNode) node = foyer_http_response_dup_result (response, i, NULL);
      JsonObject *question = foyer_json_get_root_object (node);

      if (foyer_json_get_boolean (question, "ask_during_checkin", FALSE)
          || foyer_json_get_boolean (question, "show_during_checkin", FALSE))
        return TRUE;
    }

  return !foyer_json_is_null (envelope, "next");
}

static void
questions_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pull *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FoyerHttpResponse) response = foyer_http_send_finish (FOYER_HTTP (source), result,
                                                                   &error);

  if (response == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!foyer_http_response_is_success (response))
    {
      return_failure (task, response);
      return;
    }

  self->cursor.answers = asks_at_the_door (response);
  begin_run (task);
}

/* What people have answered is fetched only if the door asks or shows it. Once it begins to, the
 * copy has orders without answers, and everything is asked for again. */
static void
ask_for_questions (GTask *task)
{
  Pull *self = g_task_get_task_data (task);
  g_autoptr (FoyerHttpRequest) request = foyer_pretix_client_new_request (
      self->client, "GET", FOYER_PRETIX_ROUTE_EVENT "/questions/");

  foyer_http_request_add_query_int (request, "page_size", 50);
  foyer_http_send_async (self->client->http, request, g_task_get_cancellable (task),
                         questions_ready, g_object_ref (task));
}

/**
 * foyer_pretix_pull_async:
 * @client: the client
 * @source_object: source of the result
 * @request: which page
 * @cancellable: (nullable): to stop it
 * @callback: called when the page is there
 * @user_data: for @callback
 *
 * Pulls one page.
 */
void
foyer_pretix_pull_async (FoyerPretixClient *client,
                         gpointer source_object,
                         FoyerPullRequest *request,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source_object, cancellable, callback, user_data);
  Pull *self = g_new0 (Pull, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, foyer_pretix_pull_async);
  g_task_set_task_data (task, self, (GDestroyNotify)pull_free);
  self->client = foyer_pretix_client_ref (client);
  self->resource = foyer_pretix_resource_get (request->resource);
  self->page_size = request->page_size;
  if (!foyer_pretix_watermark_parse (request->watermark, &self->watermark,
                                     &self->watermark_answers))
    self->watermark = FOYER_TIME_NONE;

  if (!foyer_pretix_client_check_route (client, self->resource->route, &error)
      || (request->cursor != NULL
          && !foyer_pretix_cursor_parse (&self->cursor, request->cursor, &error)))
    {
      g_task_return_error (task, error);
      return;
    }

  if (request->cursor != NULL)
    send_page (task);
  else if (request->resource == FOYER_RESOURCE_ORDERS)
    ask_for_questions (task);
  else
    begin_run (task);
}

/**
 * foyer_pretix_pull_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with an error
 */
FoyerPage *
foyer_pretix_pull_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
