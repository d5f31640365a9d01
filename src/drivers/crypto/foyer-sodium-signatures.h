/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-signatures.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SODIUM_SIGNATURES (foyer_sodium_signatures_get_type ())

/**
 * FoyerSodiumSignatures:
 *
 * Signatures by libsodium.
 */
G_DECLARE_FINAL_TYPE (FoyerSodiumSignatures,
                      foyer_sodium_signatures,
                      FOYER,
                      SODIUM_SIGNATURES,
                      GObject)

FoyerSignatures *foyer_sodium_signatures_new (void);

G_END_DECLS
