/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-decision.h"
#include "foyer-desk.h"
#include "foyer-dispatcher.h"
#include "foyer-scan.h"
#include "foyer-verdict.h"

G_BEGIN_DECLS

#define FOYER_TYPE_ADMIT_JOB (foyer_admit_job_get_type ())

/**
 * FoyerAdmitJob:
 *
 * One scan, from the code to the verdict: decide in one journal transaction, tell, send, hear, and at
 * the deadline let the desk's decision stand (docs/architecture.md).
 *
 * Signal `recognised` (FoyerAdmission *): the desk's own decision, on disk if it admits: the name can be
 * shown. The verdict follows as the result of foyer_admit_job_run_finish().
 */
G_DECLARE_FINAL_TYPE (FoyerAdmitJob, foyer_admit_job, FOYER, ADMIT_JOB, GObject)

/**
 * FOYER_DEADLINE_ADAPTIVE:
 *
 * Wait for the service twice the 95th percentile of its recent answers, at most 400 ms.
 */
#define FOYER_DEADLINE_ADAPTIVE G_GINT64_CONSTANT (-1)

FoyerAdmitJob *foyer_admit_job_new (FoyerDesk *desk, FoyerDispatcher *dispatcher, FoyerScan *scan);
void foyer_admit_job_set_deadline (FoyerAdmitJob *self, gint64 microseconds);
void foyer_admit_job_set_actor (FoyerAdmitJob *self, const char *actor);
void foyer_admit_job_set_tentative (FoyerAdmitJob *self, gboolean tentative);
void foyer_admit_job_run_async (FoyerAdmitJob *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
FoyerDecisionRequest *foyer_admit_job_make_request (FoyerAdmitJob *self);
void foyer_admit_job_go_on_async (FoyerAdmitJob *self,
                                  FoyerDecision *decision,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
FoyerVerdict *
foyer_admit_job_run_finish (FoyerAdmitJob *self, GAsyncResult *result, GError **error);

G_END_DECLS
