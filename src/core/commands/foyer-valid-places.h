/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-admission.h"
#include "foyer-journal.h"
#include "foyer-scan.h"
#include "foyer-signatures.h"

G_BEGIN_DECLS

gboolean foyer_valid_places_find (FoyerTransaction *transaction,
                                  FoyerSignatures *signatures,
                                  const char *connection,
                                  FoyerScan *scan,
                                  FoyerAdmission *admission,
                                  GError **error);

G_END_DECLS
