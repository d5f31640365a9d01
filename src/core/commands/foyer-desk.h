/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-door-clock.h"
#include "foyer-journal.h"
#include "foyer-mirror.h"
#include "foyer-query.h"
#include "foyer-service.h"
#include "foyer-signatures.h"
#include "foyer-sync-report.h"

G_BEGIN_DECLS

#define FOYER_TYPE_DESK (foyer_desk_get_type ())

/**
 * FoyerDesk:
 *
 * This laptop working for one connection: its service end (absent while the credential cannot be
 * read), its door time, and how fresh its copy is. Made by #FoyerWorkspace. All on the main context.
 *
 * Properties, all read-only and notified:
 * - `connection` (FoyerConnection)
 * - `service` (FoyerService, nullable)
 * - `problem` (GError as G_TYPE_ERROR, nullable): why there is no service, or why the last sync failed
 * - `reach` (int, #FoyerReach)
 * - `synced-at` (gint64): service's time of the last finished sync of everything, or %FOYER_TIME_NONE
 * - `complete` (gboolean): the mirror holds the whole event
 * - `syncing` (gboolean)
 * - `sync-stored`, `sync-total` (gint64): orders stored so far in the running sync, orders the service
 *   says there are (-1: not known)
 * - `offline` (gboolean, writable): send and fetch nothing, though the service may be in reach
 *
 * Signal `synced` (): a sync has finished.
 */
G_DECLARE_FINAL_TYPE (FoyerDesk, foyer_desk, FOYER, DESK, GObject)

FoyerDesk *foyer_desk_new (FoyerConnection *connection,
                           FoyerService *service,
                           FoyerJournal *journal,
                           FoyerMirror *mirror,
                           FoyerQuery *query,
                           FoyerClock *clock);

FoyerConnection *foyer_desk_get_connection (FoyerDesk *self);
FoyerService *foyer_desk_get_service (FoyerDesk *self);
FoyerJournal *foyer_desk_get_journal (FoyerDesk *self);
FoyerMirror *foyer_desk_get_mirror (FoyerDesk *self);
FoyerQuery *foyer_desk_get_query (FoyerDesk *self);
FoyerClock *foyer_desk_get_clock (FoyerDesk *self);
FoyerDoorClock *foyer_desk_get_door_clock (FoyerDesk *self);
FoyerSignatures *foyer_desk_get_signatures (FoyerDesk *self);
const GError *foyer_desk_get_problem (FoyerDesk *self);
FoyerReach foyer_desk_get_reach (FoyerDesk *self);
gboolean foyer_desk_can_ask (FoyerDesk *self);
FoyerTime foyer_desk_get_synced_at (FoyerDesk *self);
gboolean foyer_desk_get_complete (FoyerDesk *self);
gboolean foyer_desk_get_syncing (FoyerDesk *self);
const FoyerSyncReport *foyer_desk_get_sync_report (FoyerDesk *self);
gboolean foyer_desk_get_offline (FoyerDesk *self);

void foyer_desk_set_offline (FoyerDesk *self, gboolean offline);
void foyer_desk_set_signatures (FoyerDesk *self, FoyerSignatures *signatures);
void foyer_desk_set_service (FoyerDesk *self, FoyerService *service);
void foyer_desk_set_problem (FoyerDesk *self, const GError *problem);
void foyer_desk_hear (FoyerDesk *self);

void foyer_desk_load_async (FoyerDesk *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean foyer_desk_load_finish (FoyerDesk *self, GAsyncResult *result, GError **error);
void foyer_desk_check_async (FoyerDesk *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
FoyerServiceReport *foyer_desk_check_finish (FoyerDesk *self, GAsyncResult *result, GError **error);
void foyer_desk_sync_async (FoyerDesk *self,
                            gboolean full,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean foyer_desk_sync_finish (FoyerDesk *self, GAsyncResult *result, GError **error);
void foyer_desk_cancel_sync (FoyerDesk *self);
void foyer_desk_set_sync_interval (FoyerDesk *self, guint seconds);
void foyer_desk_set_probing (FoyerDesk *self, gboolean probing);
void foyer_desk_wake (FoyerDesk *self);

G_END_DECLS
