/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sqlite-store.h"

G_BEGIN_DECLS

/* A real store in a temporary folder, its calls made synchronous, and small worlds to put into it. */

#define AT(seconds) (G_GINT64_CONSTANT (1900000000) * FOYER_SECOND + (seconds)*FOYER_SECOND)

typedef struct
{
  char *directory;
  FoyerClock *clock;
  FoyerSqliteStore *store;
  FoyerJournal *journal;
  FoyerMirror *mirror;
  FoyerQuery *query;
} Fixture;

FoyerClock *test_clock_new (FoyerTime now);
void test_clock_set (FoyerClock *clock, FoyerTime now);

char *fixture_make_directory (void);
void fixture_remove_directory (const char *directory);
FoyerSqliteStore *fixture_open_store (const char *directory, FoyerClock *clock, GError **error);
void fixture_close_store (FoyerSqliteStore *store);
void fixture_set_up (Fixture *self, gconstpointer data);
void fixture_tear_down (Fixture *self, gconstpointer data);
void fixture_open (Fixture *self);
void fixture_close (Fixture *self);

gboolean fixture_transact (FoyerJournal *journal,
                           gboolean urgent,
                           FoyerTransactionFunc func,
                           gpointer data,
                           gpointer *value,
                           GError **error);
FoyerIngestReport *fixture_ingest (FoyerMirror *mirror,
                                   const char *connection,
                                   FoyerPage *page,
                                   gboolean first,
                                   GError **error);
void fixture_ingest_all (FoyerMirror *mirror,
                         const char *connection,
                         FoyerResource resource,
                         GPtrArray *records);
void fixture_apply (FoyerMirror *mirror,
                    const char *connection,
                    FoyerScan *scan,
                    FoyerStepResult *result);
FoyerSyncState *
fixture_load_state (FoyerMirror *mirror, const char *connection, FoyerResource resource);
void fixture_forget (FoyerMirror *mirror, const char *connection);
GArray *fixture_snapshot (FoyerQuery *query, FoyerQuerySpec *spec, GError **error);
GPtrArray *fixture_find (FoyerQuery *query,
                         const char *connection,
                         const char *text,
                         gint64 list,
                         GError **error);
char *fixture_find_names (FoyerQuery *query, const char *text, gint64 list);
FoyerOrder *fixture_load_order (FoyerQuery *query,
                                const char *connection,
                                const char *code,
                                gint64 list,
                                GError **error);
GPtrArray *fixture_load_lists (FoyerQuery *query, const char *connection);
GPtrArray *fixture_load_reasons (FoyerQuery *query, FoyerQuerySpec *spec);
GArray *fixture_load_arrivals (FoyerQuery *query,
                               const char *connection,
                               gint64 list,
                               FoyerTime since,
                               guint minutes);
FoyerAdmissionFacts *fixture_gather (FoyerJournal *journal,
                                     const char *connection,
                                     const char *code,
                                     gint64 attendee,
                                     gint64 list,
                                     GError **error);

FoyerPage *
make_page (FoyerResource resource, gboolean whole, FoyerTime generated, const char *next);
FoyerOrder *make_order (const char *code, FoyerOrderStatus status);
FoyerAttendee *
add_attendee (FoyerOrder *order, gint64 id, const char *name, const char *secret, gint64 product);
void add_check_in (FoyerAttendee *attendee, gint64 id, gint64 list, FoyerTime at, gboolean exit);
FoyerScan *make_scan (gint64 attendee, gint64 list, FoyerTime at, gboolean exit);
FoyerCommand *make_command (gint64 attendee, gint64 list, FoyerTime at, gboolean exit);
FoyerStepResult *make_result (FoyerStepOutcome outcome, gint64 list);
void make_world (FoyerMirror *mirror, const char *connection);
void put_orders (FoyerMirror *mirror,
                 const char *connection,
                 FoyerTime generated,
                 gboolean whole,
                 ...) G_GNUC_NULL_TERMINATED;
char *insert_command (FoyerJournal *journal, FoyerCommand *command);
void set_command_state (FoyerJournal *journal, const char *id, FoyerCommandState state);
void iterate_until (gboolean (*predicate) (gpointer data), gpointer data);

G_END_DECLS
