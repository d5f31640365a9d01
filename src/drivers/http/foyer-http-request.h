/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "foyer-call.h"
#include "foyer-error.h"

G_BEGIN_DECLS

#define FOYER_TYPE_HTTP_REQUEST (foyer_http_request_get_type ())

/**
 * FoyerHttpRequest:
 *
 * What is to be asked of a service. It is made, filled, sent and let go: after
 * foyer_http_send_async() it must not be changed any more. To send the same again, send the same
 * object again.
 */
typedef struct _FoyerHttpRequest FoyerHttpRequest;

#define FOYER_HTTP_DEFAULT_DEADLINE (15 * FOYER_SECOND)
#define FOYER_HTTP_DEFAULT_PATIENCE (30 * FOYER_SECOND)
#define FOYER_HTTP_DEFAULT_MAX_BODY (16 * 1024 * 1024)

GType foyer_http_request_get_type (void) G_GNUC_CONST;
FoyerHttpRequest *foyer_http_request_new (const char *method, const char *route);
FoyerHttpRequest *foyer_http_request_ref (FoyerHttpRequest *self);
void foyer_http_request_unref (FoyerHttpRequest *self);

void foyer_http_request_set_segment (FoyerHttpRequest *self, const char *name, const char *value);
void foyer_http_request_add_query (FoyerHttpRequest *self, const char *name, const char *value);
void foyer_http_request_add_query_int (FoyerHttpRequest *self, const char *name, gint64 value);
void foyer_http_request_set_header (FoyerHttpRequest *self, const char *name, const char *value);
void foyer_http_request_set_json (FoyerHttpRequest *self, JsonNode *body);
void foyer_http_request_set_body (FoyerHttpRequest *self, const char *content_type, GBytes *body);
void foyer_http_request_set_accept (FoyerHttpRequest *self, const char *content_type);
void foyer_http_request_set_deadline (FoyerHttpRequest *self, gint64 microseconds);
void foyer_http_request_set_patience (FoyerHttpRequest *self, gint64 microseconds);
void foyer_http_request_set_max_body (FoyerHttpRequest *self, gsize bytes);
void foyer_http_request_set_expect_success (FoyerHttpRequest *self, gboolean expect_success);
void foyer_http_request_set_probe (FoyerHttpRequest *self, gboolean probe);
void foyer_http_request_set_urgent (FoyerHttpRequest *self, gboolean urgent);
void foyer_http_request_set_call_log (FoyerHttpRequest *self, GPtrArray *call_log);

const char *foyer_http_request_get_method (FoyerHttpRequest *self);
const char *foyer_http_request_get_route (FoyerHttpRequest *self);
gboolean foyer_http_request_is_read (FoyerHttpRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerHttpRequest, foyer_http_request_unref)

G_END_DECLS
