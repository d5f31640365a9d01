/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-connection.h"
#include "foyer-http.h"
#include "foyer-pretix-reader.h"

G_BEGIN_DECLS

#define FOYER_TYPE_PRETIX_CLIENT (foyer_pretix_client_get_type ())

/**
 * FoyerPretixClient:
 * @http: the line to the server
 * @connection: which account, which event
 * @reader: for whom the answers are read
 * @locales: (nullable): the languages @reader was made from
 * @authorized: whether there is a key
 *
 * What every part of the driver needs. Lives on one main context; threads get @reader.
 */
typedef struct _FoyerPretixClient FoyerPretixClient;
struct _FoyerPretixClient
{
  FoyerHttp *http;
  FoyerConnection *connection;
  FoyerPretixReader *reader;
  GStrv locales;
  gboolean authorized;
};

GType foyer_pretix_client_get_type (void) G_GNUC_CONST;
FoyerPretixClient *foyer_pretix_client_new (FoyerHttp *http,
                                            FoyerConnection *connection,
                                            const char *const *locales,
                                            gboolean authorized);
FoyerPretixClient *foyer_pretix_client_ref (FoyerPretixClient *self);
void foyer_pretix_client_unref (FoyerPretixClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerPretixClient, foyer_pretix_client_unref)

#define FOYER_PRETIX_ROUTE_ORGANIZER "/api/v1/organizers/{organizer}"
#define FOYER_PRETIX_ROUTE_EVENT FOYER_PRETIX_ROUTE_ORGANIZER "/events/{event}"

gboolean foyer_pretix_client_is_device (FoyerPretixClient *self);
void foyer_pretix_client_learn_locale (FoyerPretixClient *self, const char *event_locale);
gboolean
foyer_pretix_client_check_route (FoyerPretixClient *self, const char *route, GError **error);
char *foyer_pretix_client_dup_path (FoyerPretixClient *self, const char *route);
FoyerHttpRequest *
foyer_pretix_client_new_request (FoyerPretixClient *self, const char *method, const char *route);

G_END_DECLS
