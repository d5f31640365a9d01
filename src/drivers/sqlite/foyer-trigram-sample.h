/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"

G_BEGIN_DECLS

/**
 * FoyerTrigramSample:
 *
 * The words of some people, to guess how common letters are among all.
 */
typedef struct _FoyerTrigramSample FoyerTrigramSample;

FoyerTrigramSample *foyer_trigram_sample_new (void);
void foyer_trigram_sample_free (FoyerTrigramSample *self);
gboolean foyer_trigram_sample_refresh (FoyerTrigramSample *self, FoyerDatabase *db, GError **error);
GStrv foyer_trigram_sample_choose (FoyerTrigramSample *self, GPtrArray *trigrams);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerTrigramSample, foyer_trigram_sample_free)

G_END_DECLS
