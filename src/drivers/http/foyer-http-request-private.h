/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What of a request the files of this folder and their tests share; no driver includes it. */

#include "foyer-http-request.h"

G_BEGIN_DECLS

/**
 * FoyerHttpRequest:
 *
 * See foyer-http-request.h. Read by the files of this folder only.
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

G_END_DECLS
