/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FOYER_TYPE_SECRETS (foyer_secrets_get_type ())
G_DECLARE_INTERFACE (FoyerSecrets, foyer_secrets, FOYER, SECRETS, GObject)

/**
 * FoyerSecretsPlace:
 * @FOYER_SECRETS_KEYRING: the system keyring: it is there tomorrow
 * @FOYER_SECRETS_SESSION: this process only: there is no keyring, or it is locked
 *
 * Where a credential was put.
 */
typedef enum
{
  FOYER_SECRETS_KEYRING,
  FOYER_SECRETS_SESSION,
} FoyerSecretsPlace;

/**
 * FoyerSecretsInterface:
 * @lookup_async: the value under a reference. %NULL with %FOYER_ERROR_NOT_FOUND: there is none; with
 *   %FOYER_ERROR_KEYRING: the keyring is locked, missing or failed (the sentence says which)
 * @store_async: keeps a value; with no keyring for this session only, never on disk
 * @clear_async: forgets a value
 * @unlock_async: asks the person to unlock the keyring; only ever after a click of theirs
 *
 * The keeper of credentials. Values are never logged, and zeroed when freed (foyer_secrets_wipe()).
 */
struct _FoyerSecretsInterface
{
  GTypeInterface parent;

  void (*lookup_async) (FoyerSecrets *self,
                        const char *reference,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  char *(*lookup_finish) (FoyerSecrets *self, GAsyncResult *result, GError **error);
  void (*store_async) (FoyerSecrets *self,
                       const char *reference,
                       const char *label,
                       const char *value,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*store_finish) (FoyerSecrets *self,
                            GAsyncResult *result,
                            FoyerSecretsPlace *place,
                            GError **error);
  void (*clear_async) (FoyerSecrets *self,
                       const char *reference,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*clear_finish) (FoyerSecrets *self, GAsyncResult *result, GError **error);
  void (*unlock_async) (FoyerSecrets *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*unlock_finish) (FoyerSecrets *self, GAsyncResult *result, GError **error);
};

void foyer_secrets_lookup_async (FoyerSecrets *self,
                                 const char *reference,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
char *foyer_secrets_lookup_finish (FoyerSecrets *self, GAsyncResult *result, GError **error);
void foyer_secrets_store_async (FoyerSecrets *self,
                                const char *reference,
                                const char *label,
                                const char *value,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean foyer_secrets_store_finish (FoyerSecrets *self,
                                     GAsyncResult *result,
                                     FoyerSecretsPlace *place,
                                     GError **error);
void foyer_secrets_clear_async (FoyerSecrets *self,
                                const char *reference,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean foyer_secrets_clear_finish (FoyerSecrets *self, GAsyncResult *result, GError **error);
void foyer_secrets_unlock_async (FoyerSecrets *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean foyer_secrets_unlock_finish (FoyerSecrets *self, GAsyncResult *result, GError **error);

void foyer_secrets_wipe (char *value);

G_END_DECLS
