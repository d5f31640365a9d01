/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-clock.h"
#include "foyer-database.h"
#include "foyer-mirror.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SQLITE_MIRROR (foyer_sqlite_mirror_get_type ())
G_DECLARE_FINAL_TYPE (FoyerSqliteMirror, foyer_sqlite_mirror, FOYER, SQLITE_MIRROR, GObject)

FoyerSqliteMirror *
foyer_sqlite_mirror_new (FoyerDatabase *mirror, FoyerDatabase *journal, FoyerClock *clock);
void foyer_sqlite_mirror_close (FoyerSqliteMirror *self, GTask *task);

G_END_DECLS
