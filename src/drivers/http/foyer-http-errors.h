/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "foyer-time.h"

G_BEGIN_DECLS

GError *
foyer_http_error_from_status (int status, gboolean is_read, const char *route, gint64 retry_after);
GError *foyer_http_error_from_transport (const GError *error,
                                         GTlsCertificateFlags flags,
                                         GTlsCertificate *certificate,
                                         const char *route);
gint64 foyer_http_parse_retry_after (const char *value, FoyerTime service_now);

G_END_DECLS
