/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The driver over a server that is told what to say. */

#include "pretix-fixture.h"

#include <string.h>

#include "foyer-pretix-service.h"

/* @path: (nullable): what the connection's address has behind the host */
void
fixture_init (Fixture *self, const char *scheme, const char *path)
{
  static const char *const languages[] = { "de", NULL };
  g_autoptr (FoyerConnection) connection = foyer_connection_new ();
  g_autoptr (FoyerHttp) http = NULL;
  g_autoptr (GError) error = NULL;

  self->server = foyer_fault_server_new (NULL);
  self->kept = g_ptr_array_new_with_free_func (g_free);
  connection->name = g_strdup ("unit");
  connection->service = g_strdup ("pretix");
  connection->base_url = g_strconcat (foyer_fault_server_get_url (self->server), path, NULL);
  connection->organizer = g_strdup ("org");
  connection->event = g_strdup ("ev");
  connection->auth_scheme = g_strdup (scheme);
  http = foyer_http_new (connection->name, "pretix", connection->base_url, NULL, NULL, &error);
  g_assert_no_error (error);
  foyer_http_set_backoff (http, 1000, 1000);
  self->service = foyer_pretix_service_new (connection, "k3y", http, &error);
  g_assert_no_error (error);
  foyer_pretix_service_set_languages (FOYER_PRETIX_SERVICE (self->service), languages);
}

void
fixture_clear (Fixture *self)
{
  g_clear_object (&self->service);
  g_clear_pointer (&self->server, foyer_fault_server_free);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
}

/* @headers: (nullable): whole lines, each with its end */
void
fixture_push (Fixture *self, int status, const char *headers, const char *body)
{
  char *answer = g_strdup_printf (
      "HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n%s",
      status, body[0] == '<' ? "text/html" : "application/json", strlen (body),
      headers != NULL ? headers : "", body);

  g_ptr_array_add (self->kept, answer);
  foyer_fault_server_push_answer (self->server, answer);
}

/* @next: JSON */
void
fixture_push_page (Fixture *self, const char *headers, const char *next, const char *records)
{
  g_autofree char *body = g_strdup_printf (
      "{\"count\": 7, \"next\": %s, \"previous\": null, \"results\": [%s]}", next, records);

  fixture_push (self, 200, headers, body);
}

const char *
fixture_get_target (Fixture *self, guint index)
{
  g_assert_cmpuint (index, <, foyer_fault_server_count_requests (self->server));
  return foyer_fault_server_get_request (self->server, index)->target;
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
on_too_late (gpointer user_data)
{
  g_error ("no answer within 30 seconds");
  return G_SOURCE_REMOVE;
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  guint alarm = g_timeout_add_seconds (30, on_too_late, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
  return *result;
}

FoyerServiceReport *
fixture_check (Fixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  foyer_service_check_async (self->service, NULL, on_ready, &result);
  return foyer_service_check_finish (self->service, wait_for (&result), error);
}

FoyerPage *
fixture_pull (Fixture *self,
              FoyerResource resource,
              const char *cursor,
              const char *watermark,
              GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FoyerPullRequest) request = foyer_pull_request_new (resource, cursor, watermark);

  foyer_service_pull_async (self->service, request, NULL, on_ready, &result);
  return foyer_service_pull_finish (self->service, wait_for (&result), error);
}

FoyerStepResult *
fixture_perform (Fixture *self, FoyerStep *step, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  foyer_service_perform_async (self->service, step, NULL, on_ready, &result);
  return foyer_service_perform_finish (self->service, wait_for (&result), error);
}

FoyerStepResult *
fixture_lookup (Fixture *self, FoyerStep *step, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  foyer_service_lookup_async (self->service, step, NULL, on_ready, &result);
  return foyer_service_lookup_finish (self->service, wait_for (&result), error);
}

FoyerEnrolment *
fixture_enroll (Fixture *self, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  foyer_service_enroll_async (self->service, token, NULL, on_ready, &result);
  return foyer_service_enroll_finish (self->service, wait_for (&result), error);
}
