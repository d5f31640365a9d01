/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of this folder and their tests share; no driver includes it. */

#include <libsoup/soup.h>

#include "foyer-http-request.h"
#include "foyer-http-response.h"

G_BEGIN_DECLS

/**
 * FoyerHttpRequest:
 *
 * See foyer-http-request.h. Read by foyer-http.c only.
 */
struct _FoyerHttpRequest
{
  char *method;
  char *route;
  GHashTable *segments; /* (element-type utf8 utf8) name -> value, not yet encoded */
  GString *query;       /* encoded, without the question mark */
  GPtrArray *headers;   /* (element-type utf8): name, value, name, value ... */
  GBytes *body;         /* (nullable) */
  char *content_type;   /* (nullable) */
  char *accept;         /* NULL = JSON is expected and nothing else */
  gint64 deadline;      /* microseconds, one attempt */
  gint64 patience;      /* microseconds, all attempts; -1 = the default */
  gsize max_body;
  gboolean expect_success;
  gboolean probe;
  gboolean urgent;
  GPtrArray *call_log; /* (nullable) (element-type FoyerCall) */
  gboolean bad;        /* a value was given that cannot be sent */
  gatomicrefcount ref_count;
};

char *foyer_http_request_build_path (FoyerHttpRequest *self, GError **error);
GUri *foyer_http_request_build_uri (FoyerHttpRequest *self, const char *base_url, GError **error);

/* @headers: (element-type utf8): name, value, name, value ...; shared, not changed any more
 * @map: (nullable) (transfer full): NULL for what is not JSON */
FoyerHttpResponse *foyer_http_response_new (const char *method,
                                            const char *route,
                                            int status,
                                            GPtrArray *headers,
                                            GBytes *body,
                                            FoyerJsonMap *map,
                                            gint64 duration,
                                            gint64 retry_after);
void foyer_http_response_parse (FoyerHttpResponse *self);

GError *
foyer_http_error_from_status (int status, gboolean is_read, const char *route, gint64 retry_after);
GError *foyer_http_error_from_transport (const GError *error,
                                         GTlsCertificateFlags flags,
                                         GTlsCertificate *certificate,
                                         const char *route);
gint64 foyer_http_parse_retry_after (const char *value, FoyerTime service_now);

G_END_DECLS
