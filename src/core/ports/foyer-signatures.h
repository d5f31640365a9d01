/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-signed-ticket.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SIGNATURES (foyer_signatures_get_type ())
G_DECLARE_INTERFACE (FoyerSignatures, foyer_signatures, FOYER, SIGNATURES, GObject)

/**
 * FoyerSignaturesInterface:
 * @read_ticket: reads a signed code (contracts/pretix-checkin.md 10); %NULL if it is none, or none of @keys
 *   signed it
 *
 * Signatures. A pure function over values, safe in any thread, and quick.
 */
struct _FoyerSignaturesInterface
{
  GTypeInterface parent;

  FoyerSignedTicket *(*read_ticket) (FoyerSignatures *self,
                                     const char *code,
                                     const char *const *keys);
};

FoyerSignedTicket *
foyer_signatures_read_ticket (FoyerSignatures *self, const char *code, const char *const *keys);

G_END_DECLS
