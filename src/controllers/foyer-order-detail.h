/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-list-choice.h"
#include "foyer-row.h"
#include "foyer-person-words.h"

G_BEGIN_DECLS

#define FOYER_TYPE_ORDER_DETAIL (foyer_order_detail_get_type ())

/**
 * FoyerOrderDetail:
 *
 * One ticket with its order and the order's other tickets, as a list sees them.
 *
 * Properties, notified: `loading` (gboolean); `problem` (gchararray, nullable): why it cannot be read;
 * `person` (FoyerPerson, nullable): the ticket itself; `facts` (gchararray): the order in one line;
 * `contact` (gchararray, nullable): the buyer; `note` (gchararray, nullable): what must not be
 * overlooked; `others` (GListModel of FoyerRow over FoyerPerson): the other tickets.
 */
G_DECLARE_FINAL_TYPE (FoyerOrderDetail, foyer_order_detail, FOYER, ORDER_DETAIL, GObject)

FoyerOrderDetail *
foyer_order_detail_new (FoyerListChoice *list, const char *order, gint64 attendee);
void foyer_order_detail_refresh (FoyerOrderDetail *self);
FoyerPerson *foyer_order_detail_get_person (FoyerOrderDetail *self);
GListModel *foyer_order_detail_get_others (FoyerOrderDetail *self);
const char *foyer_order_detail_get_order (FoyerOrderDetail *self);
gint64 foyer_order_detail_get_attendee (FoyerOrderDetail *self);
void foyer_order_detail_set_attendee (FoyerOrderDetail *self, gint64 attendee);
gboolean foyer_order_detail_can_admit (FoyerOrderDetail *self);

G_END_DECLS
