/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int foyer_locks_open (const char *directory, GError **error);
gboolean foyer_locks_claim_sender (int fd);
gboolean foyer_locks_claim_alone (int fd);
gboolean foyer_locks_share (int fd, gint64 patience, GError **error);

G_END_DECLS
