/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The query port: dispatch, and the question that travels through it. */

#define G_LOG_DOMAIN "foyer-ports"

#include "foyer-query.h"

G_DEFINE_BOXED_TYPE (FoyerQuerySpec, foyer_query_spec, foyer_query_spec_ref, foyer_query_spec_unref)
G_DEFINE_INTERFACE (FoyerQuery, foyer_query, G_TYPE_OBJECT)

static void
foyer_query_default_init (FoyerQueryInterface *iface)
{
}

static void
foyer_query_spec_clear (gpointer data)
{
  FoyerQuerySpec *self = data;

  g_free (self->connection);
  g_free (self->text);
}

/**
 * foyer_query_spec_new:
 * @kind: what is asked for
 *
 * Returns: (transfer full): the widest question of its kind, to be narrowed by its maker
 */
FoyerQuerySpec *
foyer_query_spec_new (FoyerQueryKind kind)
{
  FoyerQuerySpec *self = g_atomic_rc_box_new0 (FoyerQuerySpec);

  self->kind = kind;
  self->command_kind = -1;
  self->since = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_query_spec_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerQuerySpec *
foyer_query_spec_ref (FoyerQuerySpec *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_query_spec_unref:
 * @self: (transfer full): a value
 */
void
foyer_query_spec_unref (FoyerQuerySpec *self)
{
  g_atomic_rc_box_release_full (self, foyer_query_spec_clear);
}

/**
 * foyer_query_snapshot_async:
 * @self: the object
 * @spec: see #FoyerQueryInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerQueryInterface.
 */
void
foyer_query_snapshot_async (FoyerQuery *self,
                            FoyerQuerySpec *spec,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (FOYER_IS_QUERY (self));

  FOYER_QUERY_GET_IFACE (self)->snapshot_async (self, spec, cancellable, callback, user_data);
}

/**
 * foyer_query_snapshot_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerQueryInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
GArray *
foyer_query_snapshot_finish (FoyerQuery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_QUERY (self), NULL);

  return FOYER_QUERY_GET_IFACE (self)->snapshot_finish (self, result, error);
}

/**
 * foyer_query_hydrate:
 * @self: the object
 * @spec: see #FoyerQueryInterface
 * @ids: see #FoyerQueryInterface
 * @n_ids: see #FoyerQueryInterface
 * @error: return location
 *
 * See #FoyerQueryInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
GPtrArray *
foyer_query_hydrate (FoyerQuery *self,
                     FoyerQuerySpec *spec,
                     const gint64 *ids,
                     gsize n_ids,
                     GError **error)
{
  g_return_val_if_fail (FOYER_IS_QUERY (self), NULL);

  return FOYER_QUERY_GET_IFACE (self)->hydrate (self, spec, ids, n_ids, error);
}

/**
 * foyer_query_count_async:
 * @self: the object
 * @spec: see #FoyerQueryInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerQueryInterface.
 */
void
foyer_query_count_async (FoyerQuery *self,
                         FoyerQuerySpec *spec,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (FOYER_IS_QUERY (self));

  FOYER_QUERY_GET_IFACE (self)->count_async (self, spec, cancellable, callback, user_data);
}

/**
 * foyer_query_count_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerQueryInterface.
 *
 * Returns: as the interface says
 */
gint64
foyer_query_count_finish (FoyerQuery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_QUERY (self), 0);

  return FOYER_QUERY_GET_IFACE (self)->count_finish (self, result, error);
}

/**
 * foyer_query_load_order_async:
 * @self: the object
 * @connection: see #FoyerQueryInterface
 * @code: see #FoyerQueryInterface
 * @list: see #FoyerQueryInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerQueryInterface.
 */
void
foyer_query_load_order_async (FoyerQuery *self,
                              const char *connection,
                              const char *code,
                              gint64 list,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (FOYER_IS_QUERY (self));

  FOYER_QUERY_GET_IFACE (self)->load_order_async (self, connection, code, list, cancellable,
                                                  callback, user_data);
}

/**
 * foyer_query_load_order_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerQueryInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
FoyerOrder *
foyer_query_load_order_finish (FoyerQuery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_QUERY (self), NULL);

  return FOYER_QUERY_GET_IFACE (self)->load_order_finish (self, result, error);
}

/**
 * foyer_query_load_lists_async:
 * @self: the object
 * @connection: see #FoyerQueryInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerQueryInterface.
 */
void
foyer_query_load_lists_async (FoyerQuery *self,
                              const char *connection,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (FOYER_IS_QUERY (self));

  FOYER_QUERY_GET_IFACE (self)->load_lists_async (self, connection, cancellable, callback,
                                                  user_data);
}

/**
 * foyer_query_load_lists_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerQueryInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
GPtrArray *
foyer_query_load_lists_finish (FoyerQuery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_QUERY (self), NULL);

  return FOYER_QUERY_GET_IFACE (self)->load_lists_finish (self, result, error);
}

/**
 * foyer_query_load_arrivals_async:
 * @self: the object
 * @connection: see #FoyerQueryInterface
 * @list: one of its check-in lists
 * @since: where the first minute begins
 * @minutes: how many
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerQueryInterface.
 */
void
foyer_query_load_arrivals_async (FoyerQuery *self,
                                 const char *connection,
                                 gint64 list,
                                 FoyerTime since,
                                 guint minutes,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (FOYER_IS_QUERY (self));
  g_return_if_fail (since != FOYER_TIME_NONE && minutes > 0);

  FOYER_QUERY_GET_IFACE (self)->load_arrivals_async (self, connection, list, since, minutes,
                                                     cancellable, callback, user_data);
}

/**
 * foyer_query_load_arrivals_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerQueryInterface.
 *
 * Returns: (transfer full) (nullable) (element-type guint): the value, or %NULL with an error
 */
GArray *
foyer_query_load_arrivals_finish (FoyerQuery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_QUERY (self), NULL);

  return FOYER_QUERY_GET_IFACE (self)->load_arrivals_finish (self, result, error);
}

/**
 * foyer_query_load_reasons_async:
 * @self: the object
 * @spec: a question about commands
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerQueryInterface.
 */
void
foyer_query_load_reasons_async (FoyerQuery *self,
                                FoyerQuerySpec *spec,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (FOYER_IS_QUERY (self));
  g_return_if_fail (spec != NULL && spec->kind == FOYER_QUERY_COMMANDS);

  FOYER_QUERY_GET_IFACE (self)->load_reasons_async (self, spec, cancellable, callback, user_data);
}

/**
 * foyer_query_load_reasons_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerQueryInterface.
 *
 * Returns: (transfer full) (nullable) (element-type FoyerReasonCount): the value, or %NULL with an error
 */
GPtrArray *
foyer_query_load_reasons_finish (FoyerQuery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_QUERY (self), NULL);

  return FOYER_QUERY_GET_IFACE (self)->load_reasons_finish (self, result, error);
}

/**
 * foyer_query_load_event_async:
 * @self: the object
 * @connection: see #FoyerQueryInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerQueryInterface.
 */
void
foyer_query_load_event_async (FoyerQuery *self,
                              const char *connection,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (FOYER_IS_QUERY (self));

  FOYER_QUERY_GET_IFACE (self)->load_event_async (self, connection, cancellable, callback,
                                                  user_data);
}

/**
 * foyer_query_load_event_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerQueryInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
FoyerEvent *
foyer_query_load_event_finish (FoyerQuery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_QUERY (self), NULL);

  return FOYER_QUERY_GET_IFACE (self)->load_event_finish (self, result, error);
}

/**
 * foyer_query_load_products_async:
 * @self: the object
 * @connection: see #FoyerQueryInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerQueryInterface.
 */
void
foyer_query_load_products_async (FoyerQuery *self,
                                 const char *connection,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (FOYER_IS_QUERY (self));

  FOYER_QUERY_GET_IFACE (self)->load_products_async (self, connection, cancellable, callback,
                                                     user_data);
}

/**
 * foyer_query_load_products_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerQueryInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
GPtrArray *
foyer_query_load_products_finish (FoyerQuery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_QUERY (self), NULL);

  return FOYER_QUERY_GET_IFACE (self)->load_products_finish (self, result, error);
}

/**
 * foyer_query_verify_audit_async:
 * @self: the object
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerQueryInterface.
 */
void
foyer_query_verify_audit_async (FoyerQuery *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (FOYER_IS_QUERY (self));

  FOYER_QUERY_GET_IFACE (self)->verify_audit_async (self, cancellable, callback, user_data);
}

/**
 * foyer_query_verify_audit_finish:
 * @self: the object
 * @result: what @callback got
 * @rows: see #FoyerQueryInterface
 * @first_bad: see #FoyerQueryInterface
 * @error: return location
 *
 * See #FoyerQueryInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_query_verify_audit_finish (FoyerQuery *self,
                                 GAsyncResult *result,
                                 gint64 *rows,
                                 gint64 *first_bad,
                                 GError **error)
{
  g_return_val_if_fail (FOYER_IS_QUERY (self), FALSE);

  return FOYER_QUERY_GET_IFACE (self)->verify_audit_finish (self, result, rows, first_bad, error);
}
