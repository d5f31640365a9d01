/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-http.h"
#include "foyer-service.h"

G_BEGIN_DECLS

#define FOYER_TYPE_PRETIX_SERVICE (foyer_pretix_service_get_type ())
G_DECLARE_FINAL_TYPE (FoyerPretixService, foyer_pretix_service, FOYER, PRETIX_SERVICE, GObject)

FoyerService *foyer_pretix_service_new (FoyerConnection *connection,
                                        const char *credential,
                                        FoyerHttp *http,
                                        GError **error);
void foyer_pretix_service_set_languages (FoyerPretixService *self, const char *const *locales);

G_END_DECLS
