/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

/**
 * FoyerSandboxScan:
 * @lists: (element-type JsonObject): the lists of the request
 * @events: (element-type FoyerSandboxEvent): their events, in the same order
 * @medium: (nullable): the medium that was scanned
 * @candidates: (element-type FoyerSandboxPosition): tickets the code may stand for
 * @position: (nullable): the ticket it does stand for
 * @list: the list that decides
 * @overridden: force has made a difference
 *
 * A redeem request, read and on its way through the checks.
 */
typedef struct
{
  FoyerSandboxCall *call;
  GPtrArray *lists;
  GPtrArray *events;
  char *secret;
  const char *source_type;
  const char *nonce;
  const char *exchange_type;
  const char *exchange_identifier;
  JsonObject *answers;
  FoyerTime at;
  gboolean exit;
  gboolean force;
  gboolean ignore_unpaid;
  gboolean simulate;
  gboolean questions_supported;
  gboolean per_list;
  gboolean canceled_supported;
  gboolean trust_ids;

  GPtrArray *candidates;
  FoyerSandboxMedium *medium;
  FoyerSandboxMark *revoked;
  FoyerSandboxPosition *position;
  FoyerSandboxEvent *event;
  JsonObject *list;
  gboolean foreign;
  gboolean ambiguous;
  gboolean overridden;
} FoyerSandboxScan;

FoyerSandboxScan *foyer_sandbox_scan_new (FoyerSandboxCall *call);
void foyer_sandbox_scan_free (FoyerSandboxScan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerSandboxScan, foyer_sandbox_scan_free)

gboolean foyer_sandbox_scan_read (FoyerSandboxScan *self);
gboolean foyer_sandbox_scan_read_per_list (FoyerSandboxScan *self);
void foyer_sandbox_scan_find (FoyerSandboxScan *self);
void foyer_sandbox_scan_set_position (FoyerSandboxScan *self, FoyerSandboxPosition *position);
FoyerSandboxMedium *
foyer_sandbox_world_get_medium (FoyerSandboxWorld *world, const char *type, const char *identifier);

G_END_DECLS
