/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-clock.h"
#include "foyer-mirror.h"
#include "foyer-service.h"
#include "foyer-sync-job.h"
#include "foyer-sync-report.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SYNC_RUNNER (foyer_sync_runner_get_type ())

/**
 * FoyerSyncRunner:
 *
 * One sync at a time: who asks while one runs waits for that one, and some time after its end the next is
 * due.
 *
 * Signals:
 * - `progress` (): stored or total have changed
 * - `heard` (): the service has answered
 * - `fetched` (GError *error, nullable): the job is over; the owner does what is to be done after it, and
 *   says foyer_sync_runner_end()
 * - `ended` (GError *error, nullable): nothing runs any more; who waited is told after this
 * - `due` (FoyerSyncScope as int): the next one may begin; if it cannot, foyer_sync_runner_wait() waits once more
 */
G_DECLARE_FINAL_TYPE (FoyerSyncRunner, foyer_sync_runner, FOYER, SYNC_RUNNER, GObject)

FoyerSyncRunner *foyer_sync_runner_new (FoyerMirror *mirror, FoyerClock *clock);
gboolean foyer_sync_runner_get_running (FoyerSyncRunner *self);
FoyerSyncScope foyer_sync_runner_get_scope (FoyerSyncRunner *self);
gint64 foyer_sync_runner_get_stored (FoyerSyncRunner *self);
gint64 foyer_sync_runner_get_total (FoyerSyncRunner *self);
const FoyerSyncReport *foyer_sync_runner_get_report (FoyerSyncRunner *self);
void foyer_sync_runner_set_interval (FoyerSyncRunner *self, guint seconds);
void foyer_sync_runner_run (FoyerSyncRunner *self,
                            FoyerService *service,
                            FoyerSyncScope scope,
                            GTask *task);
void foyer_sync_runner_end (FoyerSyncRunner *self, const GError *error);
void foyer_sync_runner_cancel (FoyerSyncRunner *self);
void foyer_sync_runner_wait (FoyerSyncRunner *self);

G_END_DECLS
