/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-attendee.h"
#include "foyer-database.h"
#include "foyer-order.h"

G_BEGIN_DECLS

/* What foyer_attendee_table_read() reads, out of `attendee a JOIN orders o`. */
#define FOYER_ATTENDEE_COLUMNS                                                                     \
  "a.row, a.positionid, o.code, a.product, a.variation, a.subevent, a.secret, a.name, a.email, "   \
  "a.company, a.canceled, a.blocked, a.valid_from, a.valid_until, a.addon_to, "                    \
  "a.pseudonymization_id"
#define FOYER_ATTENDEE_N_COLUMNS 16

/**
 * FoyerAttendeeWrite:
 * @FOYER_ATTENDEE_WHOLE: the record is all there is: what it lacks is gone
 * @FOYER_ATTENDEE_ANSWER: the record is the answer to a redeem: texts that it lacks stay
 */
typedef enum
{
  FOYER_ATTENDEE_WHOLE,
  FOYER_ATTENDEE_ANSWER,
} FoyerAttendeeWrite;

int foyer_attendee_table_get_standing (const FoyerOrder *order, gboolean canceled);
gboolean foyer_attendee_table_put (FoyerDatabase *db,
                                   gint64 source,
                                   gint64 order_row,
                                   const FoyerOrder *order,
                                   const char *order_words,
                                   FoyerAttendee *attendee,
                                   FoyerAttendeeWrite how,
                                   gboolean *is_new,
                                   GError **error);
gboolean foyer_attendee_table_delete (FoyerDatabase *db, gint64 row, GError **error);
gboolean foyer_attendee_table_delete_others (FoyerDatabase *db,
                                             gint64 source,
                                             gint64 order_row,
                                             GPtrArray *kept,
                                             GError **error);
gboolean foyer_attendee_table_set_standing (FoyerDatabase *db,
                                            gint64 order_row,
                                            const FoyerOrder *order,
                                            GError **error);
FoyerAttendee *foyer_attendee_table_read (FoyerStatement *row, int first);

G_END_DECLS
