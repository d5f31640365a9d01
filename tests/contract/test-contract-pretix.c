/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The contract suite against a real pretix, which tests/live/pretix starts. Not a part of a plain run:
 * `build-aux/test live`. */

#include "contract-world.h"
#include "foyer-http.h"

static gboolean
take (const char *name, char **value)
{
  *value = g_strdup (g_getenv (name));
  return *value != NULL && **value != '\0';
}

static void
test_no_server (void)
{
  g_test_skip (
      "no PRETIX_URL, PRETIX_ORGANIZER, PRETIX_TOKEN, PRETIX_TOKEN_DOOR, PRETIX_TOKEN_READ: "
      "start a pretix with tests/live/pretix");
}

int
main (int argc, char *argv[])
{
  ContractWorld world = { .name = "pretix" };
  g_autoptr (GUri) uri = NULL;
  int result;

  foyer_http_init_process ();
  g_test_init (&argc, &argv, NULL);
  if (!take ("PRETIX_URL", &world.url) || !take ("PRETIX_ORGANIZER", &world.organizer)
      || !take ("PRETIX_TOKEN", &world.token) || !take ("PRETIX_TOKEN_DOOR", &world.token_door)
      || !take ("PRETIX_TOKEN_READ", &world.token_read))
    {
      contract_world_clear (&world);
      g_test_add_func ("/contract/pretix/server", test_no_server);
      return g_test_run ();
    }

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
  return result;
}
