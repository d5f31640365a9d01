/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line to the server that can be cut, so that a lost answer can be had from a real one, too. One
 * request a connection: else a cut would hit more than was meant. */

#include "contract-proxy.h"

#include <string.h>

struct _ContractProxy
{
  GSocketService *service;
  char *host;
  guint16 upstream;
  guint16 port;
  gint fault;
  gint times;
  gint connections;

  GMutex lock;
  GCond idle;
  guint accepted; /* connections whose thread has not ended, or not even begun */
};

static const char *
find_end_of_head (GByteArray *bytes)
{
  return bytes->len > 0 ? memmem (bytes->data, bytes->len, "\r\n\r\n", 4) : NULL;
}

/* Reads up to the end of the head, and maybe beyond. */
static GByteArray *
read_head (GInputStream *input)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[4096];

  while (find_end_of_head (bytes) == NULL)
    {
      gssize n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL);

      if (n <= 0)
        return NULL;
      g_byte_array_append (bytes, buffer, (guint)n);
    }

  return g_steal_pointer (&bytes);
}

/* The whole request: head, and as much body as its length says. */
static GByteArray *
read_request (GInputStream *input)
{
  g_autoptr (GByteArray) request = read_head (input);
  g_autofree char *head = NULL;
  const char *length;
  gsize size, wanted;
  guint8 buffer[4096];

  if (request == NULL)
    return NULL;

  size = (gsize)(find_end_of_head (request) - (const char *)request->data) + 4;
  head = g_ascii_strdown ((const char *)request->data, (gssize)size);
  length = strstr (head, "\r\ncontent-length:");
  wanted = size
           + (length != NULL ? g_ascii_strtoull (length + strlen ("\r\ncontent-length:"), NULL, 10)
                             : 0);
  while (request->len < wanted)
    {
      gssize n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL);

      if (n <= 0)
        return NULL;
      g_byte_array_append (request, buffer, (guint)n);
    }

  return g_steal_pointer (&request);
}

/* Says to whoever gets this head that the connection will not be used again. */
static void
forbid_reuse (GByteArray *message)
{
  static const char line[] = "\r\nConnection: close";
  guint head = (guint)(find_end_of_head (message) - (const char *)message->data);
  guint tail = message->len - head;

  g_byte_array_set_size (message, message->len + sizeof line - 1);
  memmove (message->data + head + sizeof line - 1, message->data + head, tail);
  memcpy (message->data + head, line, sizeof line - 1);
}

static ContractFault
take_fault (ContractProxy *self)
{
  g_atomic_int_inc (&self->connections);
  if (g_atomic_int_get (&self->times) == 0)
    return CONTRACT_FAULT_NONE;

  g_atomic_int_add (&self->times, -1);
  return (ContractFault)g_atomic_int_get (&self->fault);
}

static gboolean
pass_on (GSocketConnection *to, GByteArray *bytes)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (to)), bytes->data,
                                    bytes->len, NULL, NULL, NULL);
}

static void
serve (ContractProxy *self, GSocketConnection *client)
{
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  g_autoptr (GByteArray) request = read_request (
      g_io_stream_get_input_stream (G_IO_STREAM (client)));
  g_autoptr (GSocketConnection) server = NULL;
  g_autoptr (GByteArray) answer = NULL;
  ContractFault fault;

  if (request == NULL)
    return;
  fault = take_fault (self);
  if (fault == CONTRACT_FAULT_BEFORE)
    return;

  forbid_reuse (request);
  server = g_socket_client_connect_to_host (connector, self->host, self->upstream, NULL, NULL);
  if (server == NULL || !pass_on (server, request))
    return;

  answer = read_head (g_io_stream_get_input_stream (G_IO_STREAM (server)));
  if (answer == NULL || fault == CONTRACT_FAULT_AFTER)
    return;

  forbid_reuse (answer);
  if (pass_on (client, answer))
    g_output_stream_splice (g_io_stream_get_output_stream (G_IO_STREAM (client)),
                            g_io_stream_get_input_stream (G_IO_STREAM (server)),
                            G_OUTPUT_STREAM_SPLICE_NONE, NULL, NULL);
}

/* On the main context, before the thread of the connection starts. */
static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *client,
             GObject *source,
             ContractProxy *self)
{
  g_socket_set_timeout (g_socket_connection_get_socket (client), 30);
  g_mutex_lock (&self->lock);
  self->accepted++;
  g_mutex_unlock (&self->lock);
  return FALSE;
}

static gboolean
on_run (GThreadedSocketService *service,
        GSocketConnection *client,
        GObject *source,
        ContractProxy *self)
{
  serve (self, client);
  g_io_stream_close (G_IO_STREAM (client), NULL, NULL);
  g_mutex_lock (&self->lock);
  self->accepted--;
  g_cond_signal (&self->idle);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

ContractProxy *
contract_proxy_new (const char *host, guint16 port)
{
  ContractProxy *self = g_new0 (ContractProxy, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;

  self->host = g_strdup (host);
  self->upstream = port;
  self->service = g_threaded_socket_service_new (8);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);
  g_socket_service_start (self->service);
  return self;
}

void
contract_proxy_free (ContractProxy *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_mutex_lock (&self->lock);
  while (self->accepted > 0)
    g_cond_wait (&self->idle, &self->lock);
  g_mutex_unlock (&self->lock);

  g_object_unref (self->service);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->idle);
  g_free (self->host);
  g_free (self);
}

char *
contract_proxy_dup_url (ContractProxy *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

/* The next @times connections get @fault. */
void
contract_proxy_set_fault (ContractProxy *self, ContractFault fault, guint times)
{
  g_atomic_int_set (&self->fault, fault);
  g_atomic_int_set (&self->times, (gint)times);
}

guint
contract_proxy_get_connections (ContractProxy *self)
{
  return (guint)g_atomic_int_get (&self->connections);
}
