/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "foyer-page.h"
#include "foyer-scan.h"
#include "foyer-step-result.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SYNC_STATE (foyer_sync_state_get_type ())

/**
 * FoyerSyncState:
 * @resource: of what
 * @cursor: (nullable): where an interrupted run goes on; %NULL: no run is under way
 * @watermark: (nullable): the mark of the last finished run
 * @complete: whether a run has ever been finished: the store holds all of it
 * @synced_at: the service's clock (or else the laptop's) when the last finished run began, or
 *   %FOYER_TIME_NONE
 * @stored: records held
 * @total: records the service said there are, or -1
 *
 * How far the mirror of one resource is. Immutable once made.
 */
typedef struct _FoyerSyncState FoyerSyncState;
struct _FoyerSyncState
{
  FoyerResource resource;
  char *cursor;
  char *watermark;
  gboolean complete;
  FoyerTime synced_at;
  gint64 stored;
  gint64 total;
};

GType foyer_sync_state_get_type (void) G_GNUC_CONST;
FoyerSyncState *foyer_sync_state_new (void);
FoyerSyncState *foyer_sync_state_ref (FoyerSyncState *self);
void foyer_sync_state_unref (FoyerSyncState *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerSyncState, foyer_sync_state_unref)

#define FOYER_TYPE_INGEST_REPORT (foyer_ingest_report_get_type ())

/**
 * FoyerIngestReport:
 * @stored: records written
 * @unchanged: records that were there as they came
 * @rejected: records that the store refused (each in its own savepoint; the rest of the page stays)
 * @deleted: records that were gone at the end of a whole run
 *
 * What became of a page.
 */
typedef struct
{
  gint64 stored;
  gint64 unchanged;
  gint64 rejected;
  gint64 deleted;
} FoyerIngestReport;

GType foyer_ingest_report_get_type (void) G_GNUC_CONST;
FoyerIngestReport *foyer_ingest_report_copy (const FoyerIngestReport *self);
void foyer_ingest_report_free (FoyerIngestReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerIngestReport, foyer_ingest_report_free)

#define FOYER_TYPE_MIRROR (foyer_mirror_get_type ())
G_DECLARE_INTERFACE (FoyerMirror, foyer_mirror, FOYER, MIRROR, GObject)

/**
 * FoyerMirrorInterface:
 * @ingest_async: stores one page, and how far the run is, in one transaction. First page of a run:
 *   pass @first. The page with no next cursor ends the run: the watermark becomes current, and after
 *   a whole run what it did not bring is deleted.
 * @apply_result_async: writes what a step's answer says (the ticket, and the check-in just made) before
 *   the command is marked done; a scan with a nonce is an annulment: its check-in goes. Repeatable.
 * @load_states_async: how far each resource of a connection is: (element-type FoyerSyncState)
 * @forget_async: deletes everything of a connection
 *
 * The disposable copy of what services say. Signal `changed` (const char *connection, guint resources: a
 * set of `1 << FoyerResource`) comes on the main context after commits, coalesced per turn.
 */
struct _FoyerMirrorInterface
{
  GTypeInterface parent;

  void (*ingest_async) (FoyerMirror *self,
                        const char *connection,
                        FoyerPage *page,
                        gboolean first,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  FoyerIngestReport *(*ingest_finish) (FoyerMirror *self, GAsyncResult *result, GError **error);
  void (*apply_result_async) (FoyerMirror *self,
                              const char *connection,
                              FoyerScan *scan,
                              FoyerStepResult *result,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
  gboolean (*apply_result_finish) (FoyerMirror *self, GAsyncResult *result, GError **error);
  void (*load_states_async) (FoyerMirror *self,
                             const char *connection,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
  GPtrArray *(*load_states_finish) (FoyerMirror *self, GAsyncResult *result, GError **error);
  void (*forget_async) (FoyerMirror *self,
                        const char *connection,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*forget_finish) (FoyerMirror *self, GAsyncResult *result, GError **error);
};

void foyer_mirror_ingest_async (FoyerMirror *self,
                                const char *connection,
                                FoyerPage *page,
                                gboolean first,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
FoyerIngestReport *
foyer_mirror_ingest_finish (FoyerMirror *self, GAsyncResult *result, GError **error);
void foyer_mirror_apply_result_async (FoyerMirror *self,
                                      const char *connection,
                                      FoyerScan *scan,
                                      FoyerStepResult *result,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean foyer_mirror_apply_result_finish (FoyerMirror *self, GAsyncResult *result, GError **error);
void foyer_mirror_load_states_async (FoyerMirror *self,
                                     const char *connection,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *
foyer_mirror_load_states_finish (FoyerMirror *self, GAsyncResult *result, GError **error);
void foyer_mirror_forget_async (FoyerMirror *self,
                                const char *connection,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean foyer_mirror_forget_finish (FoyerMirror *self, GAsyncResult *result, GError **error);

G_END_DECLS
