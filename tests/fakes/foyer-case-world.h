/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "foyer-admission.h"
#include "foyer-scan.h"

G_BEGIN_DECLS

/**
 * FoyerCaseWorld:
 * @lists: id of a list as text to its #FoyerAdmissionPlace, without a gate
 * @orders: (element-type FoyerOrder): the orders, with their tickets as they are by now
 *
 * The state of one case of fixtures/pretix-admission-cases.json: what a desk's copy would hold.
 */
typedef struct
{
  JsonObject *file;
  JsonObject *object;
  GHashTable *places;
  GHashTable *products;
  GHashTable *subevents;
  GPtrArray *questions;
  GPtrArray *orders;
  GHashTable *events_of_orders;
} FoyerCaseWorld;

FoyerCaseWorld *foyer_case_world_new (JsonObject *file, JsonObject *case_object);
void foyer_case_world_free (FoyerCaseWorld *self);
FoyerScan *foyer_case_world_read_scan (FoyerCaseWorld *self, JsonObject *step);
FoyerAdmissionFacts *foyer_case_world_gather (FoyerCaseWorld *self,
                                              JsonObject *step,
                                              FoyerScan *scan,
                                              gboolean *indirect,
                                              gboolean *medium);
void foyer_case_world_apply (FoyerCaseWorld *self, FoyerAdmission *admission, FoyerScan *scan);
FoyerAttendee *foyer_case_world_find_attendee (FoyerCaseWorld *self, gint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerCaseWorld, foyer_case_world_free)

G_END_DECLS
