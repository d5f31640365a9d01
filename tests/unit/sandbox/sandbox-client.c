/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "foyer-tests"

#include "sandbox-client.h"

#include <string.h>

#include "foyer-json.h"

void
answer_free (Answer *self)
{
  g_free (self->text);
  g_free (self->content_type);
  g_free (self->page_generated);
  g_free (self->date);
  g_free (self->retry_after);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* One for each sandbox and thread: to make one anew costs more than a request. */
static SoupSession *
get_session (FoyerSandbox *sandbox)
{
  g_autofree char *key = g_strdup_printf ("session-%p", (void *)g_thread_self ());
  SoupSession *session = g_object_get_data (G_OBJECT (sandbox), key);

  if (session == NULL)
    {
      session = soup_session_new ();
      soup_session_set_timeout (session, 20);
      g_object_set_data_full (G_OBJECT (sandbox), key, session, g_object_unref);
    }
  return session;
}

static Answer *
send_request (FoyerSandbox *sandbox,
              const char *authorization,
              const char *key,
              const char *method,
              const char *address,
              const char *body)
{
  SoupSession *session = get_session (sandbox);
  g_autofree char *url = g_strconcat (foyer_sandbox_get_url (sandbox), address, NULL);
  g_autofree char *own = g_strconcat ("Token ", foyer_sandbox_get_token (sandbox), NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  Answer *self = g_new0 (Answer, 1);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (authorization == NULL)
    soup_message_headers_replace (headers, "Authorization", own);
  else if (*authorization != '\0')
    soup_message_headers_replace (headers, "Authorization", authorization);
  if (key != NULL)
    soup_message_headers_replace (headers, "X-Idempotency-Key", key);
  if (body != NULL)
    {
      bytes = g_bytes_new (body, strlen (body));
      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
      g_clear_pointer (&bytes, g_bytes_unref);
    }
  bytes = soup_session_send_and_read (session, message, NULL, &self->error);
  if (bytes == NULL)
    return self;
  headers = soup_message_get_response_headers (message);
  self->status = soup_message_get_status (message);
  self->text = g_bytes_get_size (bytes) > 0
                   ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                   : g_strdup ("");
  self->content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  self->page_generated = g_strdup (soup_message_headers_get_one (headers, "X-Page-Generated"));
  self->date = g_strdup (soup_message_headers_get_one (headers, "Date"));
  self->retry_after = g_strdup (soup_message_headers_get_one (headers, "Retry-After"));
  if (*self->text != '\0' && json_parser_load_from_data (parser, self->text, -1, NULL))
    self->json = json_parser_steal_root (parser);
  return self;
}

Answer *
ask (FoyerSandbox *sandbox,
     const char *authorization,
     const char *method,
     const char *address,
     const char *body)
{
  return send_request (sandbox, authorization, NULL, method, address, body);
}

Answer *
ask_with_key (FoyerSandbox *sandbox,
              const char *key,
              const char *method,
              const char *address,
              const char *body)
{
  return send_request (sandbox, NULL, key, method, address, body);
}

JsonObject *
answer_object (Answer *self)
{
  g_assert_no_error (self->error);
  g_assert_nonnull (self->json);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (self->json));
  return json_node_get_object (self->json);
}

JsonArray *
answer_results (Answer *self)
{
  JsonArray *results = foyer_json_get_array (answer_object (self), "results");

  g_assert_nonnull (results);
  return results;
}
