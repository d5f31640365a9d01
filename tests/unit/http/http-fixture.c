/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-http"

#include "http-fixture.h"

#define PATIENCE_SECONDS 20

static void ear_listener_init (FoyerCallListenerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (Ear,
                               ear,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_CALL_LISTENER, ear_listener_init))

static void
ear_call_finished (FoyerCallListener *listener, FoyerCall *call)
{
  g_ptr_array_add (TEST_EAR (listener)->calls, foyer_call_ref (call));
}

static void
ear_listener_init (FoyerCallListenerInterface *iface)
{
  iface->call_finished = ear_call_finished;
}

static void
ear_finalize (GObject *object)
{
  g_ptr_array_unref (TEST_EAR (object)->calls);
  G_OBJECT_CLASS (ear_parent_class)->finalize (object);
}

static void
ear_class_init (EarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ear_finalize;
}

static void
ear_init (Ear *self)
{
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_call_unref);
}

Ear *
ear_new (void)
{
  return g_object_new (TYPE_EAR, NULL);
}

/* Retries without long pauses. */
FoyerHttp *
fixture_connect (FoyerFaultServer *server)
{
  g_autoptr (GError) error = NULL;
  FoyerHttp *http = foyer_http_new ("Desk", "test", foyer_fault_server_get_url (server), NULL, NULL,
                                    &error);

  g_assert_no_error (error);
  foyer_http_set_backoff (http, FOYER_SECOND / 100, FOYER_SECOND / 20);
  return http;
}

/* One attempt, ten seconds. */
FoyerHttpRequest *
fixture_request (const char *method)
{
  FoyerHttpRequest *request = foyer_http_request_new (method, "/things/");

  foyer_http_request_set_patience (request, 0);
  foyer_http_request_set_deadline (request, 10 * FOYER_SECOND);
  if (!foyer_http_request_is_read (request) && g_strcmp0 (method, "DELETE") != 0)
    {
      g_autoptr (GBytes) body = g_bytes_new_static ("{\"amount\":\"1.00\"}", 17);

      foyer_http_request_set_body (request, "application/json", body);
    }
  return request;
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;

  g_assert_false (asking->done);
  asking->response = foyer_http_send_finish (FOYER_HTTP (source), result, &asking->error);
  asking->done = TRUE;
}

void
fixture_begin (FoyerHttp *http,
               FoyerHttpRequest *request,
               GCancellable *cancellable,
               Asking *asking)
{
  *asking = (Asking){ 0 };
  foyer_http_send_async (http, request, cancellable, on_ready, asking);
  /* never before the caller has got hold of it */
  g_assert_false (asking->done);
}

static gboolean
on_too_late (gpointer user_data)
{
  g_assert_not_reached ();
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Looks again at least each 5 ms, since other threads do not wake this one. */
void
fixture_iterate_until (gboolean (*is_so) (gpointer data), gpointer data)
{
  guint limit = g_timeout_add_seconds (PATIENCE_SECONDS, on_too_late, NULL);
  guint tick = g_timeout_add (5, on_tick, NULL);

  while (!is_so (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (limit);
}

static gboolean
is_done (gpointer data)
{
  return ((Asking *)data)->done;
}

void
fixture_end (Asking *asking)
{
  fixture_iterate_until (is_done, asking);
  g_assert_true ((asking->response != NULL) != (asking->error != NULL));
}

void
asking_clear (Asking *asking)
{
  g_clear_pointer (&asking->response, foyer_http_response_unref);
  g_clear_error (&asking->error);
}

FoyerHttpResponse *
fixture_ask (FoyerHttp *http, FoyerHttpRequest *request, GError **error)
{
  Asking asking;

  fixture_begin (http, request, NULL, &asking);
  fixture_end (&asking);
  if (asking.error != NULL)
    g_propagate_error (error, asking.error);
  return asking.response;
}

GError *
fixture_ask_error (FoyerHttp *http, FoyerHttpRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerHttpResponse) response = fixture_ask (http, request, &error);

  g_assert_null (response);
  g_assert_nonnull (error);
  g_assert_true (error->domain == FOYER_ERROR);
  g_test_message ("%s / %s", error->message, foyer_error_get_detail (error));
  return g_steal_pointer (&error);
}

void
fixture_assert_fails (FoyerHttp *http,
                      FoyerHttpRequest *request,
                      FoyerError code,
                      FoyerOutcome outcome)
{
  g_autoptr (GError) error = fixture_ask_error (http, request);

  g_assert_cmpstr (foyer_error_code_to_name ((FoyerError)error->code), ==,
                   foyer_error_code_to_name (code));
  g_assert_cmpint (foyer_error_get_outcome (error), ==, outcome);
}
