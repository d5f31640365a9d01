/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"
#include "foyer-attendee.h"

G_BEGIN_DECLS

/**
 * FoyerOrderStatus:
 * @FOYER_ORDER_PENDING: not paid yet (`n`)
 * @FOYER_ORDER_PAID: paid (`p`)
 * @FOYER_ORDER_EXPIRED: not paid in time (`e`)
 * @FOYER_ORDER_CANCELED: canceled (`c`)
 */
typedef enum
{
  FOYER_ORDER_PENDING,
  FOYER_ORDER_PAID,
  FOYER_ORDER_EXPIRED,
  FOYER_ORDER_CANCELED,
} FoyerOrderStatus;

#define FOYER_TYPE_ORDER (foyer_order_get_type ())

/**
 * FoyerOrder:
 * @code: the service's key, unique within the organiser
 * @status: paid, pending, ...
 * @require_approval: while pending: waits for the organiser's approval
 * @valid_if_pending: its tickets count though unpaid
 * @testmode: a test order
 * @attention: whether the person at the door must look closer
 * @checkin_text: (nullable): what to tell the person at the door
 * @email: (nullable): the buyer's
 * @phone: (nullable)
 * @name: (nullable): the invoice address's name
 * @company: (nullable): the invoice address's company
 * @locale: (nullable)
 * @total: (nullable): decimal text in the event's currency
 * @datetime: when it was made
 * @expires: or %FOYER_TIME_NONE
 * @last_modified: or %FOYER_TIME_NONE
 * @document: (nullable): the whole order as the service's JSON, for desks that keep whole orders
 * @attendees: (element-type FoyerAttendee): its tickets, canceled ones included
 *
 * An order with its tickets.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerOrder FoyerOrder;
struct _FoyerOrder
{
  char *code;
  FoyerOrderStatus status;
  gboolean require_approval;
  gboolean valid_if_pending;
  gboolean testmode;
  gboolean attention;
  char *checkin_text;
  char *email;
  char *phone;
  char *name;
  char *company;
  char *locale;
  char *total;
  FoyerTime datetime;
  FoyerTime expires;
  FoyerTime last_modified;
  char *document;
  GPtrArray *attendees;
};

GType foyer_order_get_type (void) G_GNUC_CONST;
FoyerOrder *foyer_order_new (void);
FoyerOrder *foyer_order_ref (FoyerOrder *self);
void foyer_order_unref (FoyerOrder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerOrder, foyer_order_unref)

const char *foyer_order_status_to_code (FoyerOrderStatus status);
gboolean foyer_order_status_from_code (const char *code, FoyerOrderStatus *status);

G_END_DECLS
