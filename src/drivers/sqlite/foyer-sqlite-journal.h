/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"
#include "foyer-journal.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SQLITE_JOURNAL (foyer_sqlite_journal_get_type ())
G_DECLARE_FINAL_TYPE (FoyerSqliteJournal, foyer_sqlite_journal, FOYER, SQLITE_JOURNAL, GObject)

FoyerSqliteJournal *
foyer_sqlite_journal_new (FoyerDatabase *journal, FoyerDatabase *mirror, int lock_fd);
void foyer_sqlite_journal_close (FoyerSqliteJournal *self, GTask *task);

G_END_DECLS
