/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-pretix-reader.h"
#include "foyer-scan.h"
#include "foyer-step-result.h"

G_BEGIN_DECLS

FoyerStepResult *foyer_pretix_map_redeem (JsonNode *node,
                                          int http_status,
                                          const FoyerScan *scan,
                                          gint64 device_id,
                                          FoyerPretixReader *reader,
                                          GError **error);
FoyerCheckIn *
foyer_pretix_find_check_in (GPtrArray *check_ins, const FoyerScan *scan, gint64 device_id);

G_END_DECLS
