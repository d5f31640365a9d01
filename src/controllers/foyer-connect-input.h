/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *foyer_connect_input_clean_address (const char *text);
gboolean foyer_connect_input_parse_code (const char *text, char **address, char **token);
gboolean foyer_connect_input_validate (const char *address,
                                       const char *key,
                                       gboolean key_known,
                                       GError **error);

G_END_DECLS
