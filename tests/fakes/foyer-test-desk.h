/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-admit-job.h"
#include "foyer-dispatcher.h"
#include "foyer-fake-clock.h"
#include "foyer-fake-service.h"
#include "foyer-fake-store.h"
#include "foyer-undo-job.h"

G_BEGIN_DECLS

/**
 * FoyerTestDesk:
 *
 * One process: a store on a disk, a service end, a desk and a dispatcher, over a virtual clock.
 */
typedef struct
{
  FoyerFakeClock *clock;
  FoyerFakeServer *server;
  FoyerFakeStore *store;
  FoyerFakeService *service;
  FoyerDesk *desk;
  FoyerDispatcher *dispatcher;
} FoyerTestDesk;

#define FOYER_TEST_NOW G_GINT64_CONSTANT (1900000000000000)
#define FOYER_TEST_DEVICE 5

typedef gboolean (*FoyerTestPredicate) (gpointer data);

FoyerTestDesk *
foyer_test_desk_new (FoyerFakeClock *clock, FoyerFakeServer *server, FoyerFakeStore *disk);
void foyer_test_desk_free (FoyerTestDesk *self);
void foyer_test_desk_kill (FoyerTestDesk *self);
void foyer_test_desk_sync (FoyerTestDesk *self);
FoyerAdmitJob *foyer_test_desk_scan (FoyerTestDesk *self, const char *secret);
FoyerAdmitJob *foyer_test_desk_leave (FoyerTestDesk *self, const char *secret);
FoyerVerdict *foyer_test_desk_admit (FoyerTestDesk *self, const char *secret);
FoyerUndo *foyer_test_desk_undo (FoyerTestDesk *self, const char *command, GError **error);
FoyerCommand *foyer_test_desk_dup_command (FoyerTestDesk *self, guint position);
void foyer_test_desk_assert_line (FoyerTestDesk *self, guint sent, guint waiting, guint needs_you);
gboolean foyer_test_desk_has_settled (gpointer self);

void foyer_test_turn (void);
void foyer_test_run_until (FoyerFakeClock *clock, FoyerTestPredicate predicate, gpointer data);
void foyer_test_run_for (FoyerFakeClock *clock, gint64 microseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerTestDesk, foyer_test_desk_free)

G_END_DECLS
