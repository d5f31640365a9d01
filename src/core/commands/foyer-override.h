/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-admission.h"

G_BEGIN_DECLS

/**
 * FoyerOffer:
 * @FOYER_OFFER_NOTHING: no way in
 * @FOYER_OFFER_UNPAID: not paid, and the list lets staff decide (`ignore_unpaid`)
 * @FOYER_OFFER_OVERRIDE: the service stores it if a person insists (`force`), with a reason
 *
 * What a person at the door can still do for somebody who was refused.
 */
typedef enum
{
  FOYER_OFFER_NOTHING,
  FOYER_OFFER_UNPAID,
  FOYER_OFFER_OVERRIDE,
} FoyerOffer;

FoyerOffer foyer_override_find_offer (const FoyerAdmission *admission);
const char *foyer_offer_to_word (FoyerOffer offer);

G_END_DECLS
