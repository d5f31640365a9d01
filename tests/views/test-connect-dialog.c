/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way to a connection as a person goes it, against the sandbox over real HTTP. */

#include "views-fixture.h"

#include "foyer-connect-dialog.h"
#include "foyer-http.h"
#include "foyer-page-store.h"
#include "foyer-pretix-service.h"
#include "foyer-sandbox.h"
#include "foyer-session-secrets.h"
#include "foyer-system-clock.h"

#define DEADLINE (20 * G_USEC_PER_SEC)

typedef struct
{
  FoyerSandbox *sandbox;
  FoyerPageStore *store;
  FoyerWorkspace *workspace;
  FoyerConnectController *way;
  FoyerConnectDialog *dialog;
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
set_up (World *world, int width, int height)
{
  g_autoptr (FoyerMirror) mirror = foyer_page_store_create_mirror ();
  g_autoptr (FoyerSessionSecrets) secrets = foyer_session_secrets_new ();
  g_autoptr (FoyerClock) clock = foyer_system_clock_new ();
  g_autoptr (GError) error = NULL;

  views_add_styles ();
  world->sandbox = foyer_sandbox_new (20, 7);
  g_assert_true (foyer_sandbox_start (world->sandbox, &error));
  g_assert_no_error (error);
  world->store = foyer_page_store_new ();
  world->workspace = foyer_workspace_new ("default", FOYER_JOURNAL (world->store), mirror,
                                          FOYER_QUERY (world->store), FOYER_SECRETS (secrets),
                                          clock, make_service, NULL, NULL);
  world->way = foyer_connect_controller_new (world->workspace);
  world->dialog = foyer_connect_dialog_new (world->way);
  gtk_window_set_default_size (GTK_WINDOW (world->dialog), width, height);
  gtk_window_present (GTK_WINDOW (world->dialog));
  views_settle ();
}

static void
tear_down (World *world)
{
  gtk_window_destroy (GTK_WINDOW (world->dialog));
  views_settle ();
  views_assert_gone (world->way);
  foyer_sandbox_stop (world->sandbox);
  g_clear_object (&world->workspace);
  g_clear_object (&world->store);
  g_clear_object (&world->sandbox);
}

static void
wait (World *world)
{
  gint64 end = g_get_monotonic_time () + DEADLINE;
  gboolean busy = TRUE;

  for (;;)
    {
      g_object_get (world->way, "busy", &busy, NULL);
      if (!busy || g_get_monotonic_time () > end)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_false (busy);
  views_settle ();
}

static GtkWidget *
find (World *world, GType type, const char *label)
{
  return views_find (GTK_WIDGET (world->dialog), type, label);
}

static void
click (World *world, const char *label)
{
  GtkWidget *button = find (world, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  wait (world);
}

static GtkWidget *
focused (World *world)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (world->dialog));

  g_assert_nonnull (focus);
  return focus;
}

static void
type_into (World *world, GType type, const char *text)
{
  GtkWidget *entry = find (world, type, NULL);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
shoot (World *world, const char *name, int width)
{
  g_autofree char *full = g_strdup_printf ("connect-%s-%d", name, width);

  views_assert_labelled (GTK_WIDGET (world->dialog));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (world->dialog)), <=, width);
  views_shoot (GTK_WIDGET (world->dialog), full);
}

static void
test_whole_way (void)
{
  static const int sizes[][2] = { { 520, 640 }, { 360, 640 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      World world = { NULL };
      int width = sizes[i][0];
      GtkWidget *list;

      set_up (&world, width, sizes[i][1]);
      g_assert_true (
          gtk_widget_is_ancestor (focused (&world), find (&world, ADW_TYPE_ENTRY_ROW, NULL)));
      shoot (&world, "1-account", width);

      /* A wrong token: a sentence, what to do, and the keyboard where it is put right. */
      type_into (&world, ADW_TYPE_ENTRY_ROW, foyer_sandbox_get_url (world.sandbox));
      type_into (&world, ADW_TYPE_PASSWORD_ENTRY_ROW, "wrong");
      click (&world, "Go On");
      g_assert_nonnull (find (&world, GTK_TYPE_LABEL,
                              "pretix does not take this code: Unknown initialization token."));
      g_assert_true (gtk_widget_is_ancestor (focused (&world),
                                             find (&world, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)));
      shoot (&world, "2-problem", width);

      type_into (&world, ADW_TYPE_PASSWORD_ENTRY_ROW,
                 foyer_sandbox_get_device_init_token (world.sandbox));
      g_signal_emit_by_name (find (&world, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL), "entry-activated");
      wait (&world);
      g_assert_cmpint (foyer_connect_controller_get_step (world.way), ==, FOYER_CONNECT_EVENT);
      list = find (&world, GTK_TYPE_LIST_VIEW, NULL);
      g_assert_nonnull (list);
      g_assert_true (focused (&world) == list || gtk_widget_is_ancestor (focused (&world), list));
      shoot (&world, "3-event", width);

      /* Escape goes back, and nothing that was entered is lost. */
      gtk_widget_activate_action (GTK_WIDGET (world.dialog), "connect.back", NULL);
      wait (&world);
      g_assert_cmpint (foyer_connect_controller_get_step (world.way), ==, FOYER_CONNECT_ACCOUNT);
      g_assert_nonnull (find (&world, GTK_TYPE_LABEL, "This desk is registered"));
      shoot (&world, "4-registered", width);
      click (&world, "Go On");
      g_signal_emit_by_name (find (&world, GTK_TYPE_LIST_VIEW, NULL), "activate", 0u);
      wait (&world);
      g_assert_cmpint (foyer_connect_controller_get_step (world.way), ==, FOYER_CONNECT_CONFIRM);
      g_assert_true (focused (&world) == find (&world, GTK_TYPE_BUTTON, "Connect This Desk"));
      shoot (&world, "5-confirm", width);
      click (&world, "Connect This Desk");
      g_assert_cmpint (foyer_connect_controller_get_step (world.way), ==, FOYER_CONNECT_DONE);
      g_assert_true (focused (&world) == find (&world, GTK_TYPE_BUTTON, "Start at the Door"));
      shoot (&world, "6-done", width);
      tear_down (&world);
    }
}

/* A scanner types the code letter by letter into whatever has the keyboard. */
static void
test_scanned (void)
{
  World world = { NULL };
  g_autofree char *code = NULL;
  g_autofree char *address = NULL;
  GtkEditable *entry;
  int position = 0;

  set_up (&world, 520, 640);
  g_object_set (world.way, "use-device", FALSE, NULL);
  code = g_strdup_printf ("{\"handshake_version\": 1, \"url\": \"%s\", \"token\": \"%s\"}",
                          foyer_sandbox_get_url (world.sandbox),
                          foyer_sandbox_get_device_init_token (world.sandbox));
  entry = GTK_EDITABLE (find (&world, ADW_TYPE_ENTRY_ROW, NULL));
  for (const char *letter = code; *letter != '\0'; letter++)
    gtk_editable_insert_text (entry, letter, 1, &position);
  g_object_get (world.way, "address", &address, NULL);
  g_assert_cmpstr (address, ==, foyer_sandbox_get_url (world.sandbox));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, address);
  g_assert_true (
      gtk_widget_is_ancestor (focused (&world), find (&world, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)));
  click (&world, "Go On");
  g_assert_cmpint (foyer_connect_controller_get_step (world.way), ==, FOYER_CONNECT_EVENT);
  tear_down (&world);
}

static void
test_busy (void)
{
  World world = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean busy = FALSE;

  set_up (&world, 520, 640);
  g_assert_true (foyer_sandbox_set_faults (world.sandbox, "latency=5000", &error));
  g_assert_no_error (error);
  type_into (&world, ADW_TYPE_ENTRY_ROW, foyer_sandbox_get_url (world.sandbox));
  type_into (&world, ADW_TYPE_PASSWORD_ENTRY_ROW, foyer_sandbox_get_token (world.sandbox));
  g_object_set (world.way, "use-device", FALSE, NULL);
  foyer_connect_controller_submit (world.way);
  views_settle ();
  g_object_get (world.way, "busy", &busy, NULL);
  g_assert_true (busy);
  g_assert_true (focused (&world) == find (&world, GTK_TYPE_BUTTON, "Cancel"));
  shoot (&world, "7-busy", 520);
  click (&world, "Cancel");
  g_object_get (world.way, "busy", &busy, NULL);
  g_assert_false (busy);
  g_assert_null (find (&world, GTK_TYPE_BUTTON, "Cancel"));
  g_assert_true (
      gtk_widget_is_ancestor (focused (&world), find (&world, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)));
  tear_down (&world);
}

int
main (int argc, char *argv[])
{
  if (!views_init (&argc, &argv))
    return 77;

  g_test_add_func ("/connect-dialog/whole-way", test_whole_way);
  g_test_add_func ("/connect-dialog/scanned", test_scanned);
  g_test_add_func ("/connect-dialog/busy", test_busy);
  return g_test_run ();
}
