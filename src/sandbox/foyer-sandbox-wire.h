/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "foyer-sandbox-faults.h"
#include "foyer-time.h"

G_BEGIN_DECLS

/**
 * FoyerSandboxRequest:
 *
 * What came over the wire. Nothing in it is owned.
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *query;
  const char *base;
  const char *authorization;
  const char *accept;
  const char *content_type;
  const char *idempotency_key;
  GBytes *body;
} FoyerSandboxRequest;

/**
 * FoyerSandboxReply:
 * @headers: names and values by turns
 * @at: the server's clock, for the Date header
 *
 * What goes back.
 */
typedef struct
{
  guint status;
  const char *content_type;
  GBytes *body;
  GPtrArray *headers;
  FoyerTime at;
} FoyerSandboxReply;

/**
 * FoyerSandboxWire:
 * @answer: makes the answer to a request
 * @draw: says what goes wrong with it
 *
 * Who is asked when a request arrives; called in the thread of the server.
 */
typedef struct
{
  void (*answer) (const FoyerSandboxRequest *request, FoyerSandboxReply *reply, gpointer data);
  void (*draw) (const char *method, const char *path, FoyerSandboxTrouble *trouble, gpointer data);
  gpointer data;
} FoyerSandboxWire;

SoupServer *foyer_sandbox_wire_listen (const FoyerSandboxWire *wire,
                                       guint port,
                                       GTlsCertificate *certificate,
                                       char **url,
                                       GError **error);

G_END_DECLS
