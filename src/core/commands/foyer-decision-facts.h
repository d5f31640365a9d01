/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-journal.h"
#include "foyer-scan.h"
#include "foyer-signatures.h"

G_BEGIN_DECLS

FoyerAdmissionFacts *foyer_decision_gather_facts (FoyerTransaction *transaction,
                                                  FoyerSignatures *signatures,
                                                  const char *connection,
                                                  const FoyerScan *scan,
                                                  const gint64 *lists,
                                                  gsize n_lists,
                                                  GError **error);

G_END_DECLS
