/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-pretix-reader.h"
#include "foyer-service.h"

G_BEGIN_DECLS

/* pretix 2025.2, the first that keeps a fee at a partial cancellation */
#define FOYER_PRETIX_OLDEST_VERSION G_GINT64_CONSTANT (20250020000000)

gboolean foyer_pretix_map_version (JsonObject *object, FoyerServiceReport *report, GError **error);
gboolean foyer_pretix_map_device_info (JsonNode *node, FoyerServiceReport *report, GError **error);
FoyerEnrolment *foyer_pretix_map_enrolment (JsonNode *node, GError **error);
gboolean foyer_pretix_profile_permissions (const char *security_profile, guint *permissions);

G_END_DECLS
