/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-out.h"
#include "foyer-sandbox-world.h"

G_BEGIN_DECLS

/**
 * FoyerSandboxRights:
 *
 * What a credential may do: the part of pretix' permissions that matters here.
 */
typedef enum
{
  FOYER_SANDBOX_RIGHT_ORDERS_READ = 1 << 0,
  FOYER_SANDBOX_RIGHT_ORDERS_WRITE = 1 << 1,
  FOYER_SANDBOX_RIGHT_CHECKIN = 1 << 2,
  FOYER_SANDBOX_RIGHT_ITEMS = 1 << 3,
  FOYER_SANDBOX_RIGHT_SETTINGS = 1 << 4,
  FOYER_SANDBOX_RIGHT_EVENTS = 1 << 5,
  FOYER_SANDBOX_RIGHT_DEVICES = 1 << 6,
  FOYER_SANDBOX_RIGHT_VOUCHERS = 1 << 7,
  FOYER_SANDBOX_RIGHT_GIFTCARDS = 1 << 8,
} FoyerSandboxRights;

/**
 * FoyerSandboxCall:
 * @segments: the path behind `/api/v1/`, split
 * @query: (element-type utf8): names and values by turns
 * @rights: of the credential
 * @device: (nullable): the device that asks; %NULL for a token
 * @event: (nullable): the event of the path
 * @status: the answer's status
 * @out: the answer's body
 *
 * One request and the answer that is being made for it.
 */
typedef struct
{
  FoyerSandboxWorld *world;
  const char *method;
  const char *path;
  const char *base;
  const char *authorization;
  const char *accept;
  const char *request_type;
  const char *idempotency_key;
  GBytes *body;

  char **segments;
  GPtrArray *query;
  JsonParser *parser;
  JsonObject *json;
  guint rights;
  FoyerSandboxDevice *device;
  FoyerSandboxEvent *event;

  guint status;
  const char *content_type;
  FoyerSandboxOut out;
  GPtrArray *headers;
} FoyerSandboxCall;

FoyerSandboxCall *foyer_sandbox_call_new (FoyerSandboxWorld *world,
                                          const char *method,
                                          const char *path,
                                          const char *query,
                                          const char *base);
void foyer_sandbox_call_free (FoyerSandboxCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerSandboxCall, foyer_sandbox_call_free)

const char *foyer_sandbox_call_get_query (FoyerSandboxCall *self, const char *name);
GPtrArray *foyer_sandbox_call_get_all (FoyerSandboxCall *self, const char *name);
gboolean foyer_sandbox_call_get_flag (FoyerSandboxCall *self, const char *name);
gboolean foyer_sandbox_call_get_time (FoyerSandboxCall *self, const char *name, FoyerTime *time);
gboolean foyer_sandbox_call_read_body (FoyerSandboxCall *self);
gint64 foyer_sandbox_call_get_segment_id (FoyerSandboxCall *self, guint segment);
gboolean foyer_sandbox_call_has_event (FoyerSandboxCall *self, FoyerSandboxEvent *event);

void foyer_sandbox_call_answer (FoyerSandboxCall *self, guint status, const char *json);
void foyer_sandbox_call_detail (FoyerSandboxCall *self, guint status, const char *detail);
void foyer_sandbox_call_html (FoyerSandboxCall *self, guint status, const char *text);
void foyer_sandbox_call_required (FoyerSandboxCall *self, const char *const *fields);
void foyer_sandbox_call_invalid (FoyerSandboxCall *self, const char *field, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void foyer_sandbox_call_add_header (FoyerSandboxCall *self, const char *name, const char *value);

gboolean
foyer_sandbox_call_open_page (FoyerSandboxCall *self, gsize count, gsize *first, gsize *last);
void foyer_sandbox_call_close_page (FoyerSandboxCall *self);
void foyer_sandbox_call_objects (FoyerSandboxCall *self, GPtrArray *objects);

G_END_DECLS
