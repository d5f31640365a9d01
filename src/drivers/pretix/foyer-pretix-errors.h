/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-http-response.h"
#include "foyer-pretix-client.h"

G_BEGIN_DECLS

gboolean foyer_pretix_answer_is_refusal (FoyerHttpResponse *response);
char *foyer_pretix_answer_dup_text (FoyerHttpResponse *response);

gboolean foyer_pretix_error_is_foreign (const GError *error);

GError *foyer_pretix_error_from_answer (FoyerHttpResponse *response) G_GNUC_WARN_UNUSED_RESULT;
GError *foyer_pretix_error_not_pretix (FoyerPretixClient *client,
                                       const char *detail) G_GNUC_WARN_UNUSED_RESULT;
GError *foyer_pretix_error_unauthorized (FoyerPretixClient *client) G_GNUC_WARN_UNUSED_RESULT;
GError *foyer_pretix_error_event_closed (FoyerPretixClient *client,
                                         int http_status) G_GNUC_WARN_UNUSED_RESULT;
GError *foyer_pretix_error_with_sentence (const GError *error,
                                          const char *sentence) G_GNUC_WARN_UNUSED_RESULT;
GError *foyer_pretix_error_at_host (FoyerPretixClient *client,
                                    const GError *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
