/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "bench-world.h"
#include "foyer-admit-job.h"

G_BEGIN_DECLS

/**
 * BenchService:
 *
 * A foyer-sandbox in a process of its own, so that its work is not taken for ours, and a bare libsoup
 * session to it: the reference.
 */
typedef struct
{
  GSubprocess *process;
  SoupSession *session;
  char *url;
  char *token;
  char *organizer;
  char *event;
} BenchService;

void bench_service_start (BenchService *self, const char *program, gint64 attendees);
void bench_service_clear (BenchService *self);
GBytes *bench_service_call (BenchService *self, const char *path, const char *body);
JsonNode *bench_service_read (BenchService *self, const char *path, const char *body);
char *bench_service_dup_event_path (BenchService *self, const char *rest);
GPtrArray *bench_service_list_secrets (BenchService *self, guint n, gint64 *list);

void bench_service_redeem (BenchService *self, const char *secret, gint64 list);
void bench_admit (FoyerDesk *desk, FoyerDispatcher *dispatcher, const char *secret, gint64 list);

FoyerConnection *bench_service_create_connection (BenchService *self);
FoyerService *bench_service_connect (BenchService *self, FoyerConnection *connection);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenchService, bench_service_clear)

G_END_DECLS
