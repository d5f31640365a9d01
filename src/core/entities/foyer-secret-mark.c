/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A revoked or blocked code. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-secret-mark.h"

G_DEFINE_BOXED_TYPE (FoyerSecretMark,
                     foyer_secret_mark,
                     foyer_secret_mark_ref,
                     foyer_secret_mark_unref)

static void
foyer_secret_mark_clear (gpointer data)
{
  FoyerSecretMark *self = data;

  g_free (self->secret);
}

/**
 * foyer_secret_mark_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerSecretMark *
foyer_secret_mark_new (void)
{
  FoyerSecretMark *self = g_atomic_rc_box_new0 (FoyerSecretMark);

  self->changed = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_secret_mark_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerSecretMark *
foyer_secret_mark_ref (FoyerSecretMark *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_secret_mark_unref:
 * @self: (transfer full): a value
 */
void
foyer_secret_mark_unref (FoyerSecretMark *self)
{
  g_atomic_rc_box_release_full (self, foyer_secret_mark_clear);
}
