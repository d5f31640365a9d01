/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "foyer-call-listener.h"
#include "foyer-http-address.h"
#include "foyer-http-request.h"
#include "foyer-http-response.h"

G_BEGIN_DECLS

/**
 * FoyerCallRole:
 * @FOYER_CALL_ROLE_HEALTH: watches how the service does; told of every call
 * @FOYER_CALL_ROLE_AUDIT: keeps the record; told of every call whose request has no call log
 * @FOYER_CALL_ROLE_ERRORS: reports failures; told of every call
 *
 * Why somebody listens.
 */
typedef enum
{
  FOYER_CALL_ROLE_HEALTH,
  FOYER_CALL_ROLE_AUDIT,
  FOYER_CALL_ROLE_ERRORS,
} FoyerCallRole;

#define FOYER_TYPE_HTTP (foyer_http_get_type ())
G_DECLARE_FINAL_TYPE (FoyerHttp, foyer_http, FOYER, HTTP, GObject)

void foyer_http_init_process (void);

FoyerHttp *foyer_http_new (const char *connection,
                           const char *service,
                           const char *base_url,
                           const char *ca_file,
                           const char *user_agent,
                           GError **error);

const char *foyer_http_get_base_url (FoyerHttp *self);
const char *foyer_http_get_connection (FoyerHttp *self);

gboolean foyer_http_set_authorization (FoyerHttp *self,
                                       const char *scheme,
                                       const char *credential,
                                       GError **error);
void foyer_http_set_listener (FoyerHttp *self, FoyerCallRole role, FoyerCallListener *listener);
void foyer_http_set_rate_limit (FoyerHttp *self, guint per_minute, guint burst);
void foyer_http_set_backoff (FoyerHttp *self, gint64 first, gint64 longest);
void foyer_http_set_probe (FoyerHttp *self, FoyerHttpRequest *request);

FoyerReach foyer_http_get_reach (FoyerHttp *self);
FoyerHealth *foyer_http_dup_health (FoyerHttp *self);
gboolean foyer_http_get_service_time (FoyerHttp *self, FoyerTime *now, gint64 *uncertainty);

void foyer_http_send_async (FoyerHttp *self,
                            FoyerHttpRequest *request,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
FoyerHttpResponse *foyer_http_send_finish (FoyerHttp *self, GAsyncResult *result, GError **error);

G_END_DECLS
