/* SPDX-License-Identifier: GPL-3.0-or-later */

/* enroll() and revoke(): the life of a device. */

#include "contract-world.h"
#include "foyer-json.h"

/* Makes a device that nobody has taken up yet; gives its one-time code. */
static char *
make_device (ContractWorld *world, const char *profile)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/organizers/%s/devices/", world->organizer);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *device;

  contract_world_prepare (world);
  device = contract_make (
      world, &node, path,
      "{\"name\": \"Contract desk\", \"all_events\": true, \"limit_events\": [],"
      " \"security_profile\": \"%s\"}",
      profile);
  return g_strdup (foyer_json_get_string (device, "initialization_token"));
}

static FoyerEnrolment *
enroll (ContractWorld *world, const char *code)
{
  g_autoptr (FoyerService) nobody = contract_service (world, NULL, "Device", NULL, NULL, 0);
  g_autoptr (GError) error = NULL;
  FoyerEnrolment *enrolment = contract_enroll (nobody, code, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (enrolment->credential), >=, 16);
  g_assert_cmpstr (enrolment->organizer, ==, world->organizer);
  g_assert_cmpstr (enrolment->desk, ==, "Contract desk");
  g_assert_cmpint (enrolment->device_id, >, 0);
  return enrolment;
}

static void
test_life (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autofree char *code = make_device (world, "full");
  g_autofree char *padded = g_strdup_printf (" %s\n", code);
  g_autoptr (FoyerEnrolment) enrolment = enroll (world, padded);
  g_autoptr (FoyerService) service = contract_service (world, NULL, "Device", enrolment->credential,
                                                       world->event, enrolment->device_id);
  g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
  g_autoptr (FoyerStep) step = contract_step (ticket.secret, world->door,
                                              g_get_real_time () - FOYER_SECOND);
  g_autoptr (FoyerStep) next = contract_step (ticket.secret, world->door, g_get_real_time ());
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerServiceReport) report = contract_check (service, &error);
  g_autoptr (FoyerStepResult) done = NULL;
  g_autoptr (FoyerStepResult) used = NULL;
  g_autoptr (FoyerStepResult) repeated = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (report->version);
  g_assert_true (report->version_supported);
  g_assert_cmpstr (report->desk, ==, "Contract desk");
  g_assert_cmpint (report->device_id, ==, enrolment->device_id);
  g_assert_cmpstr (report->security_profile, ==, "full");
  g_assert_cmpint (report->gate, ==, 0);
  g_assert_true (report->permissions_known);
  g_assert_cmpuint (report->permissions, ==,
                    FOYER_PERMISSION_READ_ORDERS | FOYER_PERMISSION_CHECK_IN
                        | FOYER_PERMISSION_WRITE_ORDERS);

  done = contract_perform (service, step, &error);
  g_assert_no_error (error);
  g_assert_cmpint (done->outcome, ==, FOYER_STEP_DONE);
  repeated = contract_perform (service, step, &error);
  g_assert_no_error (error);
  g_assert_true (repeated->replayed);
  used = contract_perform (service, next, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (used->reason, ==, "already_redeemed");
  g_assert_cmpint (((FoyerCheckIn *)used->attendee->check_ins->pdata[0])->device_id, ==,
                   enrolment->device_id);

  g_assert_true (foyer_service_can_revoke (service));
  g_assert_true (contract_revoke (service, &error));
  g_assert_no_error (error);
  g_assert_null (contract_check (service, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  g_assert_null (contract_perform (service, step, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  /* once more is no failure */
  g_assert_true (contract_revoke (service, &error));
  g_assert_no_error (error);
}

static void
test_profiles (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  static const struct
  {
    const char *profile;
    guint permissions;
  } cases[] = {
    { "pretixscan", FOYER_PERMISSION_READ_ORDERS | FOYER_PERMISSION_CHECK_IN },
    { "pretixscan_online_noorders", FOYER_PERMISSION_CHECK_IN },
    { "pretixscan_online_kiosk", FOYER_PERMISSION_CHECK_IN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = make_device (world, cases[i].profile);
      g_autoptr (FoyerEnrolment) enrolment = enroll (world, code);
      g_autoptr (FoyerService) service = contract_service (
          world, NULL, "Device", enrolment->credential, world->event, enrolment->device_id);
      g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
      g_autoptr (FoyerStep) step = contract_step (ticket.secret, world->door, g_get_real_time ());
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerServiceReport) report = contract_check (service, &error);
      g_autoptr (FoyerPage) orders = NULL;
      g_autoptr (FoyerPage) lists = NULL;
      g_autoptr (FoyerStepResult) lost = NULL;
      g_autoptr (FoyerStepResult) found = NULL;
      gboolean was_found;

      g_test_message ("%s", cases[i].profile);
      g_assert_no_error (error);
      g_assert_cmpstr (report->security_profile, ==, cases[i].profile);
      g_assert_cmpuint (report->permissions, ==, cases[i].permissions);
      lists = contract_pull (service, FOYER_RESOURCE_LISTS, NULL, NULL, &error);
      g_assert_no_error (error);
      orders = contract_pull (service, FOYER_RESOURCE_ORDERS, NULL, NULL, &error);
      if (cases[i].permissions & FOYER_PERMISSION_READ_ORDERS)
        g_assert_no_error (error);
      else
        g_assert_error (error, FOYER_ERROR, FOYER_ERROR_FORBIDDEN);
      g_clear_error (&error);

      /* a lost answer is found by each of them */
      step->scan->order = g_strdup (ticket.code);
      contract_proxy_set_fault (world->proxy, CONTRACT_FAULT_AFTER, 1);
      lost = contract_perform (service, step, &error);
      g_assert_null (lost);
      g_clear_error (&error);
      found = contract_lookup (service, step, &was_found, &error);
      g_assert_no_error (error);
      g_assert_true (was_found);
      contract_revoke (service, NULL);
    }
}

static void
test_bad_codes (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autofree char *used = make_device (world, "full");
  g_autoptr (FoyerEnrolment) enrolment = enroll (world, used);
  const char *codes[] = { used, "nosuchcode", "  ", "<b>\"'" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (FoyerService) nobody = contract_service (world, NULL, "Device", NULL, NULL, 0);
      g_autoptr (GError) error = NULL;

      g_assert_null (contract_enroll (nobody, codes[i], &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
    }
}

/* The code is used up, and nobody knows: the sentence has to say so. */
static void
test_lost_enrolment (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autofree char *code = make_device (world, "full");
  g_autoptr (FoyerService) nobody = contract_service (world, NULL, "Device", NULL, NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;

  contract_proxy_set_fault (world->proxy, CONTRACT_FAULT_AFTER, 1);
  g_assert_null (contract_enroll (nobody, code, &error));
  g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "used up"));
  g_assert_nonnull (foyer_error_get_hint (error));
  g_assert_null (contract_enroll (nobody, code, &refused));
  g_assert_error (refused, FOYER_ERROR, FOYER_ERROR_INVALID);
}

static void
test_team_key (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = contract_service (world, NULL, "Token", world->token, NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_false (contract_revoke (service, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
}

void
contract_add_device_tests (ContractWorld *world)
{
  contract_add_test (world, "device/life", test_life);
  contract_add_test (world, "device/profiles", test_profiles);
  contract_add_test (world, "device/bad-codes", test_bad_codes);
  contract_add_test (world, "device/lost-enrolment", test_lost_enrolment);
  contract_add_test (world, "device/team-key", test_team_key);
}
