/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-query.h"
#include "foyer-row.h"

G_BEGIN_DECLS

#define FOYER_TYPE_QUERY_MODEL (foyer_query_model_get_type ())

/**
 * FoyerQueryModel:
 *
 * A GListModel of #FoyerRow over a question to the store: a snapshot of ids, and rows read by pages of
 * 64 as somebody looks at them. A million rows cost what a hundred cost (docs/architecture.md).
 *
 * Properties, notified: `loading` (gboolean): a snapshot is being taken; `n-items` (guint); `n-new` (int):
 * rows by which the store's answer has meanwhile grown or shrunk while the snapshot is held.
 */
G_DECLARE_FINAL_TYPE (FoyerQueryModel, foyer_query_model, FOYER, QUERY_MODEL, GObject)

FoyerQueryModel *foyer_query_model_new (FoyerQuery *query);
void foyer_query_model_set_spec (FoyerQueryModel *self, FoyerQuerySpec *spec);
FoyerQuerySpec *foyer_query_model_get_spec (FoyerQueryModel *self);
void foyer_query_model_refresh (FoyerQueryModel *self);
void foyer_query_model_set_held (FoyerQueryModel *self, gboolean held);
gboolean foyer_query_model_get_loading (FoyerQueryModel *self);
const GError *foyer_query_model_get_error (FoyerQueryModel *self);

G_END_DECLS
