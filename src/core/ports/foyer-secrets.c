/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keeper of credentials: dispatch. */

#define G_LOG_DOMAIN "foyer-ports"

#include "foyer-secrets.h"

#include <string.h>

G_DEFINE_INTERFACE (FoyerSecrets, foyer_secrets, G_TYPE_OBJECT)

static void
foyer_secrets_default_init (FoyerSecretsInterface *iface)
{
}

/**
 * foyer_secrets_wipe:
 * @value: (transfer full) (nullable): a credential
 *
 * Overwrites and frees a credential.
 */
void
foyer_secrets_wipe (char *value)
{
  if (value == NULL)
    return;

  explicit_bzero (value, strlen (value));
  g_free (value);
}

/**
 * foyer_secrets_lookup_async:
 * @self: the object
 * @reference: see #FoyerSecretsInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerSecretsInterface.
 */
void
foyer_secrets_lookup_async (FoyerSecrets *self,
                            const char *reference,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (FOYER_IS_SECRETS (self));

  FOYER_SECRETS_GET_IFACE (self)->lookup_async (self, reference, cancellable, callback, user_data);
}

/**
 * foyer_secrets_lookup_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerSecretsInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
char *
foyer_secrets_lookup_finish (FoyerSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_SECRETS (self), NULL);

  return FOYER_SECRETS_GET_IFACE (self)->lookup_finish (self, result, error);
}

/**
 * foyer_secrets_store_async:
 * @self: the object
 * @reference: see #FoyerSecretsInterface
 * @label: see #FoyerSecretsInterface
 * @value: see #FoyerSecretsInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerSecretsInterface.
 */
void
foyer_secrets_store_async (FoyerSecrets *self,
                           const char *reference,
                           const char *label,
                           const char *value,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (FOYER_IS_SECRETS (self));

  FOYER_SECRETS_GET_IFACE (self)->store_async (self, reference, label, value, cancellable, callback,
                                               user_data);
}

/**
 * foyer_secrets_store_finish:
 * @self: the object
 * @result: what @callback got
 * @place: see #FoyerSecretsInterface
 * @error: return location
 *
 * See #FoyerSecretsInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_secrets_store_finish (FoyerSecrets *self,
                            GAsyncResult *result,
                            FoyerSecretsPlace *place,
                            GError **error)
{
  g_return_val_if_fail (FOYER_IS_SECRETS (self), FALSE);

  return FOYER_SECRETS_GET_IFACE (self)->store_finish (self, result, place, error);
}

/**
 * foyer_secrets_clear_async:
 * @self: the object
 * @reference: see #FoyerSecretsInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerSecretsInterface.
 */
void
foyer_secrets_clear_async (FoyerSecrets *self,
                           const char *reference,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (FOYER_IS_SECRETS (self));

  FOYER_SECRETS_GET_IFACE (self)->clear_async (self, reference, cancellable, callback, user_data);
}

/**
 * foyer_secrets_clear_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerSecretsInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_secrets_clear_finish (FoyerSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_SECRETS (self), FALSE);

  return FOYER_SECRETS_GET_IFACE (self)->clear_finish (self, result, error);
}

/**
 * foyer_secrets_unlock_async:
 * @self: the object
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerSecretsInterface.
 */
void
foyer_secrets_unlock_async (FoyerSecrets *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (FOYER_IS_SECRETS (self));

  FOYER_SECRETS_GET_IFACE (self)->unlock_async (self, cancellable, callback, user_data);
}

/**
 * foyer_secrets_unlock_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerSecretsInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_secrets_unlock_finish (FoyerSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_SECRETS (self), FALSE);

  return FOYER_SECRETS_GET_IFACE (self)->unlock_finish (self, result, error);
}
