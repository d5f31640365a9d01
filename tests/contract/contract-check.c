/* SPDX-License-Identifier: GPL-3.0-or-later */

/* check(): who am I, and what may I do? */

#include <libsoup/soup.h>

#include "contract-world.h"

#define ALL_PERMISSIONS                                                                            \
  (FOYER_PERMISSION_READ_ORDERS | FOYER_PERMISSION_CHECK_IN | FOYER_PERMISSION_WRITE_ORDERS)

static void
test_good (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = NULL;
  g_autoptr (FoyerServiceReport) report = NULL;
  g_autoptr (GError) error = NULL;

  contract_world_prepare (world);
  service = contract_service (world, NULL, "Token", world->token, world->event, 0);
  report = contract_check (service, &error);
  g_assert_no_error (error);
  g_assert_nonnull (report->version);
  g_assert_true (report->version_supported);
  g_assert_true (report->permissions_known);
  g_assert_cmpuint (report->permissions, ==, ALL_PERMISSIONS);
  g_assert_null (report->desk);
  g_assert_cmpint (report->device_id, ==, 0);
  g_assert_cmpstr (report->organizer, ==, world->organizer);
  /* same machine: the Date header has whole seconds */
  g_assert_cmpint (ABS (report->skew), <, 5 * FOYER_SECOND);
  g_assert_cmpint (foyer_service_get_reach (service), ==, FOYER_REACH_ONLINE);
}

static void
test_narrow (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  const struct
  {
    const char *token;
    guint permissions;
  } cases[] = {
    { world->token_door, FOYER_PERMISSION_CHECK_IN },
    { world->token_read, FOYER_PERMISSION_READ_ORDERS },
  };

  contract_world_prepare (world);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FoyerService) service = contract_service (world, NULL, "Token", cases[i].token,
                                                           world->event, 0);
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerServiceReport) report = contract_check (service, &error);

      g_assert_no_error (error);
      g_assert_true (report->permissions_known);
      g_assert_cmpuint (report->permissions, ==, cases[i].permissions);
    }
}

static void
test_no_event_chosen (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = contract_service (world, NULL, "Token", world->token, NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerServiceReport) report = contract_check (service, &error);

  g_assert_no_error (error);
  g_assert_false (report->permissions_known);
  g_assert_cmpuint (report->permissions, ==, 0);
  g_assert_cmpstr (report->organizer, ==, world->organizer);
}

static void
test_no_key (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = contract_service (world, NULL, "Token", NULL, NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerServiceReport) report = contract_check (service, &error);

  g_assert_no_error (error);
  g_assert_null (report->version);
}

static void
test_wrong_key (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  static const char *const schemes[] = { "Token", "Device" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      g_autoptr (FoyerService) service = contract_service (world, NULL, schemes[i],
                                                           "nobodyhasthiskey", "any", 0);
      g_autoptr (GError) error = NULL;

      g_assert_null (contract_check (service, &error));
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_UNAUTHORIZED);
      g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_ANSWERED);
      g_assert_nonnull (foyer_error_get_hint (error));
    }
}

static void
test_closed_event (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = contract_service (world, NULL, "Token", world->token,
                                                       "no-such-event", 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (contract_check (service, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (error->message, "no-such-event"));
}

static void
test_wrong_path (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autofree char *url = g_strconcat (world->url, "/", world->organizer, "/conf", NULL);
  static const char *const schemes[] = { "Token", "Device" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      g_autoptr (FoyerService) service = contract_service (world, url, schemes[i], world->token,
                                                           "any", 0);
      g_autoptr (GError) error = NULL;

      g_assert_null (contract_check (service, &error));
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
      g_assert_nonnull (strstr (error->message, url));
      g_assert_nonnull (foyer_error_get_hint (error));
    }
}

static void
test_unknown_host (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = contract_service (world, "https://no-such-host.invalid",
                                                       "Token", world->token, "any", 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (contract_check (service, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_OFFLINE);
  g_assert_nonnull (strstr (error->message, "no-such-host.invalid"));
  g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_NEVER_SENT);
}

static void
on_foreign (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  const char *const *answer = user_data;

  soup_server_message_set_status (message, (guint)g_ascii_strtoull (answer[0], NULL, 10), NULL);
  soup_server_message_set_response (message, answer[1], SOUP_MEMORY_COPY, answer[2],
                                    strlen (answer[2]));
}

static void
test_not_pretix (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  static const char *const answers[][3] = {
    { "200", "text/html", "<html>Log in to the hotel</html>" },
    { "404", "text/html", "<html>Not found</html>" },
    { "401", "text/html", "<html>Who are you</html>" },
    { "401", "application/json", "{\"error\": \"unauthorized\"}" },
    { "404", "application/json", "{\"message\": \"Not Found\"}" },
    { "200", "application/json", "{\"pretalx\": \"2025.1.0\"}" },
    { "200", "application/json", "[]" },
    { "200", "text/plain", "hello" },
    { "200", "application/json", "{\"organizers\": " },
  };
  static const char *const schemes[] = { "Token", "Device" };

  for (guint i = 0; i < G_N_ELEMENTS (answers) * G_N_ELEMENTS (schemes); i++)
    {
      g_autoptr (SoupServer) server = g_object_new (SOUP_TYPE_SERVER, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerService) service = NULL;
      g_autofree char *url = NULL;
      GSList *uris;

      soup_server_add_handler (server, NULL, on_foreign, (gpointer)answers[i / 2], NULL);
      soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
      g_assert_no_error (error);
      uris = soup_server_get_uris (server);
      url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
      g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

      service = contract_service (world, url, schemes[i % 2], "key", "any", 0);
      g_assert_null (contract_check (service, &error));
      g_test_message ("%s %s: %s", answers[i / 2][0], answers[i / 2][2], error->message);
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
      g_assert_nonnull (strstr (error->message, url));
    }
}

void
contract_add_check_tests (ContractWorld *world)
{
  contract_add_test (world, "check/good", test_good);
  contract_add_test (world, "check/narrow", test_narrow);
  contract_add_test (world, "check/no-event-chosen", test_no_event_chosen);
  contract_add_test (world, "check/no-key", test_no_key);
  contract_add_test (world, "check/wrong-key", test_wrong_key);
  contract_add_test (world, "check/closed-event", test_closed_event);
  contract_add_test (world, "check/wrong-path", test_wrong_path);
  contract_add_test (world, "check/unknown-host", test_unknown_host);
  contract_add_test (world, "check/not-pretix", test_not_pretix);
}
