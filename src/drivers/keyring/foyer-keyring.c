/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Credentials in the system keyring (the Secret Service, by libsecret). Reading never prompts: it
 * searches without unlocking, since libsecret's plain lookup either says "nothing there" of a locked
 * keyring or waits for a prompt that nobody may ever answer. Unlocking is its own act, after a click
 * of the person's, with a timer of ours, because a cancelled prompt may never call back. */

#define G_LOG_DOMAIN "foyer-keyring"

#include "config.h"

#include "foyer-keyring.h"

#include "foyer-error.h"
#include "foyer-session-secrets.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#define PROMPT_PATIENCE_SECONDS 60

struct _FoyerKeyring
{
  GObject parent_instance;

  FoyerSessionSecrets *session; /* (owned) what no keyring would take */
  gboolean session_only;        /* the keyring is not even asked */
};

static void foyer_keyring_secrets_init (FoyerSecretsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerKeyring,
                               foyer_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_SECRETS,
                                                      foyer_keyring_secrets_init))

/* Matched by our attributes, not by the schema's name: a locked gnome-keyring compares hashes, and
 * finds no item by the name of its schema. */
static const SecretSchema credential_schema = {
  .name = FOYER_APP_ID ".Credential",
  .flags = SECRET_SCHEMA_DONT_MATCH_NAME,
  .attributes = { { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
                  { "reference", SECRET_SCHEMA_ATTRIBUTE_STRING },
                  { NULL, 0 } },
};

/* One operation. It may outlive its task: a prompt that answers after our patience has ended. */
typedef struct
{
  gatomicrefcount ref_count;
  GTask *task;     /* (owned) (nullable) taken by whoever ends it */
  char *reference; /* (owned) */
  char *label;     /* (owned) (nullable) */
  char *value;     /* (owned) (nullable) wiped */
  guint timeout;
} Operation;

static Operation *
operation_new (GTask *task, const char *reference)
{
  Operation *self = g_new0 (Operation, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->task = g_object_ref (task);
  self->reference = g_strdup (reference);
  return self;
}

static Operation *
operation_ref (Operation *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
operation_unref (Operation *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->task);
  g_free (self->reference);
  g_free (self->label);
  foyer_secrets_wipe (self->value);
  g_free (self);
}

static void
operation_unref_cb (gpointer data)
{
  operation_unref (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Operation, operation_unref)

/* The task, once: afterwards the operation is a straggler that nobody listens to. */
static GTask *
operation_take_task (Operation *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  return g_steal_pointer (&self->task);
}

static GHashTable *
attributes_for (const char *reference)
{
  return secret_attributes_build (&credential_schema, "application", FOYER_APP_ID, "reference",
                                  reference, NULL);
}

static GError *
describe_failure (const GError *error)
{
  GError *own;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return foyer_error_new (FOYER_ERROR_CANCELLED, error->message, _ ("Stopped."));

  own = foyer_error_new (FOYER_ERROR_KEYRING, error->message,
                         _ ("The system's keyring cannot be reached."));
  foyer_error_set_hint (own, _ ("Keys are kept for this session only: log in to a desktop with a "
                                "keyring, or enter the key again next time."));
  return own;
}

static GError *
describe_locked (void)
{
  GError *error = foyer_error_new (FOYER_ERROR_KEYRING, "item is locked",
                                   _ ("The system's keyring is locked."));

  foyer_error_set_hint (error, _ ("Unlock it, and Foyer goes on."));
  return error;
}

/* --- lookup ------------------------------------------------------------------------------------- */

static void
search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GTask) task = operation_take_task (operation);
  g_autoptr (GError) error = NULL;
  GList *items = secret_service_search_finish (SECRET_SERVICE (source), result, &error);
  gboolean locked = FALSE;
  char *found = NULL;

  for (GList *link = items; link != NULL && found == NULL; link = link->next)
    {
      SecretItem *item = link->data;
      g_autoptr (SecretValue) value = secret_item_get_secret (item);

      if (secret_item_get_locked (item))
        locked = TRUE;
      else if (value != NULL)
        found = g_strdup (secret_value_get_text (value));
    }
  g_list_free_full (items, g_object_unref);

  if (error != NULL)
    g_task_return_error (task, describe_failure (error));
  else if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify)foyer_secrets_wipe);
  else if (locked)
    g_task_return_error (task, describe_locked ());
  else
    g_task_return_error (task, foyer_error_new (FOYER_ERROR_NOT_FOUND, "no such item",
                                                _ ("No key is kept for this connection.")));
}

static void
lookup_service_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_finish (result, &error);
  g_autoptr (GHashTable) attributes = NULL;

  if (service == NULL)
    {
      g_autoptr (GTask) task = operation_take_task (operation);

      g_task_return_error (task, describe_failure (error));
      return;
    }

  attributes = attributes_for (operation->reference);
  secret_service_search (
      service, &credential_schema, attributes, SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS,
      g_task_get_cancellable (operation->task), search_cb, operation_ref (operation));
}

static void
lookup_async (FoyerSecrets *secrets,
              const char *reference,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  FoyerKeyring *self = FOYER_KEYRING (secrets);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *value = foyer_session_secrets_get (self->session, reference);

  g_task_set_source_tag (task, lookup_async);
  if (value != NULL)
    {
      g_task_return_pointer (task, g_strdup (value), (GDestroyNotify)foyer_secrets_wipe);
      return;
    }
  if (self->session_only)
    {
      g_task_return_error (task, foyer_error_new (FOYER_ERROR_NOT_FOUND, "session only",
                                                  _ ("No key is kept for this connection.")));
      return;
    }

  secret_service_get (SECRET_SERVICE_OPEN_SESSION, cancellable, lookup_service_cb,
                      operation_new (task, reference));
}

static char *
lookup_finish (FoyerSecrets *secrets, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- store -------------------------------------------------------------------------------------- */

/* The result of a store is where the value went, plus one, so that no error is ever "0". */
static void
keep_for_session (Operation *operation)
{
  g_autoptr (GTask) task = operation_take_task (operation);

  if (task == NULL)
    return;

  foyer_keyring_put_for_session (g_task_get_source_object (task), operation->reference,
                                 operation->value);
  g_task_return_int (task, FOYER_SECRETS_SESSION + 1);
}

static gboolean
store_timeout_cb (gpointer user_data)
{
  Operation *operation = user_data;

  operation->timeout = 0;
  g_message ("The keyring's prompt was not answered; the key is kept for this session");
  keep_for_session (operation);
  return G_SOURCE_REMOVE;
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  if (!secret_service_store_finish (SECRET_SERVICE (source), result, &error))
    {
      g_message ("The keyring took no key: %s", error->message);
      keep_for_session (operation);
      return;
    }

  task = operation_take_task (operation);
  if (task != NULL)
    g_task_return_int (task, FOYER_SECRETS_KEYRING + 1);
}

static void
store_service_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_finish (result, &error);
  g_autoptr (GHashTable) attributes = NULL;
  g_autoptr (SecretValue) value = NULL;

  if (service == NULL)
    {
      g_message ("There is no keyring: %s", error->message);
      keep_for_session (operation);
      return;
    }

  attributes = attributes_for (operation->reference);
  value = secret_value_new (operation->value, -1, "text/plain");
  operation->timeout = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, PROMPT_PATIENCE_SECONDS,
                                                   store_timeout_cb, operation_ref (operation),
                                                   operation_unref_cb);
  secret_service_store (service, &credential_schema, attributes, SECRET_COLLECTION_DEFAULT,
                        operation->label, value, g_task_get_cancellable (operation->task),
                        stored_cb, operation_ref (operation));
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
  Operation *operation = operation_new (task, reference);

  g_task_set_source_tag (task, store_async);
  operation->label = g_strdup (label);
  operation->value = g_strdup (value);
  if (FOYER_KEYRING (secrets)->session_only)
    {
      keep_for_session (operation);
      operation_unref (operation);
      return;
    }

  /* An older value of this session must not hide the new one. */
  foyer_session_secrets_remove (FOYER_KEYRING (secrets)->session, reference);
  secret_service_get (SECRET_SERVICE_OPEN_SESSION, cancellable, store_service_cb, operation);
}

static gboolean
store_finish (FoyerSecrets *secrets, GAsyncResult *result, FoyerSecretsPlace *place, GError **error)
{
  gssize stored = g_task_propagate_int (G_TASK (result), error);

  if (stored <= 0)
    return FALSE;

  if (place != NULL)
    *place = stored - 1;
  return TRUE;
}

/* --- clear -------------------------------------------------------------------------------------- */

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GTask) task = operation_take_task (operation);
  g_autoptr (GError) error = NULL;

  secret_service_clear_finish (SECRET_SERVICE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, describe_failure (error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
clear_service_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_finish (result, &error);
  g_autoptr (GHashTable) attributes = NULL;

  if (service == NULL)
    {
      g_autoptr (GTask) task = operation_take_task (operation);

      /* Without a keyring there is nothing in it. */
      g_task_return_boolean (task, TRUE);
      return;
    }

  attributes = attributes_for (operation->reference);
  secret_service_clear (service, &credential_schema, attributes,
                        g_task_get_cancellable (operation->task), cleared_cb,
                        operation_ref (operation));
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
  foyer_session_secrets_remove (FOYER_KEYRING (secrets)->session, reference);
  if (FOYER_KEYRING (secrets)->session_only)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  secret_service_get (SECRET_SERVICE_OPEN_SESSION, cancellable, clear_service_cb,
                      operation_new (task, reference));
}

/* --- unlock ------------------------------------------------------------------------------------- */

static gboolean
unlock_timeout_cb (gpointer user_data)
{
  Operation *operation = user_data;
  g_autoptr (GTask) task = NULL;

  operation->timeout = 0;
  task = operation_take_task (operation);
  if (task != NULL)
    g_task_return_error (task, describe_locked ());
  return G_SOURCE_REMOVE;
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  int n_unlocked = secret_service_unlock_finish (SECRET_SERVICE (source), result, NULL, &error);

  task = operation_take_task (operation);
  if (task == NULL)
    return;

  if (error != NULL)
    g_task_return_error (task, describe_failure (error));
  else if (n_unlocked <= 0)
    g_task_return_error (task, describe_locked ());
  else
    g_task_return_boolean (task, TRUE);
}

static void
unlock_service_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_finish (result, &error);
  g_autolist (SecretCollection) collections = NULL;
  g_autoptr (GList) locked = NULL;

  if (service == NULL)
    {
      g_autoptr (GTask) task = operation_take_task (operation);

      g_task_return_error (task, describe_failure (error));
      return;
    }

  collections = secret_service_get_collections (service);
  for (GList *link = collections; link != NULL; link = link->next)
    if (secret_collection_get_locked (link->data))
      locked = g_list_prepend (locked, link->data);
  if (locked == NULL)
    {
      g_autoptr (GTask) task = operation_take_task (operation);

      g_task_return_boolean (task, TRUE);
      return;
    }

  operation->timeout = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, PROMPT_PATIENCE_SECONDS,
                                                   unlock_timeout_cb, operation_ref (operation),
                                                   operation_unref_cb);
  secret_service_unlock (service, locked, g_task_get_cancellable (operation->task), unlocked_cb,
                         operation_ref (operation));
}

static void
unlock_async (FoyerSecrets *secrets,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (secrets, cancellable, callback, user_data);

  g_task_set_source_tag (task, unlock_async);
  secret_service_get (SECRET_SERVICE_OPEN_SESSION | SECRET_SERVICE_LOAD_COLLECTIONS, cancellable,
                      unlock_service_cb, operation_new (task, NULL));
}

static gboolean
boolean_finish (FoyerSecrets *secrets, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
foyer_keyring_secrets_init (FoyerSecretsInterface *iface)
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
foyer_keyring_finalize (GObject *object)
{
  FoyerKeyring *self = FOYER_KEYRING (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (foyer_keyring_parent_class)->finalize (object);
}

static void
foyer_keyring_class_init (FoyerKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_keyring_finalize;
}

static void
foyer_keyring_init (FoyerKeyring *self)
{
  self->session = foyer_session_secrets_new ();
}

/**
 * foyer_keyring_new:
 *
 * Returns: (transfer full): the system's keyring, with a memory of this session for what it does not
 *   take
 */
FoyerKeyring *
foyer_keyring_new (void)
{
  return g_object_new (FOYER_TYPE_KEYRING, NULL);
}

/**
 * foyer_keyring_put_for_session:
 * @self: the keyring
 * @reference: under which
 * @value: the credential
 *
 * Keeps a credential in this process only: the sample event's, or foyerctl's FOYER_TOKEN.
 */
void
foyer_keyring_put_for_session (FoyerKeyring *self, const char *reference, const char *value)
{
  g_return_if_fail (FOYER_IS_KEYRING (self));

  foyer_session_secrets_put (self->session, reference, value);
}

/**
 * foyer_keyring_set_session_only:
 * @self: the keyring
 * @session_only: whether to keep everything in this process only
 *
 * For the sample event, whose key is no secret: nobody shall be asked to unlock or make a keyring for it.
 */
void
foyer_keyring_set_session_only (FoyerKeyring *self, gboolean session_only)
{
  g_return_if_fail (FOYER_IS_KEYRING (self));

  self->session_only = session_only;
}
