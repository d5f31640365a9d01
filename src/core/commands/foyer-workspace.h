/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-dispatcher.h"
#include "foyer-secrets.h"
#include "foyer-settlement.h"

G_BEGIN_DECLS

#define FOYER_TYPE_WORKSPACE (foyer_workspace_get_type ())

/**
 * FoyerWorkspace:
 *
 * One organiser's connections with their journal and mirror: what the window and foyerctl both stand
 * on. Made by the composition root from the real ends of the ports.
 *
 * It is a GListModel of #FoyerDesk. Properties, notified: `recorded`, `sent`, `waiting`, `needs-you`
 * (gint64, the line that adds up, read from the journal after each change), `loaded` (gboolean),
 * `offline` (gboolean, writable: send and fetch nothing).
 * Signal `commands-changed` (): commands or the inbox may look different now.
 */
G_DECLARE_FINAL_TYPE (FoyerWorkspace, foyer_workspace, FOYER, WORKSPACE, GObject)

FoyerWorkspace *foyer_workspace_new (const char *name,
                                     FoyerJournal *journal,
                                     FoyerMirror *mirror,
                                     FoyerQuery *query,
                                     FoyerSecrets *secrets,
                                     FoyerClock *clock,
                                     FoyerServiceFactory factory,
                                     gpointer factory_data,
                                     GDestroyNotify factory_destroy);

const char *foyer_workspace_get_name (FoyerWorkspace *self);
const char *foyer_workspace_get_actor (FoyerWorkspace *self);
void foyer_workspace_set_actor (FoyerWorkspace *self, const char *actor);
FoyerJournal *foyer_workspace_get_journal (FoyerWorkspace *self);
FoyerMirror *foyer_workspace_get_mirror (FoyerWorkspace *self);
FoyerQuery *foyer_workspace_get_query (FoyerWorkspace *self);
void foyer_workspace_set_signatures (FoyerWorkspace *self, FoyerSignatures *signatures);
FoyerSecrets *foyer_workspace_get_secrets (FoyerWorkspace *self);
FoyerClock *foyer_workspace_get_clock (FoyerWorkspace *self);
FoyerDispatcher *foyer_workspace_get_dispatcher (FoyerWorkspace *self);
FoyerDesk *foyer_workspace_get_desk (FoyerWorkspace *self, const char *connection);
void foyer_workspace_get_line (FoyerWorkspace *self, FoyerLine *line);

void foyer_workspace_load_async (FoyerWorkspace *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean foyer_workspace_load_finish (FoyerWorkspace *self, GAsyncResult *result, GError **error);
void foyer_workspace_start (FoyerWorkspace *self);
void foyer_workspace_set_sync_interval (FoyerWorkspace *self, guint seconds);
gboolean foyer_workspace_get_offline (FoyerWorkspace *self);
void foyer_workspace_set_offline (FoyerWorkspace *self, gboolean offline);
void foyer_workspace_wake (FoyerWorkspace *self);

FoyerService *foyer_workspace_create_service (FoyerWorkspace *self,
                                              FoyerConnection *connection,
                                              const char *credential,
                                              GError **error);

void foyer_workspace_add_async (FoyerWorkspace *self,
                                FoyerConnection *connection,
                                const char *credential,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
FoyerDesk *foyer_workspace_add_finish (FoyerWorkspace *self,
                                       GAsyncResult *result,
                                       FoyerSecretsPlace *place,
                                       GError **error);
void foyer_workspace_remove_async (FoyerWorkspace *self,
                                   const char *connection,
                                   gint64 may_wait,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean foyer_workspace_remove_finish (FoyerWorkspace *self,
                                        GAsyncResult *result,
                                        gint64 *waiting,
                                        GError **error);
void foyer_workspace_settle_async (FoyerWorkspace *self,
                                   const char *command_id,
                                   FoyerSettlement settlement,
                                   const char *note,
                                   const char *actor,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean foyer_workspace_settle_finish (FoyerWorkspace *self, GAsyncResult *result, GError **error);
void foyer_workspace_record_call (FoyerWorkspace *self, FoyerCall *call);
void foyer_workspace_close_async (FoyerWorkspace *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean foyer_workspace_close_finish (FoyerWorkspace *self, GAsyncResult *result, GError **error);

G_END_DECLS
