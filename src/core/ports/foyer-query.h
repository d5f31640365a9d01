/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "foyer-call.h"
#include "foyer-command.h"
#include "foyer-event.h"
#include "foyer-list-summary.h"
#include "foyer-order.h"
#include "foyer-person.h"
#include "foyer-product.h"

G_BEGIN_DECLS

/**
 * FoyerQueryKind:
 * @FOYER_QUERY_PEOPLE: FoyerPerson, by text, best first
 * @FOYER_QUERY_COMMANDS: FoyerCommand, newest first
 * @FOYER_QUERY_CALLS: FoyerCall, newest first (the audit)
 *
 * What is asked for; behind each the type of its rows.
 */
typedef enum
{
  FOYER_QUERY_PEOPLE,
  FOYER_QUERY_COMMANDS,
  FOYER_QUERY_CALLS,
} FoyerQueryKind;

#define FOYER_TYPE_QUERY_SPEC (foyer_query_spec_get_type ())

/**
 * FoyerQuerySpec:
 * @kind: what
 * @connection: (nullable): only of this connection
 * @text: (nullable): people: what was typed; %NULL or empty: everybody, by name. Commands: words of the name, the
 *   product or the order, each the beginning of one; %NULL or empty: all
 * @list: people: the list that "admitted" means, or 0; people who are not in yet come first
 * @states: commands: a set of `1 << FoyerCommandState`, 0 = all
 * @command_kind: commands: a #FoyerCommandKind, or -1 for all
 * @since: commands, calls: not before this, or %FOYER_TIME_NONE
 * @limit: rows at most, 0 = all
 *
 * A question to the store. Immutable once made.
 */
typedef struct _FoyerQuerySpec FoyerQuerySpec;
struct _FoyerQuerySpec
{
  FoyerQueryKind kind;
  char *connection;
  char *text;
  gint64 list;
  guint states;
  int command_kind;
  FoyerTime since;
  gsize limit;
};

GType foyer_query_spec_get_type (void) G_GNUC_CONST;
FoyerQuerySpec *foyer_query_spec_new (FoyerQueryKind kind);
FoyerQuerySpec *foyer_query_spec_ref (FoyerQuerySpec *self);
void foyer_query_spec_unref (FoyerQuerySpec *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerQuerySpec, foyer_query_spec_unref)

#define FOYER_TYPE_QUERY (foyer_query_get_type ())
G_DECLARE_INTERFACE (FoyerQuery, foyer_query, FOYER, QUERY, GObject)

/**
 * FoyerQueryInterface:
 * @snapshot_async: the ids (gint64) of all rows that answer a question, in order; the rows themselves
 *   are read later, page by page
 * @hydrate: synchronous, at most 64 rows by primary key (well under a frame): the rows of these ids in
 *   this order; an id that is gone gives %NULL in its place. The one blocking call of the house.
 * @count_async: how many rows answer a question
 * @load_order_async: one order with its tickets and their check-ins, waiting commands laid over;
 *   %NULL with %FOYER_ERROR_NOT_FOUND
 * @load_lists_async: (element-type FoyerListSummary): a connection's check-in lists
 * @load_arrivals_async: (element-type guint): entries on a list in each of so many minutes from a moment on, of all
 *   desks, waiting commands laid over
 * @load_reasons_async: (element-type FoyerReasonCount): why people were not let in, of those refusals that a question about
 *   commands finds; most frequent first
 * @load_event_async: a connection's event; %NULL with %FOYER_ERROR_NOT_FOUND before the first sync
 * @load_products_async: (element-type FoyerProduct): a connection's products
 * @verify_audit_async: walks the hash chain; gives rows seen and the first bad row (0: intact)
 *
 * Reading, always local, never waiting for a network or a writer.
 */
struct _FoyerQueryInterface
{
  GTypeInterface parent;

  void (*snapshot_async) (FoyerQuery *self,
                          FoyerQuerySpec *spec,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
  GArray *(*snapshot_finish) (FoyerQuery *self, GAsyncResult *result, GError **error);
  GPtrArray *(*hydrate) (FoyerQuery *self,
                         FoyerQuerySpec *spec,
                         const gint64 *ids,
                         gsize n_ids,
                         GError **error);
  void (*count_async) (FoyerQuery *self,
                       FoyerQuerySpec *spec,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gint64 (*count_finish) (FoyerQuery *self, GAsyncResult *result, GError **error);
  void (*load_order_async) (FoyerQuery *self,
                            const char *connection,
                            const char *code,
                            gint64 list,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
  FoyerOrder *(*load_order_finish) (FoyerQuery *self, GAsyncResult *result, GError **error);
  void (*load_lists_async) (FoyerQuery *self,
                            const char *connection,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
  GPtrArray *(*load_lists_finish) (FoyerQuery *self, GAsyncResult *result, GError **error);
  void (*load_arrivals_async) (FoyerQuery *self,
                               const char *connection,
                               gint64 list,
                               FoyerTime since,
                               guint minutes,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
  GArray *(*load_arrivals_finish) (FoyerQuery *self, GAsyncResult *result, GError **error);
  void (*load_reasons_async) (FoyerQuery *self,
                              FoyerQuerySpec *spec,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
  GPtrArray *(*load_reasons_finish) (FoyerQuery *self, GAsyncResult *result, GError **error);
  void (*load_event_async) (FoyerQuery *self,
                            const char *connection,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
  FoyerEvent *(*load_event_finish) (FoyerQuery *self, GAsyncResult *result, GError **error);
  void (*load_products_async) (FoyerQuery *self,
                               const char *connection,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
  GPtrArray *(*load_products_finish) (FoyerQuery *self, GAsyncResult *result, GError **error);
  void (*verify_audit_async) (FoyerQuery *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
  gboolean (*verify_audit_finish) (FoyerQuery *self,
                                   GAsyncResult *result,
                                   gint64 *rows,
                                   gint64 *first_bad,
                                   GError **error);
};

void foyer_query_snapshot_async (FoyerQuery *self,
                                 FoyerQuerySpec *spec,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GArray *foyer_query_snapshot_finish (FoyerQuery *self, GAsyncResult *result, GError **error);
GPtrArray *foyer_query_hydrate (FoyerQuery *self,
                                FoyerQuerySpec *spec,
                                const gint64 *ids,
                                gsize n_ids,
                                GError **error);
void foyer_query_count_async (FoyerQuery *self,
                              FoyerQuerySpec *spec,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gint64 foyer_query_count_finish (FoyerQuery *self, GAsyncResult *result, GError **error);
void foyer_query_load_order_async (FoyerQuery *self,
                                   const char *connection,
                                   const char *code,
                                   gint64 list,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
FoyerOrder *foyer_query_load_order_finish (FoyerQuery *self, GAsyncResult *result, GError **error);
void foyer_query_load_lists_async (FoyerQuery *self,
                                   const char *connection,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *foyer_query_load_lists_finish (FoyerQuery *self, GAsyncResult *result, GError **error);
void foyer_query_load_arrivals_async (FoyerQuery *self,
                                      const char *connection,
                                      gint64 list,
                                      FoyerTime since,
                                      guint minutes,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GArray *foyer_query_load_arrivals_finish (FoyerQuery *self, GAsyncResult *result, GError **error);
void foyer_query_load_reasons_async (FoyerQuery *self,
                                     FoyerQuerySpec *spec,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *foyer_query_load_reasons_finish (FoyerQuery *self, GAsyncResult *result, GError **error);
void foyer_query_load_event_async (FoyerQuery *self,
                                   const char *connection,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
FoyerEvent *foyer_query_load_event_finish (FoyerQuery *self, GAsyncResult *result, GError **error);
void foyer_query_load_products_async (FoyerQuery *self,
                                      const char *connection,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *
foyer_query_load_products_finish (FoyerQuery *self, GAsyncResult *result, GError **error);
void foyer_query_verify_audit_async (FoyerQuery *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean foyer_query_verify_audit_finish (FoyerQuery *self,
                                          GAsyncResult *result,
                                          gint64 *rows,
                                          gint64 *first_bad,
                                          GError **error);

G_END_DECLS
