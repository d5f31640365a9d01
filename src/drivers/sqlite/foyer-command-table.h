/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-check-in.h"
#include "foyer-command.h"
#include "foyer-database.h"
#include "foyer-journal.h"

G_BEGIN_DECLS

gint64 foyer_command_table_insert (FoyerDatabase *db, FoyerCommand *command, GError **error);
gboolean foyer_command_table_update (FoyerDatabase *db, FoyerCommand *command, GError **error);
FoyerCommand *foyer_command_table_load (FoyerDatabase *db, const char *id, GError **error);
FoyerCommand *foyer_command_table_load_row (FoyerDatabase *db, gint64 row, GError **error);
GPtrArray *foyer_command_table_list (FoyerDatabase *db,
                                     const char *connection,
                                     guint states,
                                     gint64 after_row,
                                     gsize limit,
                                     GError **error);
void foyer_command_table_append_states (GString *sql, guint states);
GPtrArray *foyer_command_table_list_recent (FoyerDatabase *db,
                                            const char *connection,
                                            guint kinds,
                                            gint64 after_row,
                                            gint64 before_row,
                                            gsize limit,
                                            GError **error);
gint64 foyer_command_table_count_waiting (FoyerDatabase *db,
                                          const char *connection,
                                          const char *target,
                                          GError **error);
gboolean foyer_command_table_get_line (FoyerDatabase *db, FoyerLine *line, GError **error);
gboolean foyer_command_table_lay_over (FoyerDatabase *db,
                                       const char *connection,
                                       gint64 attendee,
                                       gint64 list,
                                       GPtrArray *check_ins,
                                       GError **error);
GPtrArray *foyer_command_table_list_laid_answers (FoyerDatabase *db,
                                                  const char *connection,
                                                  gint64 attendee,
                                                  GError **error);

G_END_DECLS
