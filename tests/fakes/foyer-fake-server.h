/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-clock.h"
#include "foyer-error.h"
#include "foyer-page.h"
#include "foyer-step-result.h"
#include "foyer-step.h"

G_BEGIN_DECLS

/**
 * FoyerFakeFault:
 * @FOYER_FAKE_NONE: it goes well
 * @FOYER_FAKE_NEVER_SENT: no byte leaves
 * @FOYER_FAKE_LOST_REQUEST: it leaves, does nothing, and no answer comes
 * @FOYER_FAKE_LOST_ANSWER: it is done, and no answer comes
 * @FOYER_FAKE_BUSY: answered with 429
 * @FOYER_FAKE_BROKEN: answered with 500, nothing done
 * @FOYER_FAKE_UNAUTHORIZED: answered with 401
 * @FOYER_FAKE_INVALID: answered with 400 that is no decision
 * @FOYER_FAKE_FORBIDDEN: answered with 403
 *
 * What becomes of a call.
 */
typedef enum
{
  FOYER_FAKE_NONE,
  FOYER_FAKE_NEVER_SENT,
  FOYER_FAKE_LOST_REQUEST,
  FOYER_FAKE_LOST_ANSWER,
  FOYER_FAKE_BUSY,
  FOYER_FAKE_BROKEN,
  FOYER_FAKE_UNAUTHORIZED,
  FOYER_FAKE_INVALID,
  FOYER_FAKE_FORBIDDEN,
} FoyerFakeFault;

#define FOYER_TYPE_FAKE_SERVER (foyer_fake_server_get_type ())

/**
 * FoyerFakeServer:
 *
 * The far end, as far as commands need one: tickets with their check-ins, nonces, one entry a ticket, and
 * faults on request. Several #FoyerFakeService (desks, processes) may talk to one.
 */
G_DECLARE_FINAL_TYPE (FoyerFakeServer, foyer_fake_server, FOYER, FAKE_SERVER, GObject)

#define FOYER_FAKE_LIST 7
#define FOYER_FAKE_PRODUCT 3

FoyerFakeServer *foyer_fake_server_new (FoyerClock *clock);
gint64 foyer_fake_server_sell (FoyerFakeServer *self, const char *secret, const char *name);
void foyer_fake_server_refuse (FoyerFakeServer *self, const char *secret, const char *reason);
void foyer_fake_server_enter (FoyerFakeServer *self,
                              const char *secret,
                              FoyerTime datetime,
                              gint64 device_id);
guint foyer_fake_server_count (FoyerFakeServer *self, const char *secret);
char *foyer_fake_server_dup_ways (FoyerFakeServer *self, const char *secret);
void foyer_fake_server_forbid_annulment (FoyerFakeServer *self);
guint foyer_fake_server_count_annulled (FoyerFakeServer *self);
guint foyer_fake_server_count_refusals (FoyerFakeServer *self);
guint foyer_fake_server_get_sends (FoyerFakeServer *self);
guint foyer_fake_server_get_pulls (FoyerFakeServer *self);
void foyer_fake_server_set_skew (FoyerFakeServer *self, gint64 skew);
gint64 foyer_fake_server_get_skew (FoyerFakeServer *self);
void foyer_fake_server_set_delay (FoyerFakeServer *self, gint64 microseconds);
gint64 foyer_fake_server_get_delay (FoyerFakeServer *self);
void foyer_fake_server_set_page_size (FoyerFakeServer *self, guint records);
void foyer_fake_server_set_down (FoyerFakeServer *self, gboolean down);
gboolean foyer_fake_server_get_down (FoyerFakeServer *self);
void foyer_fake_server_add_fault (FoyerFakeServer *self, FoyerFakeFault fault);
void foyer_fake_server_forbid (FoyerFakeServer *self, FoyerResource resource);

FoyerStepResult *foyer_fake_server_perform (FoyerFakeServer *self,
                                            FoyerStep *step,
                                            gint64 device_id,
                                            GError **error);
FoyerStepResult *
foyer_fake_server_lookup (FoyerFakeServer *self, FoyerStep *step, gint64 device_id, GError **error);
FoyerPage *
foyer_fake_server_pull (FoyerFakeServer *self, FoyerPullRequest *request, GError **error);

G_END_DECLS
