/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SIGNED_TICKET (foyer_signed_ticket_get_type ())

/**
 * FoyerSignedTicket:
 * @product: id of the product
 * @variation: id of its variation, or 0
 * @subevent: id of the series date, or 0
 * @valid_from: start of its validity, or %FOYER_TIME_NONE
 * @valid_until: end of its validity, or %FOYER_TIME_NONE
 *
 * What a signed code (contracts/pretix-checkin.md 10) says of its ticket, its signature being good.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerSignedTicket FoyerSignedTicket;
struct _FoyerSignedTicket
{
  gint64 product;
  gint64 variation;
  gint64 subevent;
  FoyerTime valid_from;
  FoyerTime valid_until;
};

GType foyer_signed_ticket_get_type (void) G_GNUC_CONST;
FoyerSignedTicket *foyer_signed_ticket_new (void);
FoyerSignedTicket *foyer_signed_ticket_ref (FoyerSignedTicket *self);
void foyer_signed_ticket_unref (FoyerSignedTicket *self);

gboolean foyer_signed_ticket_may_be (const char *code);
gint64 foyer_signed_ticket_make_id (const char *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerSignedTicket, foyer_signed_ticket_unref)

G_END_DECLS
