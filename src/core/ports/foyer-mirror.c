/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mirror port: dispatch, and the small values that travel through it. */

#define G_LOG_DOMAIN "foyer-ports"

#include "foyer-mirror.h"

G_DEFINE_BOXED_TYPE (FoyerSyncState, foyer_sync_state, foyer_sync_state_ref, foyer_sync_state_unref)
G_DEFINE_BOXED_TYPE (FoyerIngestReport,
                     foyer_ingest_report,
                     foyer_ingest_report_copy,
                     foyer_ingest_report_free)
G_DEFINE_INTERFACE (FoyerMirror, foyer_mirror, G_TYPE_OBJECT)

static void
foyer_mirror_default_init (FoyerMirrorInterface *iface)
{
  /**
   * FoyerMirror::changed:
   * @self: the mirror
   * @connection: whose rows
   * @resources: a set of `1 << FoyerResource`
   *
   * Rows were committed.
   */
  g_signal_new ("changed", FOYER_TYPE_MIRROR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                2, G_TYPE_STRING, G_TYPE_UINT);
}

/**
 * foyer_sync_state_new:
 *
 * Returns: (transfer full): an empty value (@synced_at %FOYER_TIME_NONE, @total -1), to be filled in by its maker
 */
FoyerSyncState *
foyer_sync_state_new (void)
{
  FoyerSyncState *self = g_atomic_rc_box_new0 (FoyerSyncState);

  self->synced_at = FOYER_TIME_NONE;
  self->total = -1;
  return self;
}

/**
 * foyer_sync_state_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerSyncState *
foyer_sync_state_ref (FoyerSyncState *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
foyer_sync_state_clear (gpointer data)
{
  FoyerSyncState *self = data;

  g_free (self->cursor);
  g_free (self->watermark);
}

/**
 * foyer_sync_state_unref:
 * @self: (transfer full): a value
 */
void
foyer_sync_state_unref (FoyerSyncState *self)
{
  g_atomic_rc_box_release_full (self, foyer_sync_state_clear);
}

/**
 * foyer_ingest_report_copy:
 * @self: a report
 *
 * Returns: (transfer full): a copy
 */
FoyerIngestReport *
foyer_ingest_report_copy (const FoyerIngestReport *self)
{
  return g_memdup2 (self, sizeof *self);
}

/**
 * foyer_ingest_report_free:
 * @self: (transfer full): a report
 */
void
foyer_ingest_report_free (FoyerIngestReport *self)
{
  g_free (self);
}

/**
 * foyer_mirror_ingest_async:
 * @self: the object
 * @connection: see #FoyerMirrorInterface
 * @page: see #FoyerMirrorInterface
 * @first: see #FoyerMirrorInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerMirrorInterface.
 */
void
foyer_mirror_ingest_async (FoyerMirror *self,
                           const char *connection,
                           FoyerPage *page,
                           gboolean first,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (FOYER_IS_MIRROR (self));

  FOYER_MIRROR_GET_IFACE (self)->ingest_async (self, connection, page, first, cancellable, callback,
                                               user_data);
}

/**
 * foyer_mirror_ingest_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerMirrorInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
FoyerIngestReport *
foyer_mirror_ingest_finish (FoyerMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_MIRROR (self), NULL);

  return FOYER_MIRROR_GET_IFACE (self)->ingest_finish (self, result, error);
}

/**
 * foyer_mirror_apply_result_async:
 * @self: the object
 * @connection: see #FoyerMirrorInterface
 * @scan: see #FoyerMirrorInterface
 * @result: what @callback got
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerMirrorInterface.
 */
void
foyer_mirror_apply_result_async (FoyerMirror *self,
                                 const char *connection,
                                 FoyerScan *scan,
                                 FoyerStepResult *result,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (FOYER_IS_MIRROR (self));

  FOYER_MIRROR_GET_IFACE (self)->apply_result_async (self, connection, scan, result, cancellable,
                                                     callback, user_data);
}

/**
 * foyer_mirror_apply_result_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerMirrorInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_mirror_apply_result_finish (FoyerMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_MIRROR (self), FALSE);

  return FOYER_MIRROR_GET_IFACE (self)->apply_result_finish (self, result, error);
}

/**
 * foyer_mirror_load_states_async:
 * @self: the object
 * @connection: see #FoyerMirrorInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerMirrorInterface.
 */
void
foyer_mirror_load_states_async (FoyerMirror *self,
                                const char *connection,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (FOYER_IS_MIRROR (self));

  FOYER_MIRROR_GET_IFACE (self)->load_states_async (self, connection, cancellable, callback,
                                                    user_data);
}

/**
 * foyer_mirror_load_states_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerMirrorInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
GPtrArray *
foyer_mirror_load_states_finish (FoyerMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_MIRROR (self), NULL);

  return FOYER_MIRROR_GET_IFACE (self)->load_states_finish (self, result, error);
}

/**
 * foyer_mirror_forget_async:
 * @self: the object
 * @connection: see #FoyerMirrorInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerMirrorInterface.
 */
void
foyer_mirror_forget_async (FoyerMirror *self,
                           const char *connection,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (FOYER_IS_MIRROR (self));

  FOYER_MIRROR_GET_IFACE (self)->forget_async (self, connection, cancellable, callback, user_data);
}

/**
 * foyer_mirror_forget_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerMirrorInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_mirror_forget_finish (FoyerMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_MIRROR (self), FALSE);

  return FOYER_MIRROR_GET_IFACE (self)->forget_finish (self, result, error);
}
