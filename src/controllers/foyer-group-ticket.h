/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-person-words.h"

G_BEGIN_DECLS

#define FOYER_TYPE_GROUP_TICKET (foyer_group_ticket_get_type ())

/**
 * FoyerGroupTicket:
 *
 * One ticket of a group. Property `ticked` (gboolean, writable, notified): the person is here.
 */
G_DECLARE_FINAL_TYPE (FoyerGroupTicket, foyer_group_ticket, FOYER, GROUP_TICKET, GObject)

FoyerGroupTicket *foyer_group_ticket_new (FoyerPerson *person, FoyerPersonWords *words);
FoyerPerson *foyer_group_ticket_get_person (FoyerGroupTicket *self);
FoyerPersonWords *foyer_group_ticket_get_words (FoyerGroupTicket *self);
gboolean foyer_group_ticket_get_ticked (FoyerGroupTicket *self);
void foyer_group_ticket_set_ticked (FoyerGroupTicket *self, gboolean ticked);

G_END_DECLS
