/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The contract suite against the sandbox. Where it differs from the real pretix, the sandbox is wrong. */

#include "contract-world.h"
#include "foyer-http.h"
#include "foyer-sandbox.h"

int
main (int argc, char *argv[])
{
  ContractWorld world = { .name = "sandbox" };
  g_autoptr (FoyerSandbox) sandbox = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;
  int result;

  foyer_http_init_process ();
  g_test_init (&argc, &argv, NULL);
  sandbox = foyer_sandbox_new (20, 7);
  foyer_sandbox_start (sandbox, &error);
  g_assert_no_error (error);
  world.url = g_strdup (foyer_sandbox_get_url (sandbox));
  world.organizer = g_strdup (foyer_sandbox_get_organizer (sandbox));
  world.token = g_strdup (foyer_sandbox_get_token (sandbox));
  world.token_door = g_strdup (foyer_sandbox_get_door_token (sandbox));
  world.token_read = g_strdup (foyer_sandbox_get_read_token (sandbox));

  uri = g_uri_parse (world.url, G_URI_FLAGS_NONE, NULL);
  g_assert_nonnull (uri);
  world.proxy = contract_proxy_new (g_uri_get_host (uri), (guint16)g_uri_get_port (uri));
  world.line = contract_proxy_dup_url (world.proxy);
  contract_add_check_tests (&world);
  contract_add_pull_tests (&world);
  contract_add_step_tests (&world);
  contract_add_report_tests (&world);
  contract_add_device_tests (&world);
  result = g_test_run ();
  contract_world_clear (&world);
  foyer_sandbox_stop (sandbox);
  return result;
}
