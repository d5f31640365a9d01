/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a signed code says of its ticket. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-signed-ticket.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (FoyerSignedTicket,
                     foyer_signed_ticket,
                     foyer_signed_ticket_ref,
                     foyer_signed_ticket_unref)

/**
 * foyer_signed_ticket_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerSignedTicket *
foyer_signed_ticket_new (void)
{
  FoyerSignedTicket *self = g_atomic_rc_box_new0 (FoyerSignedTicket);

  self->valid_from = FOYER_TIME_NONE;
  self->valid_until = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_signed_ticket_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerSignedTicket *
foyer_signed_ticket_ref (FoyerSignedTicket *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_signed_ticket_unref:
 * @self: (transfer full): a value
 */
void
foyer_signed_ticket_unref (FoyerSignedTicket *self)
{
  g_atomic_rc_box_release (self);
}

/* Of those seen, 120 to 140. A short one would have no room for the signature; the longest payload would
 * make a code that no scanner reads. */
#define SHORTEST 96
#define LONGEST 2048

/**
 * foyer_signed_ticket_may_be:
 * @code: a code as scanned
 *
 * Returns: whether it is worth looking whether it is signed; a quick look that knows no key
 */
gboolean
foyer_signed_ticket_may_be (const char *code)
{
  gsize length = strlen (code);

  if (length < SHORTEST || length > LONGEST)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (code[i]) && strchr ("+/=", code[i]) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * foyer_signed_ticket_make_id:
 * @code: a signed code
 *
 * The copy does not know the ticket's id, but what this desk does with it must be found again when the same
 * code comes back. Ids of a service are positive.
 *
 * Returns: a number below 0, the same for the same code
 */
gint64
foyer_signed_ticket_make_id (const char *code)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  gint64 id = 0;

  g_checksum_update (checksum, (const guchar *)code, -1);
  g_checksum_get_digest (checksum, digest, &length);
  for (gsize i = 0; i < 5; i++)
    id = id << 8 | digest[i];
  return -1 - id;
}
