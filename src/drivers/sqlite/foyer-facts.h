/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-admission-facts.h"
#include "foyer-database.h"
#include "foyer-journal.h"

G_BEGIN_DECLS

FoyerAdmissionFacts *foyer_facts_gather (FoyerDatabase *journal,
                                         FoyerDatabase *mirror,
                                         const char *code,
                                         gint64 attendee,
                                         const FoyerPlaceReference *places,
                                         gsize n_places,
                                         GError **error);
gboolean foyer_facts_add_ticket (FoyerDatabase *journal,
                                 FoyerDatabase *mirror,
                                 FoyerAdmissionFacts *facts,
                                 guint place,
                                 FoyerAttendee *attendee,
                                 GError **error);

G_END_DECLS
