/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-desk.h"
#include "foyer-verdict-claim.h"

G_BEGIN_DECLS

#define FOYER_TYPE_DISPATCHER (foyer_dispatcher_get_type ())

/**
 * FoyerDispatcher:
 *
 * Carries waiting commands out, each exactly once (docs/architecture.md), if this process holds the
 * workspace's sender lock.
 *
 * Properties: `sender` (gboolean, notified): this process carries out. `paused` (gboolean, writable):
 * send nothing (foyerctl --offline).
 * Signal `settled` (FoyerCommand *): a command has reached a state of rest. Signal `left-to-others` ():
 * something waits here that another process carries out.
 */
G_DECLARE_FINAL_TYPE (FoyerDispatcher, foyer_dispatcher, FOYER, DISPATCHER, GObject)

FoyerDispatcher *foyer_dispatcher_new (FoyerJournal *journal, FoyerClock *clock);
void foyer_dispatcher_add_desk (FoyerDispatcher *self, FoyerDesk *desk);
void foyer_dispatcher_remove_desk (FoyerDispatcher *self, FoyerDesk *desk);
void foyer_dispatcher_start (FoyerDispatcher *self);
void foyer_dispatcher_stop (FoyerDispatcher *self);
gboolean foyer_dispatcher_is_idle (FoyerDispatcher *self);
gboolean foyer_dispatcher_would_send (FoyerDispatcher *self, FoyerDesk *desk);
void foyer_dispatcher_wake (FoyerDispatcher *self);
void foyer_dispatcher_retry (FoyerDispatcher *self);
gboolean foyer_dispatcher_get_sender (FoyerDispatcher *self);
gboolean foyer_dispatcher_get_paused (FoyerDispatcher *self);
void foyer_dispatcher_set_paused (FoyerDispatcher *self, gboolean paused);
gint64 foyer_dispatcher_get_deadline (FoyerDispatcher *self, FoyerDesk *desk);
void foyer_dispatcher_send_now (FoyerDispatcher *self,
                                FoyerCommand *command,
                                FoyerVerdictClaim claim,
                                gpointer user_data,
                                GDestroyNotify destroy);
void foyer_dispatcher_forget_claim (FoyerDispatcher *self, const char *command_id);
void foyer_dispatcher_drain_async (FoyerDispatcher *self,
                                   gint64 patience,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean
foyer_dispatcher_drain_finish (FoyerDispatcher *self, GAsyncResult *result, GError **error);

G_END_DECLS
