/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench.h"
#include "foyer-connection.h"
#include "foyer-sqlite-store.h"

G_BEGIN_DECLS

/* An event of any size, the same each time: attendee n has the id n + 1 and the secret of
 * bench_world_dup_secret(). List 1 has everybody. */

#define BENCH_CONNECTION "bench"
#define BENCH_LIST 1

FoyerSqliteStore *bench_store_open (const char *directory, FoyerClock *clock);
void bench_store_close (FoyerSqliteStore *store);

FoyerConnection *bench_connection_new (const char *base_url);
void bench_store_put_connection (FoyerSqliteStore *store, FoyerConnection *connection);

void bench_world_fill (FoyerMirror *mirror, gint64 attendees);
FoyerPage *bench_world_create_page (gint64 first, gint64 end, const char *next, gboolean changed);
char *bench_world_dup_secret (gint64 attendee);
char *bench_world_dup_name (gint64 attendee);
char *bench_world_dup_code (gint64 attendee);

G_END_DECLS
