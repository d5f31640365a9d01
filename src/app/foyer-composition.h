/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-workspace.h"

G_BEGIN_DECLS

#define FOYER_TYPE_COMPOSITION (foyer_composition_get_type ())

/**
 * FoyerComposition:
 *
 * The composition root of both programs: the real ends of all ports, put together into a workspace.
 */
G_DECLARE_FINAL_TYPE (FoyerComposition, foyer_composition, FOYER, COMPOSITION, GObject)

/**
 * FOYER_DEFAULT_WORKSPACE:
 *
 * The workspace that is meant when none is named.
 */
#define FOYER_DEFAULT_WORKSPACE "default"

char *foyer_composition_dup_application_id (const char *name);
char *foyer_composition_dup_directory (const char *name);
gboolean foyer_composition_check_name (const char *name);

void foyer_composition_open_async (const char *name,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
FoyerComposition *foyer_composition_open_finish (GAsyncResult *result, GError **error);
void foyer_composition_close_async (FoyerComposition *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
foyer_composition_close_finish (FoyerComposition *self, GAsyncResult *result, GError **error);

FoyerWorkspace *foyer_composition_get_workspace (FoyerComposition *self);
void foyer_composition_watch_network (FoyerComposition *self);
char *foyer_composition_dup_repairs (FoyerComposition *self);
void foyer_composition_put_credential (FoyerComposition *self,
                                       const char *reference,
                                       const char *credential);
void foyer_composition_keep_no_credentials (FoyerComposition *self);

G_END_DECLS
