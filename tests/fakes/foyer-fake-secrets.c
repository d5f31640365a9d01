/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "foyer-fakes"

#include "foyer-fake-secrets.h"

struct _FoyerFakeSecrets
{
  GObject parent_instance;

  GHashTable *values; /* (owned) reference -> value */
};

static void foyer_fake_secrets_secrets_init (FoyerSecretsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerFakeSecrets,
                               foyer_fake_secrets,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_SECRETS,
                                                      foyer_fake_secrets_secrets_init))

static void
done (FoyerSecrets *secrets,
      char *value,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (secrets, cancellable, callback, user_data);

  g_task_return_pointer (task, value, g_free);
}

static void
lookup_async (FoyerSecrets *secrets,
              const char *reference,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  const char *value = g_hash_table_lookup (FOYER_FAKE_SECRETS (secrets)->values, reference);

  done (secrets, g_strdup (value), cancellable, callback, user_data);
}

static char *
lookup_finish (FoyerSecrets *secrets, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
store_async (FoyerSecrets *secrets,
             const char *reference,
             const char *label,
             const char *value,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_hash_table_insert (FOYER_FAKE_SECRETS (secrets)->values, g_strdup (reference),
                       g_strdup (value));
  done (secrets, NULL, cancellable, callback, user_data);
}

static gboolean
finish (FoyerSecrets *secrets, GAsyncResult *result, GError **error)
{
  return !g_task_had_error (G_TASK (result));
}

static gboolean
store_finish (FoyerSecrets *secrets, GAsyncResult *result, FoyerSecretsPlace *place, GError **error)
{
  if (place != NULL)
    *place = (FoyerSecretsPlace)0;
  return finish (secrets, result, error);
}

static void
clear_async (FoyerSecrets *secrets,
             const char *reference,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_hash_table_remove (FOYER_FAKE_SECRETS (secrets)->values, reference);
  done (secrets, NULL, cancellable, callback, user_data);
}

static void
unlock_async (FoyerSecrets *secrets,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  done (secrets, NULL, cancellable, callback, user_data);
}

static void
foyer_fake_secrets_secrets_init (FoyerSecretsInterface *iface)
{
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->store_async = store_async;
  iface->store_finish = store_finish;
  iface->clear_async = clear_async;
  iface->clear_finish = finish;
  iface->unlock_async = unlock_async;
  iface->unlock_finish = finish;
}

static void
foyer_fake_secrets_finalize (GObject *object)
{
  g_hash_table_unref (FOYER_FAKE_SECRETS (object)->values);

  G_OBJECT_CLASS (foyer_fake_secrets_parent_class)->finalize (object);
}

static void
foyer_fake_secrets_class_init (FoyerFakeSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_fake_secrets_finalize;
}

static void
foyer_fake_secrets_init (FoyerFakeSecrets *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

FoyerFakeSecrets *
foyer_fake_secrets_new (void)
{
  return g_object_new (FOYER_TYPE_FAKE_SECRETS, NULL);
}
