/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "foyer-error.h"
#include "foyer-json-check.h"

G_BEGIN_DECLS

#define FOYER_TYPE_HTTP_RESPONSE (foyer_http_response_get_type ())

/**
 * FoyerHttpResponse:
 *
 * A whole answer of a service, whatever its status. Immutable; may be read from any thread.
 */
typedef struct _FoyerHttpResponse FoyerHttpResponse;

GType foyer_http_response_get_type (void) G_GNUC_CONST;
FoyerHttpResponse *foyer_http_response_ref (FoyerHttpResponse *self);
void foyer_http_response_unref (FoyerHttpResponse *self);

int foyer_http_response_get_status (FoyerHttpResponse *self);
gboolean foyer_http_response_is_success (FoyerHttpResponse *self);
const char *foyer_http_response_get_header (FoyerHttpResponse *self, const char *name);
gint64 foyer_http_response_get_retry_after (FoyerHttpResponse *self);
gint64 foyer_http_response_get_duration (FoyerHttpResponse *self);
GBytes *foyer_http_response_get_body (FoyerHttpResponse *self);
gboolean foyer_http_response_has_json (FoyerHttpResponse *self);
JsonNode *foyer_http_response_get_json (FoyerHttpResponse *self, GError **error);
JsonObject *foyer_http_response_get_object (FoyerHttpResponse *self, GError **error);

gboolean foyer_http_response_has_results (FoyerHttpResponse *self);
guint foyer_http_response_get_n_results (FoyerHttpResponse *self);
JsonNode *foyer_http_response_dup_result (FoyerHttpResponse *self, guint index, GError **error);
char *foyer_http_response_dup_result_text (FoyerHttpResponse *self, guint index, GError **error);
JsonObject *foyer_http_response_get_envelope (FoyerHttpResponse *self, GError **error);

GError *foyer_http_response_to_error (FoyerHttpResponse *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerHttpResponse, foyer_http_response_unref)

G_END_DECLS
