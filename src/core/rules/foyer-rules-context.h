/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-attendee.h"
#include "foyer-event.h"
#include "foyer-subevent.h"

G_BEGIN_DECLS

/**
 * FoyerRulesContext:
 * @now: the time of the scan
 * @event: the event; its zone is the rules' zone
 * @subevent: (nullable): the ticket's series date
 * @dates_unknown: the ticket has a series date that is not known: asking for its dates is an error
 * @product: id of the ticket's product
 * @variation: id of its variation, or 0
 * @gate: id of the desk's gate, or 0
 * @list: id of the list
 * @check_ins: (nullable) (element-type FoyerCheckIn): the ticket's successful scans; those of other lists
 *   are not looked at
 *
 * What the rules may ask about. Nothing in it is owned.
 */
typedef struct
{
  FoyerTime now;
  FoyerEvent *event;
  FoyerSubevent *subevent;
  gboolean dates_unknown;
  gint64 product;
  gint64 variation;
  gint64 gate;
  gint64 list;
  GPtrArray *check_ins;
} FoyerRulesContext;

G_END_DECLS
