/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_FACT (foyer_fact_get_type ())

/**
 * FoyerFact:
 *
 * One line of a description: what it is about, and what is the case. Properties, read-only: `label`, `value`
 * (safe to show).
 */
G_DECLARE_FINAL_TYPE (FoyerFact, foyer_fact, FOYER, FACT, GObject)

FoyerFact *foyer_fact_new (const char *label, const char *value);
const char *foyer_fact_get_label (FoyerFact *self);
const char *foyer_fact_get_value (FoyerFact *self);

G_END_DECLS
