/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_REASON_COUNT (foyer_reason_count_get_type ())

/**
 * FoyerReasonCount:
 * @reason: the service's own word for a refusal
 * @n: how often
 *
 * Why people were not let in.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerReasonCount FoyerReasonCount;
struct _FoyerReasonCount
{
  char *reason;
  gint64 n;
};

GType foyer_reason_count_get_type (void) G_GNUC_CONST;
FoyerReasonCount *foyer_reason_count_new (const char *reason);
FoyerReasonCount *foyer_reason_count_ref (FoyerReasonCount *self);
void foyer_reason_count_unref (FoyerReasonCount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerReasonCount, foyer_reason_count_unref)

G_END_DECLS
