/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-group-ticket.h"
#include "foyer-order-detail.h"

G_BEGIN_DECLS

#define FOYER_TYPE_GROUP (foyer_group_get_type ())

/**
 * FoyerGroup:
 *
 * The tickets of one order, to be ticked: who of them is here. Who can come in as far as the copy knows
 * is ticked to begin with.
 *
 * Properties, notified: `tickets` (GListModel of FoyerGroupTicket), `title` (gchararray), `count`
 * (guint): how many are ticked.
 */
G_DECLARE_FINAL_TYPE (FoyerGroup, foyer_group, FOYER, GROUP, GObject)

/**
 * FoyerGroupDescribe:
 * @person: a ticket
 * @user_data: the caller's own
 *
 * Returns: (transfer full): the ticket in words
 */
typedef FoyerPersonWords *(*FoyerGroupDescribe) (FoyerPerson *person, gpointer user_data);

FoyerGroup *
foyer_group_new (FoyerOrderDetail *detail, FoyerGroupDescribe describe, gpointer user_data);
GListModel *foyer_group_get_tickets (FoyerGroup *self);
guint foyer_group_get_count (FoyerGroup *self);
GPtrArray *foyer_group_make_scans (FoyerGroup *self, gint64 list, gboolean leaving);

G_END_DECLS
