/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FoyerFaultEnd:
 * @FOYER_FAULT_KEEP: the connection stays open for the next request
 * @FOYER_FAULT_CLOSE: it is closed in order (FIN)
 * @FOYER_FAULT_RESET: it is torn (RST)
 * @FOYER_FAULT_SILENT: nothing more is said, until the other side goes
 *
 * What happens behind an answer.
 */
typedef enum
{
  FOYER_FAULT_KEEP,
  FOYER_FAULT_CLOSE,
  FOYER_FAULT_RESET,
  FOYER_FAULT_SILENT,
} FoyerFaultEnd;

/**
 * FoyerFault:
 * @at_accept: happens when a connection comes, before anything is read
 * @answer: (nullable): bytes to write, as they are
 * @length: their number, or -1 if @answer is a string
 * @drip: milliseconds between two bytes of the answer; 0 = all at once
 * @drip_from: offset from which on it drips
 * @end: what happens then
 *
 * What the server does with one request. The bytes must live as long as the server.
 */
typedef struct
{
  gboolean at_accept;
  const char *answer;
  gssize length;
  guint drip;
  gsize drip_from;
  FoyerFaultEnd end;
} FoyerFault;

/**
 * FoyerFaultRequest:
 *
 * What the server saw.
 */
typedef struct
{
  guint connection; /* 1, 2, ... in the order of coming */
  char *method;
  char *target;
  char *head; /* all header lines */
  char *body;
} FoyerFaultRequest;

/**
 * FoyerFaultServer:
 *
 * A server on loopback that speaks HTTP/1.1 as badly as it is told. Its faults are used up one a
 * request, in order; when none is left it answers 200 with `{}`. It works in threads of its own,
 * but needs the main context to be iterated to accept.
 */
typedef struct _FoyerFaultServer FoyerFaultServer;

FoyerFaultServer *foyer_fault_server_new (GTlsCertificate *certificate);
void foyer_fault_server_free (FoyerFaultServer *self);
const char *foyer_fault_server_get_url (FoyerFaultServer *self);
void foyer_fault_server_push (FoyerFaultServer *self, const FoyerFault *fault);
void foyer_fault_server_push_answer (FoyerFaultServer *self, const char *answer);
guint foyer_fault_server_count_requests (FoyerFaultServer *self);
guint foyer_fault_server_count_connections (FoyerFaultServer *self);
guint foyer_fault_server_get_most_at_once (FoyerFaultServer *self);
const FoyerFaultRequest *foyer_fault_server_get_request (FoyerFaultServer *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerFaultServer, foyer_fault_server_free)

G_END_DECLS
