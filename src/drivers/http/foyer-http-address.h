/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean foyer_http_check_base_url (const char *base_url, GError **error);

G_END_DECLS
