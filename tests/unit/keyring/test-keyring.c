/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keyring driver against a real gnome-keyring-daemon on a private bus. Each state of a keyring
 * needs a fresh process, since libsecret keeps one proxy for a process's life. */

#include "config.h"

#include "foyer-error.h"
#include "foyer-keyring.h"
#include "foyer-session-secrets.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  gboolean done;
  char *value;
  gboolean ok;
  FoyerSecretsPlace place;
  GError *error;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->value, foyer_secrets_wipe);
  g_clear_error (&answer->error);
}

static void
wait_for (Answer *answer)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!answer->done && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (answer->done);
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->value = foyer_secrets_lookup_finish (FOYER_SECRETS (source), result, &answer->error);
  answer->done = TRUE;
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->ok = foyer_secrets_store_finish (FOYER_SECRETS (source), result, &answer->place,
                                           &answer->error);
  answer->done = TRUE;
}

static void
clear_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->ok = foyer_secrets_clear_finish (FOYER_SECRETS (source), result, &answer->error);
  answer->done = TRUE;
}

static void
unlock_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->ok = foyer_secrets_unlock_finish (FOYER_SECRETS (source), result, &answer->error);
  answer->done = TRUE;
}

static void
expect_lookup (FoyerSecrets *secrets, const char *reference, const char *value, int error_code)
{
  Answer answer = { 0 };

  foyer_secrets_lookup_async (secrets, reference, NULL, lookup_cb, &answer);
  wait_for (&answer);
  g_assert_cmpstr (answer.value, ==, value);
  if (value == NULL)
    g_assert_error (answer.error, FOYER_ERROR, error_code);
  answer_clear (&answer);
}

static void
expect_store (FoyerSecrets *secrets,
              const char *reference,
              const char *value,
              FoyerSecretsPlace place)
{
  Answer answer = { 0 };

  foyer_secrets_store_async (secrets, reference, "Test key", value, NULL, store_cb, &answer);
  wait_for (&answer);
  g_assert_no_error (answer.error);
  g_assert_true (answer.ok);
  g_assert_cmpint (answer.place, ==, place);
  answer_clear (&answer);
}

static void
expect_clear (FoyerSecrets *secrets, const char *reference)
{
  Answer answer = { 0 };

  foyer_secrets_clear_async (secrets, reference, NULL, clear_cb, &answer);
  wait_for (&answer);
  g_assert_no_error (answer.error);
  g_assert_true (answer.ok);
}

static GPid
start_daemon (const char *password)
{
  const char *unlocked[] = { "gnome-keyring-daemon", "--foreground", "--unlock",
                             "--components=secrets", NULL };
  const char *locked[] = { "gnome-keyring-daemon", "--foreground", "--components=secrets", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = NULL;
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  gboolean there = FALSE;
  GPid pid;
  int in;

  g_spawn_async_with_pipes (NULL, (char **)(password != NULL ? unlocked : locked), NULL,
                            G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD
                                | G_SPAWN_STDOUT_TO_DEV_NULL,
                            NULL, NULL, &pid, &in, NULL, NULL, &error);
  g_assert_no_error (error);
  if (password != NULL)
    g_assert_cmpint (write (in, password, strlen (password)), ==, (gssize)strlen (password));
  close (in);

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  while (!there && g_get_monotonic_time () < end)
    {
      g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
          bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
          "NameHasOwner", g_variant_new ("(s)", "org.freedesktop.secrets"), NULL,
          G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

      g_assert_no_error (error);
      g_variant_get (answer, "(b)", &there);
      if (!there)
        g_usleep (10000);
    }
  g_assert_true (there);
  return pid;
}

static void
stop_daemon (GPid pid)
{
  int status;

  kill (pid, SIGTERM);
  while (waitpid (pid, &status, 0) < 0 && errno == EINTR)
    ;
}

/* By another program: so the test also holds the names under which we store. */
static void
store_from_outside (const char *reference, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) tool = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, "secret-tool", "store", "--label=Test key",
      "application", FOYER_APP_ID, "reference", reference, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (tool, value, NULL, NULL, NULL, &error));
  g_assert_true (g_subprocess_get_successful (tool));
}

static void
be_unlocked (void)
{
  g_autoptr (FoyerSecrets) secrets = NULL;
  g_autoptr (FoyerSecrets) another = NULL;
  GPid daemon = start_daemon ("password");

  secrets = FOYER_SECRETS (foyer_keyring_new ());
  store_from_outside ("outside", "from outside");
  expect_lookup (secrets, "outside", "from outside", 0);
  expect_lookup (secrets, "one", NULL, FOYER_ERROR_NOT_FOUND);
  expect_store (secrets, "one", "first value", FOYER_SECRETS_KEYRING);
  expect_store (secrets, "two", "zwei · 二", FOYER_SECRETS_KEYRING);
  expect_lookup (secrets, "one", "first value", 0);
  expect_store (secrets, "one", "second value", FOYER_SECRETS_KEYRING);

  /* Another process would see the same: nothing of it was only in memory. */
  another = FOYER_SECRETS (foyer_keyring_new ());
  expect_lookup (another, "one", "second value", 0);
  expect_lookup (another, "two", "zwei · 二", 0);
  foyer_keyring_set_session_only (FOYER_KEYRING (another), TRUE);
  expect_store (another, "three", "of the sample", FOYER_SECRETS_SESSION);
  expect_lookup (another, "three", "of the sample", 0);
  expect_lookup (another, "one", NULL, FOYER_ERROR_NOT_FOUND);
  foyer_keyring_set_session_only (FOYER_KEYRING (another), FALSE);
  expect_lookup (secrets, "three", NULL, FOYER_ERROR_NOT_FOUND);
  expect_clear (another, "one");
  expect_clear (another, "one");
  expect_lookup (secrets, "one", NULL, FOYER_ERROR_NOT_FOUND);
  stop_daemon (daemon);
}

static void
be_locked (void)
{
  g_autoptr (FoyerSecrets) secrets = NULL;
  Answer answer = { 0 };
  GPid daemon;

  daemon = start_daemon ("password");
  store_from_outside ("one", "kept");
  stop_daemon (daemon);

  daemon = start_daemon (NULL);
  secrets = FOYER_SECRETS (foyer_keyring_new ());
  expect_lookup (secrets, "one", NULL, FOYER_ERROR_KEYRING);
  /* What a locked keyring does not take is kept for the session, and found. */
  expect_store (secrets, "three", "for now", FOYER_SECRETS_SESSION);
  expect_lookup (secrets, "three", "for now", 0);
  /* Nobody can answer the prompt here: an error, not an endless wait. */
  foyer_secrets_unlock_async (secrets, NULL, unlock_cb, &answer);
  wait_for (&answer);
  g_assert_false (answer.ok);
  g_assert_error (answer.error, FOYER_ERROR, FOYER_ERROR_KEYRING);
  answer_clear (&answer);
  stop_daemon (daemon);
}

static void
be_absent (void)
{
  g_autoptr (FoyerSecrets) secrets = FOYER_SECRETS (foyer_keyring_new ());

  expect_lookup (secrets, "one", NULL, FOYER_ERROR_KEYRING);
  expect_store (secrets, "one", "for now", FOYER_SECRETS_SESSION);
  expect_lookup (secrets, "one", "for now", 0);
  expect_clear (secrets, "one");
  expect_lookup (secrets, "one", NULL, FOYER_ERROR_KEYRING);
}

static void
on_a_private_bus (void (*state) (void))
{
  g_autoptr (GTestDBus) bus = NULL;

  if (!g_test_subprocess ())
    {
      g_autofree char *daemon = g_find_program_in_path ("gnome-keyring-daemon");
      g_autofree char *dbus = g_find_program_in_path ("dbus-daemon");
      g_autofree char *tool = g_find_program_in_path ("secret-tool");

      if (daemon == NULL || dbus == NULL || tool == NULL)
        {
          g_test_skip ("needs gnome-keyring-daemon, dbus-daemon and secret-tool");
          return;
        }
      g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  /* The daemon takes its folders from the environment, which the isolated folders are not in. */
  g_unsetenv ("DISPLAY");
  g_unsetenv ("WAYLAND_DISPLAY");
  g_mkdir_with_parents (g_get_user_runtime_dir (), 0700);
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_setenv ("HOME", g_get_home_dir (), TRUE);
  g_setenv ("XDG_DATA_HOME", g_get_user_data_dir (), TRUE);
  g_setenv ("XDG_CACHE_HOME", g_get_user_cache_dir (), TRUE);
  g_setenv ("XDG_CONFIG_HOME", g_get_user_config_dir (), TRUE);
  g_setenv ("XDG_RUNTIME_DIR", g_get_user_runtime_dir (), TRUE);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  state ();
  /* The bus ends with the process: going down politely would wait for libsecret's kept proxy. */
  g_test_dbus_stop (bus);
  _exit (0);
}

static void
test_unlocked (void)
{
  on_a_private_bus (be_unlocked);
}

static void
test_locked (void)
{
  on_a_private_bus (be_locked);
}

static void
test_absent (void)
{
  on_a_private_bus (be_absent);
}

static void
test_session (void)
{
  g_autoptr (FoyerSecrets) secrets = FOYER_SECRETS (foyer_session_secrets_new ());

  expect_lookup (secrets, "one", NULL, FOYER_ERROR_NOT_FOUND);
  expect_store (secrets, "one", "value", FOYER_SECRETS_SESSION);
  expect_lookup (secrets, "one", "value", 0);
  expect_clear (secrets, "one");
  expect_lookup (secrets, "one", NULL, FOYER_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/keyring/unlocked", test_unlocked);
  g_test_add_func ("/keyring/locked", test_locked);
  g_test_add_func ("/keyring/absent", test_absent);
  g_test_add_func ("/keyring/session", test_session);
  return g_test_run ();
}
