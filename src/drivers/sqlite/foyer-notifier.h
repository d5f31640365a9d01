/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FoyerNotifier:
 *
 * Tells the main context from a thread what changed, once per turn however often it changed.
 */
typedef struct _FoyerNotifier FoyerNotifier;

/**
 * FoyerNotifyFunc:
 * @object: whom the notifier belongs to
 * @name: what changed
 * @bits: a set, gathered since the last call
 *
 * Called on the main context.
 */
typedef void (*FoyerNotifyFunc) (gpointer object, const char *name, guint bits);

FoyerNotifier *foyer_notifier_new (gpointer object, FoyerNotifyFunc func);
FoyerNotifier *foyer_notifier_ref (FoyerNotifier *self);
void foyer_notifier_unref (FoyerNotifier *self);
void foyer_notifier_notify (FoyerNotifier *self, const char *name, guint bits);
void foyer_notifier_disconnect (FoyerNotifier *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerNotifier, foyer_notifier_unref)

G_END_DECLS
