/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-call-recorder.h"
#include "foyer-workspace.h"

G_BEGIN_DECLS

/* For the parts of a workspace (foyer-workspace-*.c) alone. */

struct _FoyerWorkspace
{
  GObject parent_instance;

  char *name;
  char *actor;
  FoyerJournal *journal;       /* (owned) */
  FoyerMirror *mirror;         /* (owned) */
  FoyerQuery *query;           /* (owned) */
  FoyerSecrets *secrets;       /* (owned) */
  FoyerSignatures *signatures; /* (owned) (nullable) */
  FoyerClock *clock;           /* (owned) */
  FoyerServiceFactory factory;
  gpointer factory_data;
  GDestroyNotify factory_destroy;

  GListStore *desks;
  FoyerDispatcher *dispatcher; /* (owned) */
  FoyerCallRecorder *recorder; /* (owned) */
  FoyerLine line;
  gboolean counting;
  gboolean count_again;
  gboolean loaded;
  gboolean started;
  gboolean offline;
  guint sync_interval;
  GSource *wake_timer;

  GTask *closing; /* (owned) (nullable) */
  gint64 close_by;
  GSource *close_timer;
};

guint foyer_workspace_get_n_desks (FoyerWorkspace *self);
FoyerDesk *foyer_workspace_get_nth (FoyerWorkspace *self, guint position);
FoyerDesk *
foyer_workspace_find_desk (FoyerWorkspace *self, const char *connection, guint *position);
FoyerDesk *
foyer_workspace_add_desk (FoyerWorkspace *self, FoyerConnection *connection, FoyerService *service);
void foyer_workspace_count (FoyerWorkspace *self);
void foyer_workspace_set_loaded (FoyerWorkspace *self);
void foyer_workspace_set_to_work (FoyerWorkspace *self, FoyerDesk *desk);
void foyer_workspace_set_all_to_work (FoyerWorkspace *self);

G_END_DECLS
