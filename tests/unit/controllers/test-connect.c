/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole way to a connection, against the sandbox over real HTTP. */

#include "foyer-connect-controller.h"

#include "foyer-connect-input.h"
#include "foyer-error.h"
#include "foyer-http.h"
#include "foyer-page-store.h"
#include "foyer-pretix-service.h"
#include "foyer-sandbox.h"
#include "foyer-session-secrets.h"
#include "foyer-setup-code.h"
#include "foyer-setup-controller.h"
#include "foyer-system-clock.h"

#include <string.h>

#define DEADLINE (20 * G_USEC_PER_SEC)

typedef struct
{
  FoyerSandbox *sandbox;
  FoyerPageStore *store;
  FoyerWorkspace *workspace;
  FoyerConnectController *way;
} World;

static FoyerService *
make_service (FoyerConnection *connection,
              const char *credential,
              gpointer user_data,
              GError **error)
{
  g_autoptr (FoyerHttp) http = foyer_http_new (connection->name, "pretix", connection->base_url,
                                               connection->ca_file, "Foyer/test", error);

  return http != NULL ? foyer_pretix_service_new (connection, credential, http, error) : NULL;
}

static void
world_free (World *self)
{
  g_clear_object (&self->way);
  g_clear_object (&self->workspace);
  g_clear_object (&self->store);
  foyer_sandbox_stop (self->sandbox);
  g_clear_object (&self->sandbox);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);
  g_autoptr (FoyerMirror) mirror = foyer_page_store_create_mirror ();
  g_autoptr (FoyerSessionSecrets) secrets = foyer_session_secrets_new ();
  g_autoptr (FoyerClock) clock = foyer_system_clock_new ();
  g_autoptr (GError) error = NULL;

  self->sandbox = foyer_sandbox_new (20, 7);
  g_assert_true (foyer_sandbox_start (self->sandbox, &error));
  g_assert_no_error (error);
  self->store = foyer_page_store_new ();
  self->workspace = foyer_workspace_new ("default", FOYER_JOURNAL (self->store), mirror,
                                         FOYER_QUERY (self->store), FOYER_SECRETS (secrets), clock,
                                         make_service, NULL, NULL);
  self->way = foyer_connect_controller_new (self->workspace);
  return self;
}

static gboolean
is_busy (World *self)
{
  gboolean busy;

  g_object_get (self->way, "busy", &busy, NULL);
  return busy;
}

static void
wait (World *self)
{
  gint64 end = g_get_monotonic_time () + DEADLINE;

  while (is_busy (self) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_busy (self));
}

static void
enter (World *self, gboolean device, const char *address, const char *key)
{
  g_object_set (self->way, "use-device", device, "address", address, "key", key, NULL);
  foyer_connect_controller_submit (self->way);
  wait (self);
}

static char *
problem (World *self)
{
  char *text;

  g_object_get (self->way, "problem", &text, NULL);
  return text;
}

static void
assert_problem (World *self, const char *part)
{
  g_autofree char *text = problem (self);

  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, part));
}

static char *
text_of (World *self, const char *property)
{
  char *text;

  g_object_get (self->way, property, &text, NULL);
  return text;
}

static FoyerConnectStep
step (World *self)
{
  return foyer_connect_controller_get_step (self->way);
}

static void
choose (World *self, const char *key)
{
  GListModel *choices = foyer_connect_controller_get_choices (self->way);

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr (FoyerChoice) choice = g_list_model_get_item (choices, i);

      if (g_strcmp0 (foyer_choice_get_key (choice), key) != 0)
        continue;
      foyer_connect_controller_choose (self->way, choice);
      wait (self);
      return;
    }
  g_assert_not_reached ();
}

static void
finish (World *self)
{
  choose (self, foyer_sandbox_get_event (self->sandbox));
  g_assert_cmpint (step (self), ==, FOYER_CONNECT_CONFIRM);
  foyer_connect_controller_submit (self->way);
  wait (self);
}

static void
test_device (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *summary = NULL;
  g_autofree char *key = NULL;
  FoyerConnection *connection;
  gboolean session = FALSE;

  enter (world, TRUE, foyer_sandbox_get_url (world->sandbox),
         foyer_sandbox_get_device_init_token (world->sandbox));
  g_assert_null (problem (world));
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_EVENT);
  finish (world);
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_DONE);
  summary = text_of (world, "summary");
  g_assert_nonnull (strstr (summary, "Others will see this desk as"));

  connection = foyer_desk_get_connection (foyer_connect_controller_get_desk (world->way));
  g_assert_cmpstr (connection->auth_scheme, ==, "Device");
  g_assert_cmpint (connection->device_id, !=, 0);
  g_assert_nonnull (connection->desk);
  g_assert_nonnull (connection->secret_ref);
  g_assert_cmpuint (foyer_page_store_get_n_connections (world->store), ==, 1);

  /* There is no keyring here, and it says so; the key is kept nowhere else. */
  g_object_get (world->way, "stored-for-session", &session, NULL);
  g_assert_true (session);
  key = text_of (world, "key");
  g_assert_null (key);
}

static void
test_team (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *summary = NULL;

  enter (world, FALSE, foyer_sandbox_get_url (world->sandbox),
         foyer_sandbox_get_token (world->sandbox));
  g_assert_null (problem (world));
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_EVENT);
  finish (world);
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_DONE);
  summary = text_of (world, "summary");
  g_assert_nonnull (strstr (summary, "has no name"));
}

static void
test_pasted (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *code = g_strdup_printf (
      "{\"handshake_version\": 1, \"url\": \"%s\", \"token\": \"%s\"}",
      foyer_sandbox_get_url (world->sandbox), foyer_sandbox_get_device_init_token (world->sandbox));

  g_object_set (world->way, "use-device", FALSE, NULL);
  g_assert_true (foyer_connect_controller_take_pasted (world->way, code));
  foyer_connect_controller_submit (world->way);
  wait (world);
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_EVENT);
}

/* The organiser's laptop makes the code; it is worth one desk. */
static char *
make_setup (World *world, const char *given, gboolean *needs_token)
{
  g_autoptr (FoyerLists) lists = foyer_lists_new (world->workspace);
  g_autoptr (FoyerSetupController) setup = foyer_setup_controller_new (world->workspace, lists);
  GActionGroup *actions = foyer_setup_controller_get_actions (setup);
  gint64 end = g_get_monotonic_time () + DEADLINE;
  gboolean busy = TRUE;

  g_object_set (setup, "desk-name", "Side door", "gate", "North", "good-for", 2, NULL);
  if (given != NULL)
    g_object_set (setup, "token", given, NULL);
  g_action_group_activate_action (actions, "make", NULL);
  while (busy && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_object_get (setup, "busy", &busy, NULL);
    }
  g_assert_false (busy);
  g_object_get (setup, "needs-token", needs_token, NULL);
  if (foyer_setup_controller_get_ready (setup))
    {
      char *code = g_strdup (foyer_setup_controller_get_code (setup));

      g_assert_cmpuint (g_list_model_get_n_items (foyer_setup_controller_get_facts (setup)), >=, 4);
      g_action_group_activate_action (actions, "again", NULL);
      g_assert_false (foyer_setup_controller_get_ready (setup));
      return code;
    }
  return NULL;
}

static void
test_setup_code (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (FoyerConnectController) other = NULL;
  g_autofree char *code = NULL;
  g_autofree char *swapped = NULL;
  FoyerConnection *connection;
  gboolean needs_token = TRUE;

  enter (world, FALSE, foyer_sandbox_get_url (world->sandbox),
         foyer_sandbox_get_token (world->sandbox));
  finish (world);
  code = make_setup (world, NULL, &needs_token);
  g_assert_nonnull (code);
  g_assert_false (needs_token);

  /* In one step, whatever the keyboard made of it. */
  swapped = g_ascii_strdown (code, -1);
  for (char *c = swapped; *c != '\0'; c++)
    *c = *c == 'y' ? 'z' : *c == 'z' ? 'y' : *c;
  g_set_object (&world->way, NULL);
  world->way = foyer_connect_controller_new (world->workspace);
  g_assert_true (foyer_connect_controller_take_pasted (world->way, swapped));
  g_assert_true (foyer_connect_controller_has_setup (world->way));
  foyer_connect_controller_submit (world->way);
  wait (world);
  g_assert_null (problem (world));
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_DONE);
  connection = foyer_desk_get_connection (foyer_connect_controller_get_desk (world->way));
  g_assert_cmpstr (connection->auth_scheme, ==, "Device");
  g_assert_cmpstr (connection->desk, ==, "Side door");
  g_assert_cmpstr (connection->gate_name, ==, "North");
  g_assert_cmpstr (connection->event, ==, foyer_sandbox_get_event (world->sandbox));
  g_assert_cmpstr (connection->security_profile, ==, "pretixscan");

  /* The second laptop with the same page. */
  other = foyer_connect_controller_new (world->workspace);
  g_set_object (&world->way, other);
  g_assert_true (foyer_connect_controller_take_scanned (world->way, code, NULL));
  foyer_connect_controller_submit (world->way);
  wait (world);
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_ACCOUNT);
  assert_problem (world, "does not take this code");
}

static void
test_setup_given (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *code = NULL;
  g_autofree char *again = NULL;
  g_autoptr (FoyerSetupCode) setup = NULL;
  gboolean needs_token = FALSE;
  char *shown;

  /* A key that may not make devices asks for a token, and takes it bare or in pretix's own code. */
  enter (world, FALSE, foyer_sandbox_get_url (world->sandbox),
         foyer_sandbox_get_read_token (world->sandbox));
  choose (world, foyer_sandbox_get_event (world->sandbox));
  foyer_connect_controller_submit (world->way);
  wait (world);
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_DONE);
  g_assert_null (make_setup (world, NULL, &needs_token));
  g_assert_true (needs_token);
  code = make_setup (world, "9t7fcd2r3b7pm7di", &needs_token);
  setup = foyer_setup_code_parse (code, NULL);
  g_assert_cmpstr (setup->token, ==, "9t7fcd2r3b7pm7di");

  shown = g_strdup_printf ("{\"handshake_version\":1,\"url\":\"%s/\",\"token\":\"abc\"}",
                           foyer_sandbox_get_url (world->sandbox));
  again = make_setup (world, shown, &needs_token);
  g_assert_nonnull (again);
  g_free (shown);
  g_assert_null (
      make_setup (world, "{\"url\":\"https://pretix.eu\",\"token\":\"abc\"}", &needs_token));
  g_assert_null (make_setup (world, "not a token", &needs_token));
}

static void
test_setup_refused (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (FoyerSetupCode) late = foyer_setup_code_new ();
  g_autofree char *code = NULL;
  g_autofree char *cut = NULL;

  late->service = g_strdup ("pretix");
  late->address = g_strdup (foyer_sandbox_get_url (world->sandbox));
  late->token = g_strdup (foyer_sandbox_get_device_init_token (world->sandbox));
  late->event = g_strdup ("no-such-event");
  late->good_until = 1700000000 * FOYER_SECOND;
  code = foyer_setup_code_to_text (late, NULL);
  g_assert_false (foyer_connect_controller_take_pasted (world->way, code));
  g_object_set (world->way, "address", code, NULL);
  foyer_connect_controller_submit (world->way);
  assert_problem (world, "was good until");

  cut = g_strndup (code, strlen (code) - 3);
  g_assert_true (foyer_connect_controller_take_scanned (world->way, cut, NULL));
  assert_problem (world, "not complete");
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_ACCOUNT);

  /* What the code names is gone: the token is not, and the person chooses. */
  late->good_until = FOYER_TIME_NONE;
  g_free (code);
  code = foyer_setup_code_to_text (late, NULL);
  g_assert_true (foyer_connect_controller_take_pasted (world->way, code));
  foyer_connect_controller_submit (world->way);
  wait (world);
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_EVENT);
  assert_problem (world, "not among those");
  finish (world);
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_DONE);
}

static void
test_narrow_keys (void)
{
  g_autoptr (World) world = world_new ();
  const struct
  {
    const char *token;
    const char *warning;
  } cases[] = {
    { foyer_sandbox_get_door_token (world->sandbox), "may not read orders" },
    { foyer_sandbox_get_read_token (world->sandbox), "may not check people in" },
    { foyer_sandbox_get_token (world->sandbox), NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *warning = NULL;
      g_autofree char *place = NULL;

      enter (world, FALSE, foyer_sandbox_get_url (world->sandbox), cases[i].token);
      choose (world, foyer_sandbox_get_event (world->sandbox));
      g_assert_cmpint (step (world), ==, FOYER_CONNECT_CONFIRM);
      warning = text_of (world, "warning");
      if (cases[i].warning != NULL)
        g_assert_nonnull (strstr (warning, cases[i].warning));
      else
        g_assert_null (warning);
      place = text_of (world, "place");
      g_assert_nonnull (place);
      g_assert_cmpuint (g_list_model_get_n_items (foyer_connect_controller_get_rights (world->way)),
                        ==, 2);

      foyer_connect_controller_back (world->way);
      wait (world);
      g_assert_cmpint (step (world), ==, FOYER_CONNECT_EVENT);
      foyer_connect_controller_back (world->way);
      g_assert_cmpint (step (world), ==, FOYER_CONNECT_ACCOUNT);
    }
}

static void
test_failures (void)
{
  g_autoptr (World) world = world_new ();
  const char *url = foyer_sandbox_get_url (world->sandbox);
  g_autofree char *elsewhere = g_strconcat (url, "/shop", NULL);
  const struct
  {
    gboolean device;
    const char *address;
    const char *key;
    const char *says;
  } cases[] = {
    { FALSE, "", "abc", "Enter the address" },
    { FALSE, "https://", "abc", "not an address" },
    { FALSE, url, "", "Enter the token" },
    { FALSE, url, "ab\303\244c", "not a token" },
    { FALSE, url, "wrong", "does not accept this key" },
    { TRUE, url, "wrong", "does not take this code" },
    { FALSE, elsewhere, "wrong", "There is no pretix at" },
    { FALSE, "http://127.0.0.1:1", "abc", "cannot be reached" },
    { FALSE, "https://no-such-host.invalid", "abc", "no-such-host.invalid" },
    { FALSE, "http://tickets.example.org", "abc", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;

      enter (world, cases[i].device, cases[i].address, cases[i].key);
      text = problem (world);
      g_test_message ("%s: %s", cases[i].address, text);
      g_assert_nonnull (text);
      g_assert_nonnull (strstr (text, cases[i].says));
      g_assert_null (strstr (text, cases[i].key[0] != '\0' ? cases[i].key : "\001"));
      g_assert_cmpint (step (world), ==, FOYER_CONNECT_ACCOUNT);
    }
  g_assert_cmpuint (foyer_page_store_get_n_connections (world->store), ==, 0);

  /* What was wrong is put right, and the sentence goes. */
  enter (world, FALSE, url, foyer_sandbox_get_token (world->sandbox));
  g_assert_null (problem (world));
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_EVENT);
}

/* The token was spent; what it was exchanged for must not be asked for again, nor be sent elsewhere. */
static void
test_spent_token (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *text = NULL;
  gboolean enrolled = FALSE;

  enter (world, TRUE, foyer_sandbox_get_url (world->sandbox),
         foyer_sandbox_get_device_init_token (world->sandbox));
  foyer_connect_controller_back (world->way);
  g_object_get (world->way, "enrolled", &enrolled, NULL);
  g_assert_true (enrolled);
  foyer_connect_controller_submit (world->way);
  wait (world);
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_EVENT);

  foyer_connect_controller_back (world->way);
  g_object_set (world->way, "address", "http://127.0.0.1:1", NULL);
  g_object_get (world->way, "enrolled", &enrolled, NULL);
  g_assert_false (enrolled);
}

static void
test_same_event_again (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *name = NULL;
  FoyerConnection *connection;

  for (guint i = 0; i < 2; i++)
    {
      g_clear_object (&world->way);
      world->way = foyer_connect_controller_new (world->workspace);
      enter (world, FALSE, foyer_sandbox_get_url (world->sandbox),
             foyer_sandbox_get_token (world->sandbox));
      finish (world);
      g_assert_cmpint (step (world), ==, FOYER_CONNECT_DONE);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (world->workspace)), ==, 1);
    }

  /* Another event of the same name stands beside it. */
  connection = foyer_desk_get_connection (foyer_connect_controller_get_desk (world->way));
  name = g_strdup (connection->name);
  g_free (connection->event);
  connection->event = g_strdup ("another");
  g_clear_object (&world->way);
  world->way = foyer_connect_controller_new (world->workspace);
  enter (world, FALSE, foyer_sandbox_get_url (world->sandbox),
         foyer_sandbox_get_token (world->sandbox));
  finish (world);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (world->workspace)), ==, 2);
  connection = foyer_desk_get_connection (foyer_connect_controller_get_desk (world->way));
  g_assert_cmpstr (connection->name, !=, name);
  g_assert_true (g_str_has_prefix (connection->name, name));
}

static void
test_cancel (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (foyer_sandbox_set_faults (world->sandbox, "latency=5000", &error));
  g_assert_no_error (error);
  g_object_set (world->way, "use-device", FALSE, "address", foyer_sandbox_get_url (world->sandbox),
                "key", foyer_sandbox_get_token (world->sandbox), NULL);
  foyer_connect_controller_submit (world->way);
  g_assert_true (is_busy (world));
  foyer_connect_controller_submit (world->way); /* a double click */
  foyer_connect_controller_cancel (world->way);
  g_assert_false (is_busy (world));
  g_assert_null (problem (world));

  g_assert_true (foyer_sandbox_set_faults (world->sandbox, "", &error));
  foyer_connect_controller_submit (world->way);
  wait (world);
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_EVENT);
}

static void
test_disk_full (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *text = NULL;

  enter (world, TRUE, foyer_sandbox_get_url (world->sandbox),
         foyer_sandbox_get_device_init_token (world->sandbox));
  foyer_page_store_set_broken (world->store, TRUE);
  finish (world);
  text = problem (world);
  g_assert_cmpstr (text, ==, "The disk is full");
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_CONFIRM);

  /* The token is spent, and still nothing is lost. */
  foyer_page_store_set_broken (world->store, FALSE);
  foyer_connect_controller_submit (world->way);
  wait (world);
  g_assert_cmpint (step (world), ==, FOYER_CONNECT_DONE);
}

static void
test_input (void)
{
  const struct
  {
    const char *typed;
    const char *clean;
  } cases[] = {
    { "pretix.eu", "https://pretix.eu" },
    { "  https://pretix.eu/control/organizers/ ", "https://pretix.eu" },
    { "https://tickets.example.org/sub/api/v1/?x=1#y", "https://tickets.example.org/sub" },
    { "localhost:8345", "http://localhost:8345" },
    { "127.0.0.1:8345/", "http://127.0.0.1:8345" },
    { "", "" },
    { NULL, "" },
  };
  const char *const bad[]
      = { NULL, "", "{", "[]", "{\"url\":1,\"token\":2}", "{\"url\":\"a\"}", "\"text\"" };
  g_autofree char *deep = g_strnfill (4000, '[');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = foyer_connect_input_clean_address (cases[i].typed);

      g_assert_cmpstr (clean, ==, cases[i].clean);
    }
  for (gsize i = 0; i <= G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *address = NULL;
      g_autofree char *token = NULL;

      g_assert_false (foyer_connect_input_parse_code (i < G_N_ELEMENTS (bad) ? bad[i] : deep,
                                                      &address, &token));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connect/input", test_input);
  g_test_add_func ("/connect/device", test_device);
  g_test_add_func ("/connect/team", test_team);
  g_test_add_func ("/connect/pasted", test_pasted);
  g_test_add_func ("/connect/setup-code", test_setup_code);
  g_test_add_func ("/connect/setup-given", test_setup_given);
  g_test_add_func ("/connect/setup-refused", test_setup_refused);
  g_test_add_func ("/connect/narrow-keys", test_narrow_keys);
  g_test_add_func ("/connect/failures", test_failures);
  g_test_add_func ("/connect/spent-token", test_spent_token);
  g_test_add_func ("/connect/same-event-again", test_same_event_again);
  g_test_add_func ("/connect/cancel", test_cancel);
  g_test_add_func ("/connect/disk-full", test_disk_full);
  return g_test_run ();
}
