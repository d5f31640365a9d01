/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signatures: the port. */

#define G_LOG_DOMAIN "foyer-ports"

#include "foyer-signatures.h"

G_DEFINE_INTERFACE (FoyerSignatures, foyer_signatures, G_TYPE_OBJECT)

static void
foyer_signatures_default_init (FoyerSignaturesInterface *iface)
{
}

/**
 * foyer_signatures_read_ticket:
 * @self: the object
 * @code: a code as scanned, trimmed
 * @keys: (array zero-terminated=1) (nullable): the event's public keys as the service gives them: base64 of a
 *   PEM file
 *
 * See #FoyerSignaturesInterface.
 *
 * Returns: (transfer full) (nullable): what the code says of its ticket; %NULL if it is not signed by one of
 *   the keys
 */
FoyerSignedTicket *
foyer_signatures_read_ticket (FoyerSignatures *self, const char *code, const char *const *keys)
{
  g_return_val_if_fail (FOYER_IS_SIGNATURES (self), NULL);
  g_return_val_if_fail (code != NULL, NULL);

  if (keys == NULL || *keys == NULL)
    return NULL;
  return FOYER_SIGNATURES_GET_IFACE (self)->read_ticket (self, code, keys);
}
