/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that breaks HTTP on purpose. Plain blocking sockets, one thread a connection: what is
 * written here is what goes out. */

#define G_LOG_DOMAIN "foyer-fakes"

#include "foyer-fault-server.h"

#include <string.h>
#include <sys/socket.h>

struct _FoyerFaultServer
{
  GSocketService *service;
  GTlsCertificate *certificate; /* (nullable) */
  GCancellable *stop;
  char *url;

  GMutex lock;
  GCond idle;
  GQueue faults;       /* (element-type FoyerFault) */
  GPtrArray *requests; /* (element-type FoyerFaultRequest) */
  guint connections;
  guint accepted;  /* connections whose thread has not ended, or not even begun */
  GPtrArray *open; /* (element-type GSocketConnection): those that are being served */
  guint at_once;   /* requests that are being answered */
  guint most_at_once;
};

static void
request_free (FoyerFaultRequest *self)
{
  g_free (self->method);
  g_free (self->target);
  g_free (self->head);
  g_free (self->body);
  g_free (self);
}

/* The next fault, if it is one of this sort. */
static gboolean
take_fault (FoyerFaultServer *self, gboolean at_accept, FoyerFault *fault)
{
  FoyerFault *next;

  g_mutex_lock (&self->lock);
  next = g_queue_peek_head (&self->faults);
  if (next != NULL && next->at_accept == at_accept)
    g_queue_pop_head (&self->faults);
  else
    next = NULL;
  g_mutex_unlock (&self->lock);

  if (next == NULL)
    return FALSE;

  *fault = *next;
  g_free (next);
  return TRUE;
}

static void
tear (GSocketConnection *connection)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  GSocket *socket = g_socket_connection_get_socket (connection);

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (socket, NULL);
}

/* Reads one request. FALSE if the other side has gone. */
static gboolean
read_request (FoyerFaultServer *self, GDataInputStream *input, guint number)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *first = NULL;
  g_auto (GStrv) words = NULL;
  g_autofree char *body = NULL;
  FoyerFaultRequest *request;
  guint64 length = 0;

  first = g_data_input_stream_read_line (input, NULL, NULL, NULL);
  if (first == NULL)
    return FALSE;

  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);

      if (line == NULL)
        return FALSE;
      g_strchomp (line);
      if (*line == '\0')
        break;
      if (g_ascii_strncasecmp (line, "Content-Length:", 15) == 0)
        length = g_ascii_strtoull (line + 15, NULL, 10);
      g_string_append_printf (head, "%s\n", line);
    }

  body = g_malloc0 (length + 1);
  if (length > 0)
    {
      gsize got;

      if (!g_input_stream_read_all (G_INPUT_STREAM (input), body, length, &got, NULL, NULL))
        return FALSE;
    }

  words = g_strsplit (first, " ", 3);
  request = g_new0 (FoyerFaultRequest, 1);
  request->connection = number;
  request->method = g_strdup (words[0]);
  request->target = g_strdup (words[0] != NULL ? words[1] : NULL);
  request->head = g_strdup (head->str);
  request->body = g_steal_pointer (&body);

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->requests, request);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* Waits until the other side has gone, or the server is stopped. */
static void
be_silent (FoyerFaultServer *self, GInputStream *input)
{
  char buffer[4096];

  while (g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL) > 0)
    continue;
}

/* FALSE if the connection is not to be used any more. */
static gboolean
play (FoyerFaultServer *self,
      GSocketConnection *connection,
      GIOStream *stream,
      GInputStream *input,
      const FoyerFault *fault)
{
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  gsize length = 0, at_once;
  GPollFD never;

  if (fault->answer != NULL)
    length = fault->length >= 0 ? (gsize)fault->length : strlen (fault->answer);
  at_once = fault->drip > 0 ? MIN (fault->drip_from, length) : length;

  if (at_once > 0 && !g_output_stream_write_all (output, fault->answer, at_once, NULL, NULL, NULL))
    return FALSE;

  for (gsize i = at_once; i < length; i++)
    {
      if (!g_output_stream_write_all (output, fault->answer + i, 1, NULL, NULL, NULL))
        return FALSE;
      /* a pause that the end of the server breaks off */
      if (g_cancellable_make_pollfd (self->stop, &never))
        {
          g_poll (&never, 1, (int)fault->drip);
          g_cancellable_release_fd (self->stop);
        }
      if (g_cancellable_is_cancelled (self->stop))
        return FALSE;
    }

  switch (fault->end)
    {
    case FOYER_FAULT_KEEP:
      return TRUE;
    case FOYER_FAULT_CLOSE:
      return FALSE;
    case FOYER_FAULT_RESET:
      tear (connection);
      return FALSE;
    case FOYER_FAULT_SILENT:
      be_silent (self, input);
      return FALSE;
    }

  return FALSE;
}

static void
serve (FoyerFaultServer *self, GSocketConnection *connection, guint number)
{
  const FoyerFault good = { .answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                      "Content-Length: 2\r\n\r\n{}",
                            .length = -1 };
  g_autoptr (GIOStream) stream = g_object_ref (G_IO_STREAM (connection));
  g_autoptr (GDataInputStream) input = NULL;
  gboolean go_on = TRUE;
  FoyerFault fault;

  if (take_fault (self, TRUE, &fault))
    {
      play (self, connection, stream, g_io_stream_get_input_stream (stream), &fault);
      return;
    }

  if (self->certificate != NULL)
    {
      g_autoptr (GIOStream) tls = g_tls_server_connection_new (stream, self->certificate, NULL);

      if (tls == NULL || !g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
        return;
      g_set_object (&stream, tls);
    }

  input = g_data_input_stream_new (g_io_stream_get_input_stream (stream));
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_LF);
  while (go_on && read_request (self, input, number))
    {
      g_mutex_lock (&self->lock);
      self->at_once++;
      self->most_at_once = MAX (self->most_at_once, self->at_once);
      g_mutex_unlock (&self->lock);

      if (!take_fault (self, FALSE, &fault))
        fault = good;
      go_on = play (self, connection, stream, G_INPUT_STREAM (input), &fault);

      g_mutex_lock (&self->lock);
      self->at_once--;
      g_mutex_unlock (&self->lock);
    }
}

/* On the main context, before the thread of the connection starts. */
static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             FoyerFaultServer *self)
{
  g_mutex_lock (&self->lock);
  self->accepted++;
  g_mutex_unlock (&self->lock);
  return FALSE;
}

static gboolean
on_run (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        FoyerFaultServer *self)
{
  guint number;

  gboolean stopped;

  g_mutex_lock (&self->lock);
  number = ++self->connections;
  g_ptr_array_add (self->open, connection);
  stopped = g_cancellable_is_cancelled (self->stop);
  g_mutex_unlock (&self->lock);

  /* the end may come between the accepting of a connection and the start of its thread */
  if (!stopped)
    serve (self, connection, number);

  g_mutex_lock (&self->lock);
  g_ptr_array_remove (self->open, connection);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  self->accepted--;
  g_cond_broadcast (&self->idle);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/**
 * foyer_fault_server_new:
 * @certificate: (nullable): certificate and key, for TLS
 *
 * Returns: (transfer full): a server that listens
 */
FoyerFaultServer *
foyer_fault_server_new (GTlsCertificate *certificate)
{
  FoyerFaultServer *self = g_new0 (FoyerFaultServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  g_queue_init (&self->faults);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify)request_free);
  self->open = g_ptr_array_new ();
  self->stop = g_cancellable_new ();
  g_set_object (&self->certificate, certificate);

  self->service = g_threaded_socket_service_new (64);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &given, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("%s://127.0.0.1:%u", certificate != NULL ? "https" : "http",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given)));
  g_socket_service_start (self->service);
  return self;
}

/**
 * foyer_fault_server_free:
 * @self: (transfer full): a server
 *
 * Stops it, and waits for its threads.
 */
void
foyer_fault_server_free (FoyerFaultServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));

  /* not by the cancellable: glib-networking leaks when a read is cancelled */
  g_mutex_lock (&self->lock);
  g_cancellable_cancel (self->stop);
  for (guint i = 0; i < self->open->len; i++)
    g_socket_shutdown (g_socket_connection_get_socket (self->open->pdata[i]), TRUE, TRUE, NULL);
  while (self->accepted > 0)
    g_cond_wait (&self->idle, &self->lock);
  g_mutex_unlock (&self->lock);

  g_object_unref (self->service);
  g_object_unref (self->stop);
  g_clear_object (&self->certificate);
  g_queue_clear_full (&self->faults, g_free);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->open);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->idle);
  g_free (self->url);
  g_free (self);
}

/**
 * foyer_fault_server_get_url:
 * @self: a server
 *
 * Returns: its address
 */
const char *
foyer_fault_server_get_url (FoyerFaultServer *self)
{
  return self->url;
}

/**
 * foyer_fault_server_push:
 * @self: a server
 * @fault: what is to happen to the next request that has none yet
 */
void
foyer_fault_server_push (FoyerFaultServer *self, const FoyerFault *fault)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->faults, g_memdup2 (fault, sizeof *fault));
  g_mutex_unlock (&self->lock);
}

/**
 * foyer_fault_server_push_answer:
 * @self: a server
 * @answer: a whole answer, written as it is; the connection stays
 */
void
foyer_fault_server_push_answer (FoyerFaultServer *self, const char *answer)
{
  const FoyerFault fault = { .answer = answer, .length = -1 };

  foyer_fault_server_push (self, &fault);
}

/**
 * foyer_fault_server_count_requests:
 * @self: a server
 *
 * Returns: how many requests have come whole
 */
guint
foyer_fault_server_count_requests (FoyerFaultServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->requests->len;
  g_mutex_unlock (&self->lock);
  return n;
}

/**
 * foyer_fault_server_count_connections:
 * @self: a server
 *
 * Returns: how many connections have come
 */
guint
foyer_fault_server_count_connections (FoyerFaultServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->connections;
  g_mutex_unlock (&self->lock);
  return n;
}

/**
 * foyer_fault_server_get_most_at_once:
 * @self: a server
 *
 * Returns: how many requests were being answered at one time, at most
 */
guint
foyer_fault_server_get_most_at_once (FoyerFaultServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->most_at_once;
  g_mutex_unlock (&self->lock);
  return n;
}

/**
 * foyer_fault_server_get_request:
 * @self: a server
 * @index: number of a request, from 0
 *
 * Returns: (transfer none): what came, valid as long as the server
 */
const FoyerFaultRequest *
foyer_fault_server_get_request (FoyerFaultServer *self, guint index)
{
  const FoyerFaultRequest *request;

  g_mutex_lock (&self->lock);
  g_assert_cmpuint (index, <, self->requests->len);
  request = self->requests->pdata[index];
  g_mutex_unlock (&self->lock);
  return request;
}
