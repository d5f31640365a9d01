/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "foyer-bench"

#include "bench-world.h"

#include "foyer-check-in-list.h"
#include "foyer-event.h"
#include "foyer-order.h"
#include "foyer-product.h"

#define TICKETS_PER_ORDER 2
#define PAGE_ORDERS 500
#define BEGAN (G_GINT64_CONSTANT (1790000000) * FOYER_SECOND)

static const char *const given_names[] = {
  "Ada",    "Anna",  "Łukasz",     "Zoë",        "Øystein", "Anne-Marie", "José",   "Søren",
  "Chloé",  "Ágnes", "Jürgen",     "Małgorzata", "Björn",   "Đorđe",      "Ingrid", "Fatima",
  "Kwame",  "Priya", "Matteo",     "Aoife",      "Ivan",    "Leïla",      "Noah",   "Emma",
  "Oliver", "Sofia", "Þórunn",     "Gülşah",     "Maria",   "Thomas",     "Peter",  "Sabine",
  "Marta",  "Paul",  "Christiane", "Mehmet",     "Olga",    "Hannah",     "Lea",    "Tom",
};
static const char *const family_names[] = {
  "O'Connor",        "Strauß",  "Øre",       "Çelik",        "Kovács", "van der Berg",
  "Nowak",           "Müller",  "Smith",     "Lefèvre",      "Dvořák", "Ångström",
  "Þorsteinsdóttir", "Yılmaz",  "Björnsson", "Sharma",       "Rossi",  "MacDonald",
  "Szczęsny",        "Groß",    "Hernández", "Papadopoulos", "Tanaka", "Kim",
  "Meyer",           "Fischer", "Brown",     "Schmidt",
};
static const char *const syllables[] = {
  "ba",  "ber", "ding", "do",  "el",    "fel", "gor", "ha",   "hol", "in", "jan", "ka",
  "kov", "le",  "lin",  "ma",  "men",   "mo",  "na",  "nor",  "o",   "pe", "ra",  "ri",
  "ro",  "sa",  "sen",  "ski", "stein", "ta",  "ter", "thal", "u",   "va", "wal", "zi",
};
static const char *const cjk_names[] = {
  "山田 太郎", "佐藤 花子", "王 小明", "李 娜", "김 민준", "田中 美咲", "陈 伟", "박 서연",
};
static const char *const companies[] = {
  "Acme GmbH", "Bürgerverein Köln e.V.", "Nordlicht ApS", "Studio 71", "Łódź Film", "Hotel Zürich",
};

/* The same n gives the same draw, whatever was drawn before: splitmix64. */
static guint64
draw (guint64 n, guint64 what)
{
  guint64 z = (n * 16 + what + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/**
 * bench_store_open:
 *
 * Returns: (transfer full): the store in this folder, made if it is not there
 */
FoyerSqliteStore *
bench_store_open (const char *directory, FoyerClock *clock)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FoyerSqliteStore *store;

  foyer_sqlite_store_open_async (directory, clock, NULL, bench_keep_result, &result);
  store = foyer_sqlite_store_open_finish (bench_wait_for (&result), &error);
  bench_require (error);
  return store;
}

void
bench_store_close (FoyerSqliteStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  foyer_sqlite_store_close_async (store, bench_keep_result, &result);
  foyer_sqlite_store_close_finish (store, bench_wait_for (&result), &error);
  bench_require (error);
}

FoyerConnection *
bench_connection_new (const char *base_url)
{
  FoyerConnection *connection = foyer_connection_new ();

  connection->name = g_strdup (BENCH_CONNECTION);
  connection->service = g_strdup ("pretix");
  connection->base_url = g_strdup (base_url);
  connection->organizer = g_strdup ("bench");
  connection->event = g_strdup ("bench");
  connection->auth_scheme = g_strdup ("Token");
  connection->secret_ref = g_strdup (BENCH_CONNECTION);
  return connection;
}

static gboolean
put_connection (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  return foyer_transaction_put_connection (transaction, data, error);
}

void
bench_store_put_connection (FoyerSqliteStore *store, FoyerConnection *connection)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FoyerJournal *journal = foyer_sqlite_store_get_journal (store);

  foyer_journal_transact_async (journal, FALSE, put_connection, connection, NULL, NULL, NULL,
                                bench_keep_result, &result);
  foyer_journal_transact_finish (journal, bench_wait_for (&result), NULL, &error);
  bench_require (error);
}

char *
bench_world_dup_secret (gint64 attendee)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                          draw ((guint64)attendee, 0), draw ((guint64)attendee, 1));
}

char *
bench_world_dup_code (gint64 attendee)
{
  return g_strdup_printf ("A%07" G_GINT64_FORMAT, attendee / TICKETS_PER_ORDER);
}

/**
 * bench_world_dup_name:
 *
 * Half of the people share their family name with many, the others with few, as people do.
 *
 * Returns: (transfer full): the name of attendee @attendee
 */
char *
bench_world_dup_name (gint64 attendee)
{
  guint64 n = (guint64)attendee;
  const char *given = given_names[draw (n, 2) % G_N_ELEMENTS (given_names)];
  g_autoptr (GString) family = NULL;

  if (draw (n, 3) % 50 == 0)
    return g_strdup (cjk_names[draw (n, 4) % G_N_ELEMENTS (cjk_names)]);
  if (draw (n, 3) % 2 == 0)
    return g_strconcat (given, " ", family_names[draw (n, 4) % G_N_ELEMENTS (family_names)], NULL);

  family = g_string_new (NULL);
  for (guint i = 0; i < 2 + draw (n, 5) % 3; i++)
    g_string_append (family, syllables[draw (n, 6 + i) % G_N_ELEMENTS (syllables)]);
  family->str[0] = g_ascii_toupper (family->str[0]);
  return g_strconcat (given, " ", family->str, NULL);
}

static void
add_attendee (FoyerOrder *order, gint64 n, gboolean changed)
{
  FoyerAttendee *attendee = foyer_attendee_new ();

  attendee->id = n + 1;
  attendee->positionid = 1 + n % TICKETS_PER_ORDER;
  attendee->order = g_strdup (order->code);
  attendee->product = 1 + (gint64)(draw ((guint64)n, 10) % 4);
  attendee->secret = bench_world_dup_secret (n);
  attendee->name = bench_world_dup_name (n);
  attendee->email = g_strdup_printf ("guest%" G_GINT64_FORMAT "%s@mail%u.example", n,
                                     changed ? "b" : "", (guint)(draw ((guint64)n, 11) % 40));
  if (draw ((guint64)n, 12) % 3 == 0)
    attendee->company = g_strdup (companies[draw ((guint64)n, 13) % G_N_ELEMENTS (companies)]);
  attendee->valid_from = FOYER_TIME_NONE;
  attendee->valid_until = FOYER_TIME_NONE;
  g_ptr_array_add (order->attendees, attendee);
}

static FoyerOrder *
create_order (gint64 first, gint64 end, gboolean changed)
{
  FoyerOrder *order = foyer_order_new ();

  order->code = bench_world_dup_code (first);
  order->status = FOYER_ORDER_PAID;
  order->email = g_strdup_printf ("buyer%" G_GINT64_FORMAT "@example.org", first);
  order->locale = g_strdup ("de");
  order->total = g_strdup ("250.00");
  order->datetime = BEGAN + first * FOYER_SECOND;
  order->expires = FOYER_TIME_NONE;
  order->last_modified = order->datetime;
  if (order->attendees == NULL)
    order->attendees = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_attendee_unref);
  for (gint64 n = first; n < MIN (first + TICKETS_PER_ORDER, end); n++)
    add_attendee (order, n, changed);
  return order;
}

static FoyerPage *
create_empty_page (FoyerResource resource, GDestroyNotify free_record)
{
  FoyerPage *page = foyer_page_new (resource);

  g_clear_pointer (&page->records, g_ptr_array_unref);
  page->records = g_ptr_array_new_with_free_func (free_record);
  page->whole = TRUE;
  page->generated = BEGAN;
  page->watermark = g_strdup ("2026-09-21T00:00:00Z");
  return page;
}

/**
 * bench_world_create_page:
 * @first: first attendee, the first of an order
 * @end: the one after the last
 * @next: (nullable): where the next page is; %NULL: this is the last
 * @changed: as somebody has edited them since
 *
 * Returns: (transfer full): a page of orders
 */
FoyerPage *
bench_world_create_page (gint64 first, gint64 end, const char *next, gboolean changed)
{
  FoyerPage *page = create_empty_page (FOYER_RESOURCE_ORDERS, (GDestroyNotify)foyer_order_unref);

  page->next = g_strdup (next);
  for (gint64 n = first; n < end; n += TICKETS_PER_ORDER)
    g_ptr_array_add (page->records, create_order (n, end, changed));
  return page;
}

static void
ingest (FoyerMirror *mirror, FoyerPage *page, gboolean first)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FoyerIngestReport) report = NULL;
  g_autoptr (GError) error = NULL;

  foyer_mirror_ingest_async (mirror, BENCH_CONNECTION, page, first, NULL, bench_keep_result,
                             &result);
  report = foyer_mirror_ingest_finish (mirror, bench_wait_for (&result), &error);
  bench_require (error);
  g_assert_cmpint (report->rejected, ==, 0);
}

static void
ingest_one (FoyerMirror *mirror,
            FoyerResource resource,
            gpointer record,
            GDestroyNotify free_record)
{
  g_autoptr (FoyerPage) page = create_empty_page (resource, free_record);

  g_ptr_array_add (page->records, record);
  ingest (mirror, page, TRUE);
}

static FoyerEvent *
create_event (void)
{
  FoyerEvent *event = foyer_event_new ();

  event->slug = g_strdup ("bench");
  event->organizer = g_strdup ("bench");
  event->name = g_strdup ("Bench");
  event->zone = g_strdup ("Europe/Berlin");
  event->currency = g_strdup ("EUR");
  event->date_from = BEGAN;
  event->date_to = FOYER_TIME_NONE;
  event->date_admission = FOYER_TIME_NONE;
  event->live = TRUE;
  return event;
}

static FoyerCheckInList *
create_list (void)
{
  FoyerCheckInList *list = foyer_check_in_list_new ();

  list->id = BENCH_LIST;
  list->name = g_strdup ("Everybody");
  list->all_products = TRUE;
  list->exit_all_at = FOYER_TIME_NONE;
  return list;
}

static FoyerPage *
create_products (void)
{
  FoyerPage *page = create_empty_page (FOYER_RESOURCE_PRODUCTS,
                                       (GDestroyNotify)foyer_product_unref);

  for (gint64 id = 1; id <= 4; id++)
    {
      FoyerProduct *product = foyer_product_new ();

      product->id = id;
      product->name = g_strdup_printf ("Product %" G_GINT64_FORMAT, id);
      product->position = (int)id;
      product->active = TRUE;
      product->admission = TRUE;
      g_ptr_array_add (page->records, product);
    }
  return page;
}

/**
 * bench_world_fill:
 * @mirror: an empty mirror
 * @attendees: how many
 *
 * Stores the whole event, as a sync does, without a wire.
 */
void
bench_world_fill (FoyerMirror *mirror, gint64 attendees)
{
  g_autoptr (FoyerPage) products = create_products ();
  gint64 step = PAGE_ORDERS * TICKETS_PER_ORDER;

  ingest_one (mirror, FOYER_RESOURCE_EVENT, create_event (), (GDestroyNotify)foyer_event_unref);
  ingest (mirror, products, TRUE);
  ingest_one (mirror, FOYER_RESOURCE_LISTS, create_list (),
              (GDestroyNotify)foyer_check_in_list_unref);
  for (gint64 n = 0; n < attendees; n += step)
    {
      gint64 end = MIN (n + step, attendees);
      g_autoptr (FoyerPage) page = bench_world_create_page (n, end, end < attendees ? "next" : NULL,
                                                            FALSE);

      ingest (mirror, page, n == 0);
    }
}
