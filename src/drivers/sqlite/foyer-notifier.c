/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes on their way from a thread to the main context, coalesced. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-notifier.h"

struct _FoyerNotifier
{
  GMutex lock;
  GMainContext *context;
  GHashTable *changes; /* (owned) (element-type utf8 guint) under the lock */
  GSource *source;     /* (owned) (nullable) under the lock */
  gpointer object;     /* unowned; only looked at on the main context */
  FoyerNotifyFunc func;
};

static void
foyer_notifier_clear (gpointer data)
{
  FoyerNotifier *self = data;

  g_clear_pointer (&self->source, g_source_unref);
  g_hash_table_unref (self->changes);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
}

/**
 * foyer_notifier_new:
 * @object: (transfer none): whose changes; it must call foyer_notifier_disconnect() before it goes
 * @func: called on the thread-default main context of this call
 *
 * Returns: (transfer full): a notifier
 */
FoyerNotifier *
foyer_notifier_new (gpointer object, FoyerNotifyFunc func)
{
  FoyerNotifier *self = g_atomic_rc_box_new0 (FoyerNotifier);

  g_mutex_init (&self->lock);
  self->context = g_main_context_ref_thread_default ();
  self->changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->object = object;
  self->func = func;
  return self;
}

/**
 * foyer_notifier_ref:
 * @self: a notifier
 *
 * Returns: (transfer full): @self
 */
FoyerNotifier *
foyer_notifier_ref (FoyerNotifier *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_notifier_unref:
 * @self: (transfer full): a notifier
 */
void
foyer_notifier_unref (FoyerNotifier *self)
{
  g_atomic_rc_box_release_full (self, foyer_notifier_clear);
}

static gboolean
deliver (gpointer data)
{
  FoyerNotifier *self = data;
  g_autoptr (GHashTable) changes = NULL;
  g_autoptr (GObject) object = NULL;
  GHashTableIter iter;
  gpointer name, bits;

  g_mutex_lock (&self->lock);
  changes = g_steal_pointer (&self->changes);
  self->changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_clear_pointer (&self->source, g_source_unref);
  g_mutex_unlock (&self->lock);

  if (self->object == NULL)
    return G_SOURCE_REMOVE;

  object = g_object_ref (self->object);
  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &name, &bits))
    self->func (object, name, GPOINTER_TO_UINT (bits));
  return G_SOURCE_REMOVE;
}

/**
 * foyer_notifier_notify:
 * @self: a notifier
 * @name: what changed
 * @bits: added to the set under @name
 *
 * From any thread, after the commit.
 */
void
foyer_notifier_notify (FoyerNotifier *self, const char *name, guint bits)
{
  g_mutex_lock (&self->lock);
  bits |= GPOINTER_TO_UINT (g_hash_table_lookup (self->changes, name));
  g_hash_table_replace (self->changes, g_strdup (name), GUINT_TO_POINTER (bits));
  if (self->source == NULL)
    {
      self->source = g_idle_source_new ();
      g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
      g_source_set_static_name (self->source, "foyer-notifier");
      g_source_set_callback (self->source, deliver, foyer_notifier_ref (self),
                             (GDestroyNotify)foyer_notifier_unref);
      g_source_attach (self->source, self->context);
    }
  g_mutex_unlock (&self->lock);
}

/**
 * foyer_notifier_disconnect:
 * @self: a notifier
 *
 * Nothing is told any more. On the main context.
 */
void
foyer_notifier_disconnect (FoyerNotifier *self)
{
  g_autoptr (GSource) source = NULL;

  self->object = NULL;
  g_mutex_lock (&self->lock);
  source = g_steal_pointer (&self->source);
  g_mutex_unlock (&self->lock);
  if (source != NULL)
    g_source_destroy (source);
}
