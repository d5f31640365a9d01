/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"

G_BEGIN_DECLS

/**
 * FoyerTally:
 * @list: of which list; 0: of all tickets there are
 * @product: of which product
 * @subevent: of which series date, or 0
 * @standing: what foyer_attendee_table_get_standing() says
 * @n: tickets; for a list, those with any entry there
 * @inside: for a list, those that are inside
 *
 * A count of equal tickets.
 */
typedef struct
{
  gint64 list;
  gint64 product;
  gint64 subevent;
  int standing;
  gint64 n;
  gint64 inside;
} FoyerTally;

gboolean foyer_tally_table_add (FoyerDatabase *db, gint64 attendee_row, GError **error);
gboolean foyer_tally_table_remove (FoyerDatabase *db, gint64 attendee_row, GError **error);
GArray *foyer_tally_table_load (FoyerDatabase *db, gint64 source, GError **error);
gboolean foyer_tally_table_delete (FoyerDatabase *db, gint64 source, GError **error);

G_END_DECLS
