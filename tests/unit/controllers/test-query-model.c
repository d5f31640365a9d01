/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-query-model.h"

#include "foyer-error.h"
#include "foyer-fake-query.h"
#include "foyer-test-desk.h"

typedef struct
{
  FoyerFakeQuery *query;
  FoyerQueryModel *model;
  guint n_changes;
  guint last_position;
  guint last_removed;
  guint last_added;
} Fixture;

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->n_changes++;
  fixture->last_position = position;
  fixture->last_removed = removed;
  fixture->last_added = added;
}

static void
ask (Fixture *fixture, const char *text)
{
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_PEOPLE);

  spec->text = g_strdup (text);
  foyer_query_model_set_spec (fixture->model, spec);
}

static void
set_up (Fixture *fixture, guint n_people)
{
  fixture->query = foyer_fake_query_new (n_people);
  fixture->model = foyer_query_model_new (FOYER_QUERY (fixture->query));
  fixture->n_changes = 0;
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (changed_cb), fixture);
  ask (fixture, NULL);
  foyer_test_turn ();
}

static void
tear_down (Fixture *fixture)
{
  foyer_test_turn ();
  g_assert_finalize_object (fixture->model);
  foyer_test_turn ();
  g_assert_finalize_object (fixture->query);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
}

static const char *
name_at (Fixture *fixture, guint position)
{
  g_autoptr (FoyerRow) row = g_list_model_get_item (G_LIST_MODEL (fixture->model), position);
  FoyerPerson *person = foyer_row_get_value (row);

  return person->attendee->name;
}

/* Rows are read as they are looked at: a million cost what a page costs. */
static void
test_lazy (void)
{
  Fixture fixture;
  g_autoptr (FoyerRow) past = NULL;

  set_up (&fixture, 1000000);
  g_assert_cmpuint (count (&fixture), ==, 1000000);
  g_assert_cmpuint (foyer_fake_query_get_n_hydrated (fixture.query), ==, 0);
  g_assert_cmpstr (name_at (&fixture, 777777), !=, NULL);
  g_assert_cmpuint (foyer_fake_query_get_n_hydrated (fixture.query), <=, 64);
  past = g_list_model_get_item (G_LIST_MODEL (fixture.model), 1000000);
  g_assert_null (past);
  tear_down (&fixture);
}

static void
test_same_objects (void)
{
  Fixture fixture;
  g_autoptr (FoyerRow) before = NULL;
  g_autoptr (FoyerRow) after = NULL;

  set_up (&fixture, 5000);
  before = g_list_model_get_item (G_LIST_MODEL (fixture.model), 10);
  for (guint i = 0; i < 5000; i += 64)
    name_at (&fixture, i);
  after = g_list_model_get_item (G_LIST_MODEL (fixture.model), 10);
  g_assert_true (before == after);
  g_clear_object (&before);
  g_clear_object (&after);
  tear_down (&fixture);
}

static void
count_signal (guint *counter)
{
  (*counter)++;
}

/* What changes inside a row is told by the row, and the list stays as it is. */
static void
test_content_changes (void)
{
  Fixture fixture;
  g_autoptr (FoyerRow) row = NULL;
  guint n_told = 0;

  set_up (&fixture, 100);
  row = g_list_model_get_item (G_LIST_MODEL (fixture.model), 2);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (count_signal), &n_told);
  fixture.n_changes = 0;
  foyer_fake_query_rename (fixture.query, 3, "Somebody Else");
  foyer_query_model_refresh (fixture.model);
  foyer_test_turn ();
  g_assert_cmpuint (fixture.n_changes, ==, 0);
  g_assert_cmpuint (n_told, >=, 1);
  g_assert_cmpstr (name_at (&fixture, 2), ==, "Somebody Else");
  g_clear_object (&row);
  tear_down (&fixture);
}

static void
test_splice (void)
{
  Fixture fixture;

  set_up (&fixture, 100);
  fixture.n_changes = 0;
  foyer_fake_query_set_n_people (fixture.query, 103);
  foyer_query_model_refresh (fixture.model);
  foyer_test_turn ();
  g_assert_cmpuint (fixture.n_changes, ==, 1);
  g_assert_cmpuint (fixture.last_position, ==, 100);
  g_assert_cmpuint (fixture.last_removed, ==, 0);
  g_assert_cmpuint (fixture.last_added, ==, 3);
  g_assert_cmpuint (count (&fixture), ==, 103);
  tear_down (&fixture);
}

/* Another question: away with all, then all anew, since GTK reads a list whole otherwise. */
static void
test_reset (void)
{
  Fixture fixture;

  set_up (&fixture, 100);
  fixture.n_changes = 0;
  ask (&fixture, "Müller");
  g_assert_cmpuint (count (&fixture), ==, 100);
  foyer_test_turn ();
  g_assert_cmpuint (fixture.n_changes, ==, 2);
  g_assert_cmpuint (fixture.last_removed, ==, 0);
  g_assert_cmpuint (fixture.last_added, ==, count (&fixture));
  g_assert_cmpuint (count (&fixture), ==, 12);
  tear_down (&fixture);
}

static void
test_held (void)
{
  Fixture fixture;
  int n_new = 0;

  set_up (&fixture, 100);
  fixture.n_changes = 0;
  foyer_query_model_set_held (fixture.model, TRUE);
  foyer_fake_query_set_n_people (fixture.query, 412);
  foyer_query_model_refresh (fixture.model);
  foyer_test_turn ();
  g_object_get (fixture.model, "n-new", &n_new, NULL);
  g_assert_cmpint (n_new, ==, 312);
  g_assert_cmpuint (fixture.n_changes, ==, 0);

  foyer_query_model_set_held (fixture.model, FALSE);
  foyer_test_turn ();
  g_object_get (fixture.model, "n-new", &n_new, NULL);
  g_assert_cmpint (n_new, ==, 0);
  g_assert_cmpuint (count (&fixture), ==, 412);
  tear_down (&fixture);
}

/* An answer to a question that nobody asks any more is dropped. */
static void
test_stale (void)
{
  Fixture fixture;

  set_up (&fixture, 100);
  foyer_fake_query_hold (fixture.query, TRUE);
  ask (&fixture, "Müller");
  ask (&fixture, "nobody of this name");
  foyer_fake_query_hold (fixture.query, FALSE);
  foyer_test_turn ();
  g_assert_cmpuint (count (&fixture), ==, 0);
  g_assert_false (foyer_query_model_get_loading (fixture.model));
  tear_down (&fixture);
}

static void
test_broken (void)
{
  Fixture fixture;

  set_up (&fixture, 100);
  foyer_fake_query_break (fixture.query,
                          foyer_error_new (FOYER_ERROR_STORAGE, NULL, "The disk is full."));
  foyer_query_model_refresh (fixture.model);
  foyer_test_turn ();
  g_assert_error (foyer_query_model_get_error (fixture.model), FOYER_ERROR, FOYER_ERROR_STORAGE);
  g_assert_cmpuint (count (&fixture), ==, 100);

  foyer_fake_query_break (fixture.query, NULL);
  foyer_query_model_refresh (fixture.model);
  foyer_test_turn ();
  g_assert_no_error (foyer_query_model_get_error (fixture.model));
  tear_down (&fixture);
}

/* A row that somebody still holds outlives the model. */
static void
test_outlives (void)
{
  Fixture fixture;
  g_autoptr (FoyerRow) row = NULL;

  set_up (&fixture, 100);
  row = g_list_model_get_item (G_LIST_MODEL (fixture.model), 2);
  tear_down (&fixture);
  g_assert_nonnull (foyer_row_get_value (row));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-model/lazy", test_lazy);
  g_test_add_func ("/query-model/same-objects", test_same_objects);
  g_test_add_func ("/query-model/content-changes", test_content_changes);
  g_test_add_func ("/query-model/splice", test_splice);
  g_test_add_func ("/query-model/reset", test_reset);
  g_test_add_func ("/query-model/held", test_held);
  g_test_add_func ("/query-model/stale", test_stale);
  g_test_add_func ("/query-model/broken", test_broken);
  g_test_add_func ("/query-model/outlives", test_outlives);
  return g_test_run ();
}
