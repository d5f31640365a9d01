/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a refusal leaves open: pure functions. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-override.h"

/* What force does not pass, or what it would not be known whom to let in with (contracts/pretix-checkin.md
 * 4, 11). */
static gboolean
is_final (const FoyerAdmission *admission)
{
  static const char *const final[] = { "invalid",        "ambiguous",     "error",
                                       "medium_invalid", "medium_exists", NULL };

  if (admission->reason == NULL || g_strv_contains (final, admission->reason))
    return TRUE;

  /* A rule that is broken explains itself to nobody, and is refused with force, too. */
  return g_str_equal (admission->reason, "rules") && admission->rule_hint == NULL
         && admission->explanation == NULL;
}

/**
 * foyer_override_find_offer:
 * @admission: a decision
 *
 * Returns: what can be offered: nothing where the service would refuse even so, where it is not known
 *   whom it is about, or where nothing was decided
 */
FoyerOffer
foyer_override_find_offer (const FoyerAdmission *admission)
{
  if (admission->result != FOYER_ADMISSION_REFUSED
      || (!admission->certain && !admission->by_service) || admission->candidate == NULL
      || admission->candidate->attendee->canceled || is_final (admission))
    return FOYER_OFFER_NOTHING;

  if (g_str_equal (admission->reason, "unpaid") && admission->unpaid_may_enter)
    return FOYER_OFFER_UNPAID;
  return FOYER_OFFER_OVERRIDE;
}

/**
 * foyer_offer_to_word:
 * @offer: an offer
 *
 * Returns: (nullable): the word used by scripts; %NULL for nothing
 */
const char *
foyer_offer_to_word (FoyerOffer offer)
{
  switch (offer)
    {
    case FOYER_OFFER_NOTHING:
      return NULL;
    case FOYER_OFFER_UNPAID:
      return "ignore_unpaid";
    case FOYER_OFFER_OVERRIDE:
      return "override";
    }

  g_return_val_if_reached (NULL);
}
