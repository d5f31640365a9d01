/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding people: what is typed at a door, and what may be typed. Each test is made twice: with the words in
 * the index, and while they wait to be indexed. */

#define G_LOG_DOMAIN "foyer-test"

#include <string.h>

#include "foyer-database.h"
#include "foyer-error.h"
#include "foyer-trigram-table.h"
#include "store-fixture.h"

static void
put_people (Fixture *self)
{
  FoyerOrder *order = make_order ("ABC12", FOYER_ORDER_PAID);
  FoyerOrder *company = make_order ("XYZ99", FOYER_ORDER_PAID);
  FoyerOrder *gone = make_order ("GONE1", FOYER_ORDER_CANCELED);

  make_world (self->mirror, "conf");
  add_attendee (order, 1, "Zoë Müller", "secretzoe", 1);
  add_attendee (order, 2, "Łukasz Strauß", "secretlukasz", 1);
  add_attendee (order, 3, "山田太郎", "secretyamada", 1);
  add_attendee (order, 4, "Sinéad O'Connor", "secretsinead", 1);
  add_attendee (company, 5, "İlgaz Işık", "secretilgaz", 1)->email = g_strdup (
      "first.last+tag@mail.example");
  add_attendee (company, 6, "Jean-Luc Müllerschön", "secretjean", 1);
  company->company = g_strdup ("Ärzte ohne Grenzen e.V.");
  add_attendee (gone, 7, "Zoe Zander", "secretgone", 1);
  put_orders (self->mirror, "conf", AT (10), TRUE, order, company, gone, NULL);
}

static gboolean
is_indexed (gpointer data)
{
  gint64 waiting = 1;

  g_assert_true (foyer_trigram_table_count_waiting (data, 10, &waiting, NULL));
  return waiting == 0;
}

static void
wait_for_index (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->directory, "mirror.db", NULL);
  g_autoptr (FoyerDatabase) db = foyer_database_open (path, FOYER_DATABASE_QUERY_ONLY, NULL);

  iterate_until (is_indexed, db);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  fixture_set_up (self, data);
  put_people (self);
  if (GPOINTER_TO_INT (data))
    wait_for_index (self);
}

static void
assert_found (Fixture *self, const char *text, const char *expected)
{
  g_autofree char *names = fixture_find_names (self->query, text, 1);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_words (Fixture *self, gconstpointer data)
{
  assert_found (self, "zoe", "Zoë Müller, Zoe Zander");
  assert_found (self, "ZOË", "Zoë Müller, Zoe Zander");
  assert_found (self, "z", "Zoë Müller, Zoe Zander");
  assert_found (self, "zo", "Zoë Müller, Zoe Zander");
  assert_found (self, "zoe m", "Zoë Müller");
  assert_found (self, "müller zoë", "Zoë Müller");
  assert_found (self, "mueller", "Jean-Luc Müllerschön, Zoë Müller");
  assert_found (self, "strauss", "Łukasz Strauß");
  assert_found (self, "lukasz", "Łukasz Strauß");
  assert_found (self, "ilgaz isik", "İlgaz Işık");
  assert_found (self, "connor", "Sinéad O'Connor");
  assert_found (self, "o'connor", "Sinéad O'Connor");
  assert_found (self, "oconnor", "Sinéad O'Connor");
  assert_found (self, "jean luc", "Jean-Luc Müllerschön");
  assert_found (self, "ärzte", "İlgaz Işık, Jean-Luc Müllerschön");
  assert_found (self, "山", "山田太郎");
  assert_found (self, "山田", "山田太郎");
  assert_found (self, "太郎", "山田太郎");
  assert_found (self, "nobody", "");
  assert_found (self, "zoe x", "");
}

static void
test_parts (Fixture *self, gconstpointer data)
{
  assert_found (self, "ullersch", "Jean-Luc Müllerschön");
  assert_found (self, "kasz", "Łukasz Strauß");
  assert_found (self, "onno", "Sinéad O'Connor");
  assert_found (self, "last+tag", "İlgaz Işık");
  assert_found (self, "first.last", "İlgaz Işık");
  assert_found (self, "mail.example", "İlgaz Işık");
  assert_found (self, "ll", "");
  assert_found (self, "yz9", "İlgaz Işık, Jean-Luc Müllerschön");
}

static void
test_exact (Fixture *self, gconstpointer data)
{
  assert_found (self, "secretjean", "Jean-Luc Müllerschön");
  assert_found (self, "  secretjean ", "Jean-Luc Müllerschön");
  assert_found (self, "SECRETJEAN", "");
  assert_found (self, "abc12", "Łukasz Strauß, Sinéad O'Connor, Zoë Müller, 山田太郎");
  assert_found (self, "#ABC12", "Łukasz Strauß, Sinéad O'Connor, Zoë Müller, 山田太郎");
  assert_found (self, "ABC12-3", "山田太郎");
  assert_found (self, "XYZ99", "İlgaz Işık, Jean-Luc Müllerschön");
}

static void
test_everybody (Fixture *self, gconstpointer data)
{
  assert_found (self, "",
                "İlgaz Işık, Jean-Luc Müllerschön, Łukasz Strauß, Sinéad O'Connor, Zoë Müller, Zoe "
                "Zander, 山田太郎");
  assert_found (self, NULL,
                "İlgaz Işık, Jean-Luc Müllerschön, Łukasz Strauß, Sinéad O'Connor, Zoë Müller, Zoe "
                "Zander, 山田太郎");
  assert_found (self, " \t ",
                "İlgaz Işık, Jean-Luc Müllerschön, Łukasz Strauß, Sinéad O'Connor, Zoë Müller, Zoe "
                "Zander, 山田太郎");
}

/* Who is in already comes after those who are not; also while that waits to be sent. */
static void
test_admitted_last (Fixture *self, gconstpointer data)
{
  g_autofree char *on_other_list = NULL;

  assert_found (self, "müller", "Jean-Luc Müllerschön, Zoë Müller");
  g_free (insert_command (self->journal, make_command (6, 1, AT (50), FALSE)));
  assert_found (self, "müller", "Zoë Müller, Jean-Luc Müllerschön");
  assert_found (self, "",
                "İlgaz Işık, Łukasz Strauß, Sinéad O'Connor, Zoë Müller, Zoe Zander, 山田太郎, "
                "Jean-Luc Müllerschön");
  on_other_list = fixture_find_names (self->query, "müller", 2);
  g_assert_cmpstr (on_other_list, ==, "Jean-Luc Müllerschön, Zoë Müller");
}

/* Nothing that is typed is a language. */
static void
test_hostile (Fixture *self, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (4096, 'z');
  g_autofree char *many = NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  const char *texts[] = {
    "\"",
    "*",
    "^zoe",
    "NEAR",
    "NEAR(zoe müller)",
    "zoe AND müller",
    "zoe OR x",
    "NOT",
    "words:zoe",
    "zoe\"",
    "-zoe",
    "+",
    "()",
    "{zoe}",
    "'; DROP TABLE attendee; --",
    "%",
    "_",
    "\\",
    "...",
    "a.b",
    "\xff\xfe",
    "zoe\xc3",
    "\n",
    "\xe2\x80\xae",
    "🎟",
    "#",
    "-",
    "ABC12-",
    "-1",
    "ABC12-99999999999999999999",
  };

  for (guint i = 0; i < 300; i++)
    g_string_append (words, "zoe müller ");
  many = g_string_free (g_steal_pointer (&words), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (texts) + 2; i++)
    {
      const char *text = i < G_N_ELEMENTS (texts)    ? texts[i]
                         : i == G_N_ELEMENTS (texts) ? huge
                                                     : many;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) people = fixture_find (self->query, "conf", text, 1, &error);

      g_assert_no_error (error);
      g_assert_nonnull (people);
    }

  assert_found (self, "^zoe", "Zoë Müller, Zoe Zander");
  assert_found (self, "zoe\"*", "Zoë Müller, Zoe Zander");
  assert_found (self, "zoe AND müller", "");
  assert_found (self, huge, "");
}

/* What changes is found anew and not as it was. */
static void
test_changes (Fixture *self, gconstpointer data)
{
  FoyerOrder *order = make_order ("ABC12", FOYER_ORDER_PAID);

  add_attendee (order, 1, "Quentin Quick", "secretquentin", 1);
  put_orders (self->mirror, "conf", AT (20), FALSE, order, NULL);
  if (GPOINTER_TO_INT (data))
    wait_for_index (self);

  assert_found (self, "quentin", "Quentin Quick");
  assert_found (self, "uenti", "Quentin Quick");
  assert_found (self, "zoe", "Zoe Zander");
  assert_found (self, "lukasz", "");
  assert_found (self, "secretzoe", "");
}

static void
test_limit (Fixture *self, gconstpointer data)
{
  FoyerOrder *order = make_order ("MANY", FOYER_ORDER_PAID);
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_PEOPLE);
  g_autoptr (GArray) some = NULL;
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) everybody = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 700; i++)
    {
      g_autofree char *name = g_strdup_printf ("Twin Number%03d", i);

      add_attendee (order, 1000 + i, name, NULL, 1);
    }
  put_orders (self->mirror, "conf", AT (20), FALSE, order, NULL);
  if (GPOINTER_TO_INT (data))
    wait_for_index (self);

  spec->text = g_strdup ("twin");
  some = fixture_snapshot (self->query, spec, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (some->len, ==, 500);
  spec->limit = 3;
  first = fixture_snapshot (self->query, spec, &error);
  g_assert_cmpuint (first->len, ==, 3);
  g_clear_pointer (&spec->text, g_free);
  spec->limit = 0;
  everybody = fixture_snapshot (self->query, spec, &error);
  g_assert_cmpuint (everybody->len, ==, 707);
}

static void
test_hydrate (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = fixture_find (self->query, "conf", "secretzoe", 2, &error);
  FoyerPerson *person;

  g_assert_no_error (error);
  g_assert_cmpint (people->len, ==, 1);
  person = people->pdata[0];
  g_assert_cmpstr (person->attendee->name, ==, "Zoë Müller");
  g_assert_cmpstr (person->attendee->order, ==, "ABC12");
  g_assert_cmpstr (person->order->code, ==, "ABC12");
  g_assert_cmpint (person->order->status, ==, FOYER_ORDER_PAID);
  g_assert_cmpstr (person->product, ==, "Ticket");
  g_assert_null (person->variation);
  g_assert_true (person->on_list);
  g_clear_pointer (&people, g_ptr_array_unref);
  people = fixture_find (self->query, "conf", "secretzoe", 3, &error);
  g_assert_false (((FoyerPerson *)people->pdata[0])->on_list);
  g_clear_pointer (&people, g_ptr_array_unref);
  people = fixture_find (self->query, "elsewhere", "zoe", 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (people->len, ==, 0);
}

#define MANY 21000

/* Enough people that the index is asked for rare letters only. Their names and addresses recur every so many
 * rows, so that a careless sample would take something common for rare. */
static char *
name_of (int i)
{
  static const char *const first[] = { "Anna", "Berit", "Carlo", "Dana" };
  static const char *const last[] = { "Hofmann",    "Bergmann", "Hofberg", "Manzoni",
                                      "Ofenmacher", "Schmidt",  "Schmitt" };

  return g_strdup_printf ("%s %s%s", first[i % 4], last[i % 7], i % 1000 == 0 ? "-Quirin" : "");
}

static void
assert_number (Fixture *self, const char *text, guint expected)
{
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_PEOPLE);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  spec->text = g_strdup (text);
  rows = fixture_snapshot (self->query, spec, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, MIN (expected, 500));
}

static void
test_many (Fixture *self, gconstpointer data)
{
  guint quirins = 0, quirins_of_web = 0, carlo_quirins = 0;

  for (int i = 0; i < MANY; i += 500)
    {
      g_autoptr (FoyerPage) page = make_page (FOYER_RESOURCE_ORDERS, TRUE, AT (10),
                                              i + 500 < MANY ? "more" : NULL);
      g_autoptr (FoyerIngestReport) report = NULL;
      g_autoptr (GError) error = NULL;

      g_clear_pointer (&page->records, g_ptr_array_unref);
      page->records = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_order_unref);
      for (int k = i; k < i + 500; k++)
        {
          g_autofree char *code = g_strdup_printf ("C%05d", k);
          g_autofree char *name = name_of (k);
          FoyerOrder *order = make_order (code, FOYER_ORDER_PAID);

          g_free (order->email);
          order->email = g_strdup (k % 5 == 1 ? "a@web.example" : "a@gmx.example");
          add_attendee (order, k + 1, name, NULL, 1);
          g_ptr_array_add (page->records, order);
          quirins += k % 1000 == 0;
          quirins_of_web += k % 1000 == 0 && k % 5 == 1;
          carlo_quirins += k % 1000 == 0 && k % 4 == 2;
        }
      report = fixture_ingest (self->mirror, "conf", page, i == 0, &error);
      g_assert_no_error (error);
    }
  wait_for_index (self);

  assert_number (self, "quirin", quirins);
  assert_number (self, "uiri", quirins);
  assert_number (self, "quirin web", quirins_of_web);
  assert_number (self, "carlo quirin", carlo_quirins);
  assert_number (self, "hofmann web", MANY / 35);
  assert_number (self, "ofm", MANY / 7);
  assert_number (self, "ofmann schmidt", 0);
  assert_number (self, "web gmx", 0);
  assert_number (self, "c20999", 1);
  assert_number (self, "2099", 12); /* C02099, C12099, C20990 ... */
  assert_number (self, "anna", MANY / 4);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/search/indexed/" path, Fixture, GINT_TO_POINTER (TRUE), set_up, func,              \
              fixture_tear_down);                                                                  \
  g_test_add ("/search/waiting/" path, Fixture, GINT_TO_POINTER (FALSE), set_up, func,             \
              fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("words", test_words);
  ADD ("parts", test_parts);
  ADD ("exact", test_exact);
  ADD ("everybody", test_everybody);
  ADD ("admitted-last", test_admitted_last);
  ADD ("hostile", test_hostile);
  ADD ("changes", test_changes);
  ADD ("limit", test_limit);
  ADD ("hydrate", test_hydrate);
  g_test_add ("/search/many", Fixture, NULL, fixture_set_up, test_many, fixture_tear_down);
  return g_test_run ();
}
