/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why people were not let in, and how often. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-reason-count.h"

G_DEFINE_BOXED_TYPE (FoyerReasonCount,
                     foyer_reason_count,
                     foyer_reason_count_ref,
                     foyer_reason_count_unref)

static void
foyer_reason_count_clear (gpointer data)
{
  FoyerReasonCount *self = data;

  g_free (self->reason);
}

/**
 * foyer_reason_count_new:
 * @reason: the service's own word for a refusal
 *
 * Returns: (transfer full): it, counted not at all yet by its maker
 */
FoyerReasonCount *
foyer_reason_count_new (const char *reason)
{
  FoyerReasonCount *self = g_atomic_rc_box_new0 (FoyerReasonCount);

  self->reason = g_strdup (reason);
  return self;
}

/**
 * foyer_reason_count_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerReasonCount *
foyer_reason_count_ref (FoyerReasonCount *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_reason_count_unref:
 * @self: (transfer full): a value
 */
void
foyer_reason_count_unref (FoyerReasonCount *self)
{
  g_atomic_rc_box_release_full (self, foyer_reason_count_clear);
}
