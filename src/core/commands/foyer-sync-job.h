/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-clock.h"
#include "foyer-mirror.h"
#include "foyer-service.h"
#include "foyer-sync-report.h"

G_BEGIN_DECLS

/**
 * FoyerSyncScope:
 * @FOYER_SYNC_GLANCE: orders and their check-ins that changed, and nothing else: what another desk did
 * @FOYER_SYNC_CHANGES: all that changed
 * @FOYER_SYNC_FULL: everything anew
 *
 * What a sync fetches.
 */
typedef enum
{
  FOYER_SYNC_GLANCE,
  FOYER_SYNC_CHANGES,
  FOYER_SYNC_FULL,
} FoyerSyncScope;

#define FOYER_TYPE_SYNC_JOB (foyer_sync_job_get_type ())

/**
 * FoyerSyncJob:
 *
 * One sync of one connection: every resource in order, page by page, the next page fetched while this one
 * is stored. It can be cut at any instant and goes on from there.
 *
 * Signal `progress` (gint64 stored, gint64 total): orders stored so far, orders there are (-1: not said).
 * Signal `heard` (): the service answered.
 */
G_DECLARE_FINAL_TYPE (FoyerSyncJob, foyer_sync_job, FOYER, SYNC_JOB, GObject)

FoyerSyncJob *foyer_sync_job_new (FoyerService *service,
                                  FoyerMirror *mirror,
                                  FoyerClock *clock,
                                  FoyerSyncScope scope);
void foyer_sync_job_run_async (FoyerSyncJob *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean foyer_sync_job_run_finish (FoyerSyncJob *self,
                                    GAsyncResult *result,
                                    FoyerSyncReport *report,
                                    GError **error);

G_END_DECLS
