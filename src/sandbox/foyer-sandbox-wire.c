/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests and answers on the wire, and all that may go wrong there. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-wire.h"

#include <string.h>

#include "foyer-error.h"

#define DRIP_PIECES 16
#define DRIP_PAUSE_MS 100

/* One request on its way; freed with its message, or when its connection has been taken over. */
typedef struct
{
  const FoyerSandboxWire *wire;
  SoupServerMessage *message;
  char *path;
  char *query;
  FoyerSandboxTrouble trouble;
  gulong finished; /* handler: the library is done with the message, one way or another */
  gboolean
      over; /* the client is gone, or the connection is ours: nothing to answer by the library */
} Visit;

static void
visit_free (Visit *visit)
{
  g_clear_signal_handler (&visit->finished, visit->message);
  g_object_unref (visit->message);
  g_free (visit->path);
  g_free (visit->query);
  g_free (visit);
}

static void
reply_clear (FoyerSandboxReply *reply)
{
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_clear_pointer (&reply->headers, g_ptr_array_unref);
}

/* `https://host:port` as the client wrote it. */
static char *
get_base (SoupServerMessage *message)
{
  const char *host = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Host");
  GUri *uri = soup_server_message_get_uri (message);

  return g_strdup_printf ("%s://%s", g_uri_get_scheme (uri),
                          host != NULL ? host : g_uri_get_host (uri));
}

static void
ask (Visit *visit, FoyerSandboxReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (visit->message);
  g_autoptr (GBytes) body = soup_message_body_flatten (
      soup_server_message_get_request_body (visit->message));
  g_autofree char *base = get_base (visit->message);
  FoyerSandboxRequest request = {
    .method = soup_server_message_get_method (visit->message),
    .path = visit->path,
    .query = visit->query,
    .base = base,
    .authorization = soup_message_headers_get_one (headers, "Authorization"),
    .accept = soup_message_headers_get_list (headers, "Accept"),
    .content_type = soup_message_headers_get_one (headers, "Content-Type"),
    .idempotency_key = soup_message_headers_get_one (headers, "X-Idempotency-Key"),
    .body = body,
  };

  visit->wire->answer (&request, reply, visit->wire->data);
}

static char *
http_date (FoyerTime at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at / FOYER_SECOND);

  return soup_date_time_to_string (time, SOUP_DATE_HTTP);
}

static void
respond (Visit *visit, const FoyerSandboxReply *reply)
{
  SoupServerMessage *message = visit->message;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *date = http_date (reply->at);
  gsize length;
  const char *body = g_bytes_get_data (reply->body, &length);

  soup_server_message_set_status (message, reply->status, NULL);
  soup_message_headers_replace (headers, "Date", date);
  soup_message_headers_replace (headers, "Vary", "Accept-Language, Cookie, Host");
  soup_message_headers_replace (headers, "Content-Language", "en");
  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    soup_message_headers_replace (headers, g_ptr_array_index (reply->headers, i),
                                  g_ptr_array_index (reply->headers, i + 1));
  if (reply->status != 304 && reply->status != 204)
    soup_server_message_set_response (message, reply->content_type, SOUP_MEMORY_COPY, body, length);
}

/* Takes the connection away from the library; what is written now is our own doing. */
static GIOStream *
take_connection (Visit *visit)
{
  GSocket *socket = soup_server_message_get_socket (visit->message);

  visit->over = TRUE;
  if (socket != NULL)
    g_socket_set_timeout (socket, 5);
  return soup_server_message_steal_connection (visit->message);
}

static void
hang_up (GIOStream *stream)
{
  g_io_stream_close (stream, NULL, NULL);
  g_object_unref (stream);
}

static GString *
raw_head (const FoyerSandboxReply *reply, gsize length)
{
  GString *head = g_string_new (NULL);
  g_autofree char *date = http_date (reply->at);

  g_string_append_printf (head, "HTTP/1.1 %u %s\r\nDate: %s\r\nContent-Type: %s\r\n", reply->status,
                          soup_status_get_phrase (reply->status), date, reply->content_type);
  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    g_string_append_printf (head, "%s: %s\r\n", (char *)g_ptr_array_index (reply->headers, i),
                            (char *)g_ptr_array_index (reply->headers, i + 1));
  g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
  return head;
}

/* The head promises the whole body; half of it comes. */
static void
truncate_reply (Visit *visit, const FoyerSandboxReply *reply)
{
  gsize length;
  const char *body = g_bytes_get_data (reply->body, &length);
  g_autoptr (GString) head = raw_head (reply, MAX (length, 2));
  GIOStream *stream = take_connection (visit);

  g_string_append_len (head, body, (gssize)(length / 2));
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), head->str, head->len, NULL,
                             NULL, NULL);
  hang_up (stream);
}

typedef struct
{
  GIOStream *stream;
  GString *text;
  gsize sent;
} Drip;

static void
drip_free (gpointer data)
{
  Drip *drip = data;

  hang_up (drip->stream);
  g_string_free (drip->text, TRUE);
  g_free (drip);
}

static gboolean
drip_on (gpointer data)
{
  Drip *drip = data;
  gsize piece = MAX (1, drip->text->len / DRIP_PIECES);
  gsize n = MIN (piece, drip->text->len - drip->sent);

  if (!g_output_stream_write_all (g_io_stream_get_output_stream (drip->stream),
                                  drip->text->str + drip->sent, n, NULL, NULL, NULL))
    return G_SOURCE_REMOVE;
  drip->sent += n;
  return drip->sent < drip->text->len ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
attach (GSource *source)
{
  g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
}

static void
drip_reply (Visit *visit, const FoyerSandboxReply *reply)
{
  gsize length;
  const char *body = g_bytes_get_data (reply->body, &length);
  Drip *drip = g_new0 (Drip, 1);
  GSource *source = g_timeout_source_new (DRIP_PAUSE_MS);

  drip->text = raw_head (reply, length);
  g_string_append_len (drip->text, body, (gssize)length);
  drip->stream = take_connection (visit);
  g_source_set_callback (source, drip_on, drip, drip_free);
  attach (source);
}

static void
replace_body (FoyerSandboxReply *reply, const char *type, const char *body)
{
  reply->content_type = type;
  g_bytes_unref (reply->body);
  reply->body = g_bytes_new_static (body, strlen (body));
}

static void
respond_status (Visit *visit)
{
  guint status = visit->trouble.status;
  FoyerSandboxReply reply = { .status = status,
                              .content_type = "text/html; charset=utf-8",
                              .body = g_bytes_new_static ("<h1>Error</h1>", 14),
                              .headers = g_ptr_array_new (),
                              .at = g_get_real_time () };

  if (status == 429 || status == 409 || status == 503)
    {
      g_ptr_array_add (reply.headers, (char *)"Retry-After");
      g_ptr_array_add (reply.headers, (char *)(status == 409 ? "5" : "1"));
    }
  if (status == 429)
    replace_body (&reply, "application/json", "{\"detail\":\"Request was throttled.\"}");
  if (status == 409)
    replace_body (&reply, "application/json",
                  "{\"detail\":\"The server was too busy to process your request. Please try "
                  "again.\"}");
  respond (visit, &reply);
  reply_clear (&reply);
}

/* The request is carried out here, unless it was lost on its way in. */
static void
carry_out (Visit *visit)
{
  const gboolean *hits = visit->trouble.hits;
  FoyerSandboxReply reply = { 0 };

  if (hits[FOYER_SANDBOX_FAULT_DROP_BEFORE])
    {
      hang_up (take_connection (visit));
      return;
    }
  if (hits[FOYER_SANDBOX_FAULT_STATUS])
    {
      respond_status (visit);
      return;
    }
  ask (visit, &reply);
  if (hits[FOYER_SANDBOX_FAULT_HTML])
    replace_body (&reply, "text/html; charset=utf-8",
                  "<!DOCTYPE html><html><body><h1>Welcome to the hotel</h1></body></html>");
  if (hits[FOYER_SANDBOX_FAULT_MALFORMED])
    replace_body (&reply, "application/json", "{\"count\": 1, \"results\": [{\"id\": ");
  if (hits[FOYER_SANDBOX_FAULT_DROP_AFTER])
    hang_up (take_connection (visit));
  else if (hits[FOYER_SANDBOX_FAULT_TRUNCATE])
    truncate_reply (visit, &reply);
  else if (hits[FOYER_SANDBOX_FAULT_SLOW])
    drip_reply (visit, &reply);
  else
    respond (visit, &reply);
  reply_clear (&reply);
}

static void
on_finished (Visit *visit)
{
  visit->over = TRUE;
}

/* Who asked may have hung up meanwhile: what arrived is carried out all the same. */
static gboolean
carry_out_late (gpointer data)
{
  Visit *visit = data;
  const gboolean *hits = visit->trouble.hits;

  if (!visit->over)
    {
      carry_out (visit);
      if (!visit->over)
        soup_server_message_unpause (visit->message);
    }
  else if (!hits[FOYER_SANDBOX_FAULT_DROP_BEFORE] && !hits[FOYER_SANDBOX_FAULT_STATUS])
    {
      FoyerSandboxReply reply = { 0 };

      ask (visit, &reply);
      reply_clear (&reply);
    }
  return G_SOURCE_REMOVE;
}

static void
arrive (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->wire = data;
  visit->message = g_object_ref (message);
  visit->path = g_strdup (path);
  visit->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  if (!g_str_has_prefix (path, "/sandbox/"))
    visit->wire->draw (soup_server_message_get_method (message), path, &visit->trouble,
                       visit->wire->data);
  if (visit->trouble.hits[FOYER_SANDBOX_FAULT_SILENT])
    {
      /* until the client gives up: the message goes with its connection */
      soup_server_message_pause (message);
      visit_free (visit);
      return;
    }
  if (visit->trouble.latency > 0)
    {
      GSource *source = g_timeout_source_new ((guint)(visit->trouble.latency / 1000));

      visit->finished = g_signal_connect_swapped (message, "finished", G_CALLBACK (on_finished),
                                                  visit);
      soup_server_message_pause (message);
      g_source_set_callback (source, carry_out_late, visit, (GDestroyNotify)visit_free);
      attach (source);
      return;
    }
  carry_out (visit);
  visit_free (visit);
}

/**
 * foyer_sandbox_wire_listen:
 * @wire: (transfer none): who answers; outlives the server
 * @port: 0 for any
 * @certificate: (nullable): for HTTPS
 * @url: (out): the address
 * @error: return location; %FOYER_ERROR_OFFLINE if the port cannot be had
 *
 * Returns: (transfer full) (nullable): the server, on the thread's default main context
 */
SoupServer *
foyer_sandbox_wire_listen (const FoyerSandboxWire *wire,
                           guint port,
                           GTlsCertificate *certificate,
                           char **url,
                           GError **error)
{
  g_autoptr (SoupServer) server = g_object_new (SOUP_TYPE_SERVER, "server-header", "gunicorn",
                                                "tls-certificate", certificate, NULL);
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY;
  g_autoptr (GError) inner = NULL;
  GSList *uris;

  if (certificate != NULL)
    options |= SOUP_SERVER_LISTEN_HTTPS;
  /* addresses of tickets' codes may hold any letter: the path is decoded once, and here only */
  soup_server_add_handler (server, NULL, arrive, (gpointer)wire, NULL);
  if (!soup_server_listen_local (server, port, options, &inner))
    {
      foyer_error_set (error, FOYER_ERROR_OFFLINE, inner->message,
                       "The sandbox cannot be reached: its port is taken.");
      return NULL;
    }
  uris = soup_server_get_uris (server);
  *url = g_strdup_printf ("%s://127.0.0.1:%d", certificate != NULL ? "https" : "http",
                          g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return g_steal_pointer (&server);
}
