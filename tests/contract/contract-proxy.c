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
};

/* The whole request: header, and as much body as its length says. */
static GByteArray *
read_request (GInputStream *input)
{
  g_autoptr (GByteArray) request = g_byte_array_new ();
  char buffer[4096];
  gsize wanted = 0;

  while (wanted == 0 || request->len < wanted)
    {
      gssize n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL);
      const char *end;

      if (n <= 0)
        return NULL;
      g_byte_array_append (request, (guint8 *)buffer, (guint)n);
      if (wanted != 0)
        continue;

      g_byte_array_append (request, (const guint8 *)"", 1);
      end = strstr ((const char *)request->data, "\r\n\r\n");
      if (end != NULL)
        {
          const char *length = strcasestr ((const char *)request->data, "\r\ncontent-length:");

          wanted = (gsize)(end - (const char *)request->data) + 4;
          if (length != NULL && length < end)
            wanted += g_ascii_strtoull (length + strlen ("\r\ncontent-length:"), NULL, 10);
        }
      g_byte_array_set_size (request, request->len - 1);
    }

  return g_steal_pointer (&request);
}

/* libsoup keeps a connection unless it is told not to, and both ends read this. */
static void
forbid_reuse (GByteArray *request)
{
  static const char line[] = "\r\nConnection: close";
  char *end = memmem (request->data, request->len, "\r\n\r\n", 4);
  g_autoptr (GByteArray) tail = g_byte_array_new ();
  guint head;

  g_assert_nonnull (end);
  head = (guint)((guint8 *)end - request->data);
  g_byte_array_append (tail, request->data + head, request->len - head);
  g_byte_array_set_size (request, head);
  g_byte_array_append (request, (const guint8 *)line, sizeof line - 1);
  g_byte_array_append (request, tail->data, tail->len);
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
on_run (GThreadedSocketService *service,
        GSocketConnection *client,
        GObject *source,
        ContractProxy *self)
{
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  g_autoptr (GByteArray) request = read_request (
      g_io_stream_get_input_stream (G_IO_STREAM (client)));
  g_autoptr (GSocketConnection) server = NULL;
  ContractFault fault;
  char buffer[16384];
  gssize n;

  if (request == NULL)
    return TRUE;
  fault = take_fault (self);
  if (fault == CONTRACT_FAULT_BEFORE)
    return TRUE;

  forbid_reuse (request);
  server = g_socket_client_connect_to_host (connector, self->host, self->upstream, NULL, NULL);
  if (server == NULL
      || !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (server)),
                                     request->data, request->len, NULL, NULL, NULL))
    return TRUE;

  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (server)), buffer,
                                   sizeof buffer, NULL, NULL))
         > 0)
    {
      if (fault == CONTRACT_FAULT_AFTER)
        return TRUE;
      if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (client)), buffer,
                                      (gsize)n, NULL, NULL, NULL))
        return TRUE;
    }

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
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);
  g_socket_service_start (self->service);
  return self;
}

void
contract_proxy_free (ContractProxy *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
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
