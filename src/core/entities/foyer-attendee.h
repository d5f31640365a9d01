/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"
#include "foyer-answer.h"
#include "foyer-check-in.h"

G_BEGIN_DECLS

#define FOYER_TYPE_ATTENDEE (foyer_attendee_get_type ())

/**
 * FoyerAttendee:
 * @id: the service's id of the position
 * @positionid: number within the order, 1, 2, 3
 * @order: code of the order
 * @product: id of the product
 * @variation: id of the variation, or 0
 * @subevent: id of the series date, or 0
 * @secret: (nullable): what the code on the ticket says
 * @name: (nullable): the person's name; an add-on without one has its main ticket's
 * @email: (nullable)
 * @company: (nullable)
 * @canceled: canceled by itself (its order may be canceled too)
 * @blocked: blocked by the organiser
 * @valid_from: or %FOYER_TIME_NONE
 * @valid_until: or %FOYER_TIME_NONE
 * @addon_to: id of the main ticket, or 0
 * @pseudonymization_id: (nullable): a number that names nobody
 * @check_ins: (element-type FoyerCheckIn): successful scans, by time then id
 * @answers: (element-type FoyerAnswer): answers given
 *
 * A ticket: an order position with a secret. Personal data. @secret is opaque, maybe long, compared
 * byte for byte, and unique within the connection's organiser only.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerAttendee FoyerAttendee;
struct _FoyerAttendee
{
  gint64 id;
  gint64 positionid;
  char *order;
  gint64 product;
  gint64 variation;
  gint64 subevent;
  char *secret;
  char *name;
  char *email;
  char *company;
  gboolean canceled;
  gboolean blocked;
  FoyerTime valid_from;
  FoyerTime valid_until;
  gint64 addon_to;
  char *pseudonymization_id;
  GPtrArray *check_ins;
  GPtrArray *answers;
};

GType foyer_attendee_get_type (void) G_GNUC_CONST;
FoyerAttendee *foyer_attendee_new (void);
FoyerAttendee *foyer_attendee_ref (FoyerAttendee *self);
void foyer_attendee_unref (FoyerAttendee *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerAttendee, foyer_attendee_unref)

G_END_DECLS
