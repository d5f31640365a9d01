/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SECRET_MARK (foyer_secret_mark_get_type ())

/**
 * FoyerSecretMark:
 * @id: the service's id
 * @secret: the code
 * @blocked: for the blocked list: %FALSE means the block was lifted
 * @changed: created (revoked) or updated (blocked)
 *
 * A code that was revoked (replaced, or its ticket canceled) or blocked.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerSecretMark FoyerSecretMark;
struct _FoyerSecretMark
{
  gint64 id;
  char *secret;
  gboolean blocked;
  FoyerTime changed;
};

GType foyer_secret_mark_get_type (void) G_GNUC_CONST;
FoyerSecretMark *foyer_secret_mark_new (void);
FoyerSecretMark *foyer_secret_mark_ref (FoyerSecretMark *self);
void foyer_secret_mark_unref (FoyerSecretMark *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerSecretMark, foyer_secret_mark_unref)

G_END_DECLS
