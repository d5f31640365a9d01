/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "foyer-test"

#include "store-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "foyer-error.h"
#include "foyer-uuid.h"

#define DEADLINE (60 * G_USEC_PER_SEC)

#define TEST_TYPE_CLOCK (test_clock_get_type ())
G_DECLARE_FINAL_TYPE (TestClock, test_clock, TEST, CLOCK, GObject)

struct _TestClock
{
  GObject parent;
  FoyerTime now; /* atomic enough: set while no thread asks */
};

static FoyerTime
test_clock_now (FoyerClock *clock)
{
  return TEST_CLOCK (clock)->now;
}

static gint64
test_clock_elapsed (FoyerClock *clock)
{
  return g_get_monotonic_time ();
}

static void
test_clock_iface_init (FoyerClockInterface *iface)
{
  iface->now = test_clock_now;
  iface->elapsed = test_clock_elapsed;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestClock,
                               test_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_CLOCK, test_clock_iface_init))

static void
test_clock_class_init (TestClockClass *klass)
{
}

static void
test_clock_init (TestClock *self)
{
}

FoyerClock *
test_clock_new (FoyerTime now)
{
  TestClock *self = g_object_new (TEST_TYPE_CLOCK, NULL);

  self->now = now;
  return FOYER_CLOCK (self);
}

void
test_clock_set (FoyerClock *clock, FoyerTime now)
{
  TEST_CLOCK (clock)->now = now;
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("A test waited too long");
  return G_SOURCE_REMOVE;
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  guint deadline = g_timeout_add (DEADLINE / 1000, on_deadline, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  return *result;
}

void
iterate_until (gboolean (*predicate) (gpointer data), gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE;

  while (!predicate (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
}

char *
fixture_make_directory (void)
{
  char *directory = g_dir_make_tmp ("foyer-store-XXXXXX", NULL);

  g_assert_nonnull (directory);
  return directory;
}

void
fixture_remove_directory (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        fixture_remove_directory (path);
      else
        g_unlink (path);
    }
  g_rmdir (directory);
}

FoyerSqliteStore *
fixture_open_store (const char *directory, FoyerClock *clock, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  foyer_sqlite_store_open_async (directory, clock, NULL, keep_result, &result);
  return foyer_sqlite_store_open_finish (wait_for (&result), error);
}

void
fixture_close_store (FoyerSqliteStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  foyer_sqlite_store_close_async (store, keep_result, &result);
  foyer_sqlite_store_close_finish (store, wait_for (&result), &error);
  g_assert_no_error (error);
}

void
fixture_open (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->store = fixture_open_store (self->directory, self->clock, &error);
  if (error != NULL)
    g_test_message ("%s", foyer_error_get_detail (error));
  g_assert_no_error (error);
  self->journal = foyer_sqlite_store_get_journal (self->store);
  self->mirror = foyer_sqlite_store_get_mirror (self->store);
  self->query = foyer_sqlite_store_get_query (self->store);
}

void
fixture_close (Fixture *self)
{
  fixture_close_store (self->store);
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

void
fixture_set_up (Fixture *self, gconstpointer data)
{
  self->directory = fixture_make_directory ();
  self->clock = test_clock_new (AT (0));
  fixture_open (self);
}

/* The counts that are kept along are those that counting gives. */
static void
check_counts (const char *directory)
{
  static const char sql[]
      = "CREATE TEMP VIEW recount AS "
        "SELECT row >> 44 AS source, 0 AS list, product, subevent, standing, count (*) AS n, "
        "0 AS inside FROM attendee GROUP BY row >> 44, product, subevent, standing "
        "UNION ALL SELECT a.row >> 44, c.list, a.product, a.subevent, a.standing, count (*), "
        "sum (c.last_exit IS NULL OR c.last_exit < c.last_entry) FROM (SELECT attendee, list, "
        "max (CASE exit WHEN 0 THEN datetime END) AS last_entry, "
        "max (CASE exit WHEN 1 THEN datetime END) AS last_exit FROM check_in "
        "GROUP BY attendee, list) c JOIN attendee a ON a.row = c.attendee "
        "WHERE c.last_entry IS NOT NULL GROUP BY 1, 2, 3, 4, 5;"
        "CREATE TEMP VIEW kept AS SELECT source, list, product, subevent, standing, n, inside "
        "FROM tally WHERE n <> 0 OR inside <> 0;";
  g_autofree char *path = g_build_filename (directory, "mirror.db", NULL);
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (db,
                          "SELECT (SELECT count (*) FROM (SELECT * FROM recount EXCEPT "
                          "SELECT * FROM kept)) + (SELECT count (*) FROM (SELECT * FROM "
                          "kept EXCEPT SELECT * FROM recount))",
                          -1, &statement, NULL),
      ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  if (self->store != NULL)
    fixture_close (self);
  check_counts (self->directory);
  g_assert_finalize_object (g_steal_pointer (&self->clock));
  fixture_remove_directory (self->directory);
  g_free (self->directory);
}

gboolean
fixture_transact (FoyerJournal *journal,
                  gboolean urgent,
                  FoyerTransactionFunc func,
                  gpointer data,
                  gpointer *value,
                  GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  foyer_journal_transact_async (journal, urgent, func, data, NULL, NULL, NULL, keep_result,
                                &result);
  return foyer_journal_transact_finish (journal, wait_for (&result), value, error);
}

FoyerIngestReport *
fixture_ingest (FoyerMirror *mirror,
                const char *connection,
                FoyerPage *page,
                gboolean first,
                GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  foyer_mirror_ingest_async (mirror, connection, page, first, NULL, keep_result, &result);
  return foyer_mirror_ingest_finish (mirror, wait_for (&result), error);
}

void
fixture_ingest_all (FoyerMirror *mirror,
                    const char *connection,
                    FoyerResource resource,
                    GPtrArray *records)
{
  g_autoptr (FoyerPage) page = make_page (resource, TRUE, AT (0), NULL);
  g_autoptr (FoyerIngestReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&page->records, g_ptr_array_unref);
  page->records = g_ptr_array_ref (records);
  report = fixture_ingest (mirror, connection, page, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->rejected, ==, 0);
}

void
fixture_apply (FoyerMirror *mirror,
               const char *connection,
               FoyerScan *scan,
               FoyerStepResult *step_result)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  foyer_mirror_apply_result_async (mirror, connection, scan, step_result, NULL, keep_result,
                                   &result);
  g_assert_true (foyer_mirror_apply_result_finish (mirror, wait_for (&result), &error));
  g_assert_no_error (error);
}

FoyerSyncState *
fixture_load_state (FoyerMirror *mirror, const char *connection, FoyerResource resource)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = NULL;

  foyer_mirror_load_states_async (mirror, connection, NULL, keep_result, &result);
  states = foyer_mirror_load_states_finish (mirror, wait_for (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < states->len; i++)
    {
      FoyerSyncState *state = g_ptr_array_index (states, i);

      if (state->resource == resource)
        return foyer_sync_state_ref (state);
    }
  return NULL;
}

void
fixture_forget (FoyerMirror *mirror, const char *connection)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  foyer_mirror_forget_async (mirror, connection, NULL, keep_result, &result);
  g_assert_true (foyer_mirror_forget_finish (mirror, wait_for (&result), &error));
  g_assert_no_error (error);
}

GArray *
fixture_snapshot (FoyerQuery *query, FoyerQuerySpec *spec, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  foyer_query_snapshot_async (query, spec, NULL, keep_result, &result);
  return foyer_query_snapshot_finish (query, wait_for (&result), error);
}

GPtrArray *
fixture_find (FoyerQuery *query,
              const char *connection,
              const char *text,
              gint64 list,
              GError **error)
{
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_PEOPLE);
  g_autoptr (GArray) rows = NULL;

  spec->connection = g_strdup (connection);
  spec->text = g_strdup (text);
  spec->list = list;
  rows = fixture_snapshot (query, spec, error);
  if (rows == NULL)
    return NULL;
  return foyer_query_hydrate (query, spec, (const gint64 *)rows->data, MIN (rows->len, 64), error);
}

/* "Ada, Zoe": who was found, in order. */
char *
fixture_find_names (FoyerQuery *query, const char *text, gint64 list)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = fixture_find (query, NULL, text, list, &error);
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      const FoyerPerson *person = g_ptr_array_index (people, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", person->attendee->name);
    }
  return g_string_free (names, FALSE);
}

FoyerOrder *
fixture_load_order (FoyerQuery *query,
                    const char *connection,
                    const char *code,
                    gint64 list,
                    GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  foyer_query_load_order_async (query, connection, code, list, NULL, keep_result, &result);
  return foyer_query_load_order_finish (query, wait_for (&result), error);
}

GPtrArray *
fixture_load_lists (FoyerQuery *query, const char *connection)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *lists;

  foyer_query_load_lists_async (query, connection, NULL, keep_result, &result);
  lists = foyer_query_load_lists_finish (query, wait_for (&result), &error);
  g_assert_no_error (error);
  return lists;
}

GPtrArray *
fixture_load_reasons (FoyerQuery *query, FoyerQuerySpec *spec)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *counts;

  foyer_query_load_reasons_async (query, spec, NULL, keep_result, &result);
  counts = foyer_query_load_reasons_finish (query, wait_for (&result), &error);
  g_assert_no_error (error);
  return counts;
}

GArray *
fixture_load_arrivals (FoyerQuery *query,
                       const char *connection,
                       gint64 list,
                       FoyerTime since,
                       guint minutes)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *counts;

  foyer_query_load_arrivals_async (query, connection, list, since, minutes, NULL, keep_result,
                                   &result);
  counts = foyer_query_load_arrivals_finish (query, wait_for (&result), &error);
  g_assert_no_error (error);
  return counts;
}

typedef struct
{
  const char *code;
  gint64 attendee;
  FoyerPlaceReference place;
} Gather;

static gboolean
gather (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  const Gather *what = data;

  *result = foyer_transaction_gather_facts (transaction, what->code, what->attendee, &what->place,
                                            1, error);
  return *result != NULL;
}

FoyerAdmissionFacts *
fixture_gather (FoyerJournal *journal,
                const char *connection,
                const char *code,
                gint64 attendee,
                gint64 list,
                GError **error)
{
  Gather what = { code, attendee, { connection, list } };
  gpointer facts = NULL;

  fixture_transact (journal, TRUE, gather, &what, &facts, error);
  return facts;
}

FoyerPage *
make_page (FoyerResource resource, gboolean whole, FoyerTime generated, const char *next)
{
  FoyerPage *page = foyer_page_new (resource);

  page->whole = whole;
  page->generated = generated;
  page->next = g_strdup (next);
  return page;
}

FoyerOrder *
make_order (const char *code, FoyerOrderStatus status)
{
  FoyerOrder *order = foyer_order_new ();

  order->code = g_strdup (code);
  order->status = status;
  order->email = g_strdup_printf ("%s@buyer.example", code);
  order->datetime = AT (-86400);
  order->last_modified = AT (-3600);
  order->attendees = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_attendee_unref);
  return order;
}

FoyerAttendee *
add_attendee (FoyerOrder *order, gint64 id, const char *name, const char *secret, gint64 product)
{
  FoyerAttendee *attendee = foyer_attendee_new ();

  attendee->id = id;
  attendee->positionid = order->attendees->len + 1;
  attendee->order = g_strdup (order->code);
  attendee->name = g_strdup (name);
  attendee->secret = g_strdup (secret);
  attendee->product = product;
  attendee->check_ins = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_check_in_unref);
  attendee->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_answer_unref);
  g_ptr_array_add (order->attendees, attendee);
  return attendee;
}

void
add_check_in (FoyerAttendee *attendee, gint64 id, gint64 list, FoyerTime at, gboolean exit)
{
  FoyerCheckIn *check_in = foyer_check_in_new ();

  check_in->id = id;
  check_in->list = list;
  check_in->datetime = at;
  check_in->exit = exit;
  g_ptr_array_add (attendee->check_ins, check_in);
}

FoyerScan *
make_scan (gint64 attendee, gint64 list, FoyerTime at, gboolean exit)
{
  FoyerScan *scan = foyer_scan_new ();

  scan->secret = g_strdup_printf ("secret-%" G_GINT64_FORMAT, attendee);
  scan->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (scan->lists, list);
  scan->list = list;
  scan->attendee = attendee;
  scan->datetime = at;
  scan->exit = exit;
  return scan;
}

FoyerCommand *
make_command (gint64 attendee, gint64 list, FoyerTime at, gboolean exit)
{
  g_autoptr (FoyerScan) scan = make_scan (attendee, list, at, exit);
  FoyerCommand *command = foyer_command_new ();

  command->id = foyer_uuid_new_v7 (at);
  command->key = foyer_uuid_new_v7 (at);
  command->kind = exit ? FOYER_COMMAND_EXIT : FOYER_COMMAND_CHECK_IN;
  command->connection = g_strdup ("conf");
  command->target = g_strdup_printf ("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, attendee, list);
  command->arguments = foyer_scan_to_json (scan);
  command->created = at;
  command->door_time = at;
  return command;
}

FoyerStepResult *
make_result (FoyerStepOutcome outcome, gint64 list)
{
  FoyerStepResult *result = foyer_step_result_new ();

  result->outcome = outcome;
  result->list = list;
  return result;
}

static void
add_list (GPtrArray *lists, gint64 id, const char *name, gint64 product, gint64 subevent)
{
  FoyerCheckInList *list = foyer_check_in_list_new ();

  list->id = id;
  list->name = g_strdup (name);
  list->all_products = product == 0;
  list->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (product != 0)
    g_array_append_val (list->products, product);
  list->subevent = subevent;
  list->include_pending = id == 2;
  list->addon_match = id == 3;
  g_ptr_array_add (lists, list);
}

static void
add_product (GPtrArray *products, gint64 id, const char *name)
{
  FoyerProduct *product = foyer_product_new ();
  FoyerVariation *variation = foyer_variation_new ();

  product->id = id;
  product->name = g_strdup (name);
  product->position = (int)id;
  if (product->variations == NULL)
    product->variations = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_variation_unref);
  variation->id = id * 10;
  variation->name = g_strdup_printf ("%s, reduced", name);
  g_ptr_array_add (product->variations, variation);
  g_ptr_array_add (products, product);
}

/* An event, products 1 (ticket) and 2 (workshop), lists 1 (all), 2 (product 1, pending too), 3 (product 2,
 * add-ons by their main ticket's code), 4 (date 7 only), one question of product 1. */
void
make_world (FoyerMirror *mirror, const char *connection)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_event_unref);
  g_autoptr (GPtrArray) dates = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_subevent_unref);
  g_autoptr (GPtrArray) products = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_product_unref);
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_check_in_list_unref);
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_question_unref);
  FoyerEvent *event = foyer_event_new ();
  FoyerSubevent *date = foyer_subevent_new ();
  FoyerQuestion *question = foyer_question_new ();
  FoyerQuestionOption *option = foyer_question_option_new ();
  gint64 one = 1;

  event->slug = g_strdup ("conf");
  event->name = g_strdup ("Conference");
  event->zone = g_strdup ("Europe/Berlin");
  event->currency = g_strdup ("EUR");
  event->date_from = AT (0);
  event->signing_keys = g_strsplit ("a b", " ", -1);
  g_ptr_array_add (events, event);
  fixture_ingest_all (mirror, connection, FOYER_RESOURCE_EVENT, events);

  date->id = 7;
  date->name = g_strdup ("Saturday");
  date->date_from = AT (0);
  g_ptr_array_add (dates, date);
  fixture_ingest_all (mirror, connection, FOYER_RESOURCE_SUBEVENTS, dates);

  add_product (products, 1, "Ticket");
  add_product (products, 2, "Workshop");
  fixture_ingest_all (mirror, connection, FOYER_RESOURCE_PRODUCTS, products);

  question->id = 5;
  question->question = g_strdup ("Size?");
  question->type = g_strdup ("C");
  question->ask_during_checkin = TRUE;
  g_clear_pointer (&question->products, g_array_unref);
  question->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (question->products, one);
  if (question->options == NULL)
    question->options = g_ptr_array_new_with_free_func (
        (GDestroyNotify)foyer_question_option_unref);
  option->id = 51;
  option->answer = g_strdup ("M");
  g_ptr_array_add (question->options, option);
  g_ptr_array_add (questions, question);
  fixture_ingest_all (mirror, connection, FOYER_RESOURCE_QUESTIONS, questions);

  add_list (lists, 1, "All", 0, 0);
  add_list (lists, 2, "Pending", 1, 0);
  add_list (lists, 3, "Workshops", 2, 0);
  add_list (lists, 4, "Saturday", 0, 7);
  fixture_ingest_all (mirror, connection, FOYER_RESOURCE_LISTS, lists);
}

/* Takes the orders over. */
void
put_orders (FoyerMirror *mirror, const char *connection, FoyerTime generated, gboolean whole, ...)
{
  g_autoptr (FoyerPage) page = make_page (FOYER_RESOURCE_ORDERS, whole, generated, NULL);
  g_autoptr (FoyerIngestReport) report = NULL;
  g_autoptr (GError) error = NULL;
  FoyerOrder *order;
  va_list args;

  if (page->records == NULL)
    page->records = g_ptr_array_new ();
  g_ptr_array_set_free_func (page->records, (GDestroyNotify)foyer_order_unref);
  va_start (args, whole);
  while ((order = va_arg (args, FoyerOrder *)) != NULL)
    g_ptr_array_add (page->records, order);
  va_end (args);
  report = fixture_ingest (mirror, connection, page, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->rejected, ==, 0);
}

static gboolean
insert (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  return foyer_transaction_insert_command (transaction, data, error) > 0;
}

/* Takes the command over; gives its id. */
char *
insert_command (FoyerJournal *journal, FoyerCommand *command)
{
  g_autoptr (GError) error = NULL;
  char *id = g_strdup (command->id);

  fixture_transact (journal, TRUE, insert, command, NULL, &error);
  g_assert_no_error (error);
  foyer_command_unref (command);
  return id;
}

typedef struct
{
  const char *id;
  FoyerCommandState state;
} SetState;

static gboolean
set_state (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  const SetState *what = data;
  g_autoptr (FoyerCommand) command = foyer_transaction_get_command (transaction, what->id, error);
  g_autoptr (FoyerCommand) changed = NULL;

  if (command == NULL)
    return FALSE;

  changed = foyer_command_copy (command);
  changed->state = what->state;
  return foyer_transaction_update_command (transaction, changed, error);
}

void
set_command_state (FoyerJournal *journal, const char *id, FoyerCommandState state)
{
  SetState what = { id, state };
  g_autoptr (GError) error = NULL;

  fixture_transact (journal, FALSE, set_state, &what, NULL, &error);
  g_assert_no_error (error);
}
