/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What of a response the files of this folder and their tests share; no driver includes it. */

#include "foyer-http-response.h"

G_BEGIN_DECLS

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

G_END_DECLS
