/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"
#include "foyer-salvage-report.h"

G_BEGIN_DECLS

/**
 * FoyerStoreFiles:
 * @lock_fd: the lock file, or -1
 * @journal: the journal's connection
 * @journal_mirror: for the journal's thread to read the mirror
 * @mirror: the mirror's connection
 * @mirror_journal: for the mirror's thread to read the journal
 * @reader: reads both, for the reader thread
 * @hydrator: reads both, for the calling thread
 * @salvage: (nullable): what became of a damaged journal
 * @mirror_was_reset: the mirror that was here had to be thrown away
 *
 * A workspace's files, open.
 */
typedef struct
{
  int lock_fd;
  FoyerDatabase *journal;
  FoyerDatabase *journal_mirror;
  FoyerDatabase *mirror;
  FoyerDatabase *mirror_journal;
  FoyerDatabase *reader;
  FoyerDatabase *hydrator;
  FoyerSalvageReport *salvage;
  gboolean mirror_was_reset;
} FoyerStoreFiles;

FoyerStoreFiles *foyer_store_files_open (const char *directory, GError **error);
void foyer_store_files_free (FoyerStoreFiles *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerStoreFiles, foyer_store_files_free)

G_END_DECLS
