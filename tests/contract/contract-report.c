/* SPDX-License-Identifier: GPL-3.0-or-later */

/* perform() and lookup() of what is told besides scans: an admission taken back, a refusal of the desk's. */

#include "contract-world.h"
#include "foyer-json.h"

typedef struct
{
  guint n;
  guint successful;
  char *reason; /* (owned) (nullable) of the last one that failed */
} Rows;

static void
rows_clear (Rows *rows)
{
  g_free (rows->reason);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static FoyerTime
now (void)
{
  static gint counter;

  return g_get_real_time () - FOYER_MINUTE + g_atomic_int_add (&counter, 1);
}

/* What stands in the log of check-ins about a ticket (0: about none), seen past the driver. */
static Rows
read_rows (ContractWorld *world, gint64 position, FoyerTime since)
{
  g_autofree char *time = foyer_time_format_utc (since - FOYER_SECOND);
  g_autofree char *escaped = g_uri_escape_string (time, NULL, FALSE);
  g_autofree char *path = g_strdup_printf (
      "/api/v1/organizers/%s/events/%s/checkins/?datetime_since=%s", world->organizer, world->event,
      escaped);
  guint status;
  g_autoptr (JsonNode) node = contract_call (world, "GET", path, NULL, &status);
  JsonArray *results;
  Rows rows = { 0 };

  g_assert_cmpuint (status, ==, 200);
  results = foyer_json_get_array (foyer_json_get_root_object (node), "results");
  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *row = json_array_get_object_element (results, i);

      if (foyer_json_get_int (row, "position", 0) != position)
        continue;
      rows.n++;
      if (foyer_json_get_boolean (row, "successful", FALSE))
        {
          rows.successful++;
          continue;
        }
      g_free (rows.reason);
      rows.reason = g_strdup (foyer_json_get_string (row, "error_reason"));
    }
  return rows;
}

static FoyerStepResult *
perform (FoyerService *service, FoyerStep *step)
{
  g_autoptr (GError) error = NULL;
  FoyerStepResult *result = contract_perform (service, step, &error);

  if (error != NULL)
    g_test_message ("%s: %s", error->message, foyer_error_get_detail (error));
  g_assert_no_error (error);
  g_test_message ("%d %s (%s)", (int)result->outcome, result->reason, result->explanation);
  return result;
}

static gboolean
was_done (FoyerService *service, FoyerStep *step)
{
  g_autoptr (GError) error = NULL;
  gboolean found;
  g_autoptr (FoyerStepResult) result = contract_lookup (service, step, &found, &error);

  g_assert_no_error (error);
  if (found)
    g_assert_cmpint (result->outcome, ==, FOYER_STEP_DONE);
  return found;
}

static FoyerStep *
annulment_of (const FoyerStep *check_in, gint64 after)
{
  FoyerStep *step = foyer_step_new ();

  step->kind = FOYER_STEP_ANNUL;
  step->key = g_strdup (check_in->key);
  step->scan = foyer_scan_copy (check_in->scan);
  step->scan->nonce = g_strdup (check_in->key);
  step->scan->reason = g_strdup ("a mistake");
  step->at = check_in->scan->datetime + after;
  step->call_log = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_call_unref);
  return step;
}

static FoyerStep *
refusal (const char *secret, gint64 list, const char *reason)
{
  FoyerStep *step = contract_step (secret, list, now ());

  step->kind = FOYER_STEP_REFUSAL;
  step->at = step->scan->datetime;
  step->scan->refusal = g_strdup (reason);
  return step;
}

static void
expect (FoyerService *service, FoyerStep *step, const char *reason)
{
  g_autoptr (FoyerStepResult) result = perform (service, step);

  g_assert_cmpint (result->outcome, ==, reason == NULL ? FOYER_STEP_DONE : FOYER_STEP_REFUSED);
  g_assert_cmpstr (result->reason, ==, reason);
}

static void
test_annul (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = NULL;
  FoyerTime begin = now ();

  contract_world_prepare (world);
  service = contract_service (world, NULL, "Token", world->token, world->event, 0);
  g_assert_true (foyer_service_can_perform (service, FOYER_STEP_ANNUL));

  /* With the order known, and by the code alone. */
  for (int with_order = 0; with_order < 2; with_order++)
    {
      g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
      g_autoptr (FoyerStep) entry = contract_step (ticket.secret, world->door, now ());
      g_autoptr (FoyerStep) again = contract_step (ticket.secret, world->door, now ());
      g_autoptr (FoyerStep) undo = NULL;
      g_auto (Rows) rows = { 0 };

      if (with_order)
        entry->scan->order = g_strdup (ticket.code);
      undo = annulment_of (entry, FOYER_MINUTE);
      expect (service, undo, "unknown");
      g_assert_true (was_done (service, undo));

      expect (service, entry, NULL);
      g_assert_false (was_done (service, undo));
      expect (service, undo, NULL);
      g_assert_true (was_done (service, undo));
      g_assert_false (was_done (service, entry));
      rows = read_rows (world, ticket.position, begin);
      g_assert_cmpuint (rows.n, ==, 1);
      g_assert_cmpuint (rows.successful, ==, 0);
      g_assert_cmpstr (rows.reason, ==, "annulled");

      /* Said twice: there is nothing to take back any more, and a look-up says why. */
      expect (service, undo, "several");
      g_assert_true (was_done (service, undo));

      /* The ticket is as it was. */
      expect (service, again, NULL);
    }
}

static void
test_annul_too_late (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = NULL;

  contract_world_prepare (world);
  service = contract_service (world, NULL, "Token", world->token, world->event, 0);
  {
    g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
    g_autoptr (FoyerStep) entry = contract_step (ticket.secret, world->door, now () - FOYER_HOUR);
    g_autoptr (FoyerStep) late = annulment_of (entry, 16 * FOYER_MINUTE);
    g_autoptr (FoyerStep) in_time = annulment_of (entry, 14 * FOYER_MINUTE);

    expect (service, entry, NULL);
    expect (service, late, "too_late");
    g_assert_false (was_done (service, late));
    /* The time that is sent counts, not when it comes. */
    expect (service, in_time, NULL);
  }
}

static void
test_refusal (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = NULL;
  FoyerTime begin = now ();

  contract_world_prepare (world);
  service = contract_service (world, NULL, "Token", world->token, world->event, 0);
  g_assert_true (foyer_service_can_perform (service, FOYER_STEP_REFUSAL));
  {
    g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "n", NULL, NULL);
    g_autoptr (FoyerStep) step = refusal (ticket.secret, world->door, "unpaid");
    g_autoptr (FoyerStep) newer = refusal (ticket.secret, world->door, "never heard of");
    g_autoptr (FoyerStep) exchange = refusal (ticket.secret, world->door, "exchange");
    g_autoptr (FoyerStep) controls = refusal ("a\x01"
                                              "b\n",
                                              world->door, "invalid");
    g_auto (Rows) rows = { 0 };
    g_auto (Rows) more = { 0 };

    expect (service, step, NULL);
    expect (service, step, NULL);
    g_assert_false (was_done (service, step));
    rows = read_rows (world, ticket.position, begin);
    g_assert_cmpuint (rows.n, ==, 1);
    g_assert_cmpuint (rows.successful, ==, 0);
    g_assert_cmpstr (rows.reason, ==, "unpaid");

    expect (service, newer, NULL);
    expect (service, exchange, NULL);
    more = read_rows (world, ticket.position, begin);
    g_assert_cmpuint (more.n, ==, 3);
    g_assert_cmpstr (more.reason, ==, "error");
    expect (service, controls, NULL);
  }
  {
    g_autoptr (FoyerStep) gone = refusal ("whatever", 999999999, "invalid");
    g_autoptr (FoyerStep) empty = refusal ("", world->door, "invalid");
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) incomplete = NULL;

    g_assert_null (contract_perform (service, gone, &error));
    g_assert_error (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND);
    g_assert_null (contract_perform (service, empty, &incomplete));
    g_assert_error (incomplete, FOYER_ERROR, FOYER_ERROR_INVALID);
  }
}

void
contract_add_report_tests (ContractWorld *world)
{
  contract_add_test (world, "report/annul", test_annul);
  contract_add_test (world, "report/annul-too-late", test_annul_too_late);
  contract_add_test (world, "report/refusal", test_refusal);
}
