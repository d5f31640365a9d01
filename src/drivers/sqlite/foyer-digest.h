/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint64 foyer_digest_begin (void);
guint64 foyer_digest_text (guint64 digest, const char *text);
guint64 foyer_digest_int (guint64 digest, gint64 value);
gint64 foyer_digest_end (guint64 digest);

G_END_DECLS
