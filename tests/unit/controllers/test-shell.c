/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-shell-controller.h"

#include "foyer-error.h"
#include "foyer-test-desk.h"
#include "foyer-test-workspace.h"

#include <string.h>

static char *
text_of (gpointer object, const char *property)
{
  char *text = NULL;

  g_object_get (object, property, &text, NULL);
  return text;
}

static void
assert_text (gpointer object, const char *property, const char *part)
{
  g_autofree char *text = text_of (object, property);

  if (text == NULL || strstr (text, part) == NULL)
    g_error ("%s is \"%s\", and should hold \"%s\"", property, text, part);
}

static void
finish (FoyerShellController *shell, FoyerTestWorkspace *world)
{
  FoyerLists *lists = g_object_ref (foyer_shell_controller_get_lists (shell));

  foyer_test_run_for (world->clock, FOYER_SECOND);
  g_assert_finalize_object (shell);
  g_object_run_dispose (G_OBJECT (lists));
  foyer_test_turn ();
  g_assert_finalize_object (lists);
  foyer_test_workspace_free (world);
}

static void
test_empty (void)
{
  FoyerTestWorkspace *world = foyer_test_workspace_new (0);
  FoyerShellController *shell = foyer_shell_controller_new (world->workspace);
  GActionGroup *actions = foyer_shell_controller_get_actions (shell);

  foyer_test_turn ();
  g_assert_true (foyer_shell_controller_get_loaded (shell));
  g_assert_false (foyer_shell_controller_get_has_connections (shell));
  g_assert_null (foyer_lists_get_selected (foyer_shell_controller_get_lists (shell)));
  g_assert_false (g_action_group_get_action_enabled (actions, "sync"));
  g_assert_false (g_action_group_get_action_enabled (actions, "cancel-sync"));
  assert_text (shell, "event-text", "Foyer");
  finish (shell, world);
}

static void
test_connected (void)
{
  FoyerTestWorkspace *world = foyer_test_workspace_new (30);
  FoyerShellController *shell = foyer_shell_controller_new (world->workspace);
  FoyerLists *lists = foyer_shell_controller_get_lists (shell);
  FoyerDeskStatus *status = foyer_shell_controller_get_status (shell);

  foyer_test_workspace_connect (world);
  g_assert_true (foyer_shell_controller_get_has_connections (shell));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (lists)), ==, 2);
  g_assert_cmpint (foyer_list_choice_get_id (foyer_lists_get_selected (lists)), ==,
                   FOYER_FAKE_QUERY_LIST);
  assert_text (shell, "event-text", "Harbour Conference · ");
  assert_text (status, "reach-word", "Online");
  assert_text (status, "synced-text", "synced just now");
  g_assert_true (
      g_action_group_get_action_enabled (foyer_shell_controller_get_actions (shell), "sync"));
  finish (shell, world);
}

static void
test_prefers (void)
{
  FoyerTestWorkspace *world = foyer_test_workspace_new (30);
  FoyerShellController *shell = foyer_shell_controller_new (world->workspace);
  FoyerLists *lists = foyer_shell_controller_get_lists (shell);
  g_autoptr (FoyerListChoice) first = NULL;

  foyer_lists_prefer (lists, "door", FOYER_FAKE_QUERY_OTHER_LIST);
  foyer_test_workspace_connect (world);
  g_assert_cmpint (foyer_list_choice_get_id (foyer_lists_get_selected (lists)), ==,
                   FOYER_FAKE_QUERY_OTHER_LIST);

  first = g_list_model_get_item (G_LIST_MODEL (lists), 0);
  foyer_lists_set_selected (lists, first);
  foyer_lists_refresh (lists);
  foyer_test_turn ();
  g_assert_true (foyer_lists_get_selected (lists) == first);
  g_clear_object (&first);
  finish (shell, world);
}

static void
test_out_of_reach (void)
{
  FoyerTestWorkspace *world = foyer_test_workspace_new (30);
  FoyerShellController *shell = foyer_shell_controller_new (world->workspace);
  FoyerDeskStatus *status = foyer_shell_controller_get_status (shell);

  foyer_test_workspace_connect (world);
  foyer_fake_server_set_down (world->server, TRUE);
  g_action_group_activate_action (foyer_shell_controller_get_actions (shell), "sync", NULL);
  foyer_test_run_for (world->clock, 120 * FOYER_SECOND);
  assert_text (status, "reach-word", "On our own");
  foyer_desk_status_tick (status);
  assert_text (status, "synced-text", "minutes ago");
  {
    g_autofree char *problem = text_of (status, "problem");

    /* To be out of reach is no problem of its own. */
    g_assert_null (problem);
  }
  foyer_fake_server_set_down (world->server, FALSE);
  finish (shell, world);
}

static void
test_problem (void)
{
  FoyerTestWorkspace *world = foyer_test_workspace_new (30);
  FoyerShellController *shell = foyer_shell_controller_new (world->workspace);
  g_autoptr (GError) error = foyer_error_new (FOYER_ERROR_STORAGE, NULL, "The journal is damaged.");

  foyer_error_set_hint (error, "Restore it from the copy.");
  foyer_shell_controller_fail (shell, error);
  assert_text (shell, "problem", "The journal is damaged. Restore it from the copy.");
  finish (shell, world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shell/empty", test_empty);
  g_test_add_func ("/shell/connected", test_connected);
  g_test_add_func ("/shell/prefers", test_prefers);
  g_test_add_func ("/shell/out-of-reach", test_out_of_reach);
  g_test_add_func ("/shell/problem", test_problem);
  return g_test_run ();
}
