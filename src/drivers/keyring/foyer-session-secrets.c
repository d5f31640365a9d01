/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Credentials of this process only: where there is no keyring, for the sample event, and for
 * foyerctl's FOYER_TOKEN. Never on disk; overwritten when forgotten. */

#define G_LOG_DOMAIN "foyer-keyring"

#include "config.h"

#include "foyer-session-secrets.h"

#include "foyer-error.h"

#include <glib/gi18n.h>

struct _FoyerSessionSecrets
{
  GObject parent_instance;

  GHashTable *values; /* (owned) reference -> value */
};

static void foyer_session_secrets_secrets_init (FoyerSecretsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerSessionSecrets,
                               foyer_session_secrets,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_SECRETS,
                                                      foyer_session_secrets_secrets_init))

static void
wipe_value (gpointer value)
{
  foyer_secrets_wipe (value);
}

static void
lookup_async (FoyerSecrets *secrets,
              const char *reference,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  FoyerSessionSecrets *self = FOYER_SESSION_SECRETS (secrets);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *value = g_hash_table_lookup (self->values, reference);

  g_task_set_source_tag (task, lookup_async);
  if (value != NULL)
    g_task_return_pointer (task, g_strdup (value), wipe_value);
  else
    g_task_return_error (task, foyer_error_new (FOYER_ERROR_NOT_FOUND, "not in this session",
                                                _ ("No key is kept for this connection.")));
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
  g_autoptr (GTask) task = g_task_new (secrets, cancellable, callback, user_data);

  g_task_set_source_tag (task, store_async);
  foyer_session_secrets_put (FOYER_SESSION_SECRETS (secrets), reference, value);
  g_task_return_boolean (task, TRUE);
}

static gboolean
store_finish (FoyerSecrets *secrets, GAsyncResult *result, FoyerSecretsPlace *place, GError **error)
{
  if (place != NULL)
    *place = FOYER_SECRETS_SESSION;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
clear_async (FoyerSecrets *secrets,
             const char *reference,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (secrets, cancellable, callback, user_data);

  g_task_set_source_tag (task, clear_async);
  foyer_session_secrets_remove (FOYER_SESSION_SECRETS (secrets), reference);
  g_task_return_boolean (task, TRUE);
}

static void
unlock_async (FoyerSecrets *secrets,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (secrets, cancellable, callback, user_data);

  g_task_set_source_tag (task, unlock_async);
  g_task_return_boolean (task, TRUE);
}

static gboolean
boolean_finish (FoyerSecrets *secrets, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
foyer_session_secrets_secrets_init (FoyerSecretsInterface *iface)
{
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->store_async = store_async;
  iface->store_finish = store_finish;
  iface->clear_async = clear_async;
  iface->clear_finish = boolean_finish;
  iface->unlock_async = unlock_async;
  iface->unlock_finish = boolean_finish;
}

static void
foyer_session_secrets_finalize (GObject *object)
{
  FoyerSessionSecrets *self = FOYER_SESSION_SECRETS (object);

  g_hash_table_unref (self->values);

  G_OBJECT_CLASS (foyer_session_secrets_parent_class)->finalize (object);
}

static void
foyer_session_secrets_class_init (FoyerSessionSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_session_secrets_finalize;
}

static void
foyer_session_secrets_init (FoyerSessionSecrets *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wipe_value);
}

/**
 * foyer_session_secrets_new:
 *
 * Returns: (transfer full): a keeper that forgets everything when the process ends
 */
FoyerSessionSecrets *
foyer_session_secrets_new (void)
{
  return g_object_new (FOYER_TYPE_SESSION_SECRETS, NULL);
}

/**
 * foyer_session_secrets_get:
 * @self: the keeper
 * @reference: under which
 *
 * Returns: (transfer none) (nullable): the value
 */
const char *
foyer_session_secrets_get (FoyerSessionSecrets *self, const char *reference)
{
  g_return_val_if_fail (FOYER_IS_SESSION_SECRETS (self), NULL);

  return g_hash_table_lookup (self->values, reference);
}

/**
 * foyer_session_secrets_put:
 * @self: the keeper
 * @reference: under which
 * @value: the credential
 */
void
foyer_session_secrets_put (FoyerSessionSecrets *self, const char *reference, const char *value)
{
  g_return_if_fail (FOYER_IS_SESSION_SECRETS (self));
  g_return_if_fail (reference != NULL && value != NULL);

  g_hash_table_replace (self->values, g_strdup (reference), g_strdup (value));
}

/**
 * foyer_session_secrets_remove:
 * @self: the keeper
 * @reference: under which
 *
 * Returns: whether there was one
 */
gboolean
foyer_session_secrets_remove (FoyerSessionSecrets *self, const char *reference)
{
  g_return_val_if_fail (FOYER_IS_SESSION_SECRETS (self), FALSE);

  return g_hash_table_remove (self->values, reference);
}
