/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages-fixture.h"

#include "foyer-activity-page.h"
#include "foyer-connections-page.h"
#include "foyer-inbox-page.h"

static const PagesSize sizes[]
    = { { "wide", 1280, 800 }, { "middle", 900, 600 }, { "narrow", 360, 640 } };

#define LONG_NAME                                                                                  \
  "Bartholomew Maximilian Featherstonehaugh-Cholmondeley von und zu Hohenstein-Wittelsbach the "   \
  "Younger, formerly of Saint-Germain"

/* The n-th of the sizes that are looked at; NULL: there are no more. */
const PagesSize *
pages_get_size (guint n)
{
  return n < G_N_ELEMENTS (sizes) ? &sizes[n] : NULL;
}

static GtkWidget *
create_inbox (gpointer data)
{
  return foyer_inbox_page_new (((PagesFixture *)data)->inbox);
}

static GtkWidget *
create_activity (gpointer data)
{
  return foyer_activity_page_new (((PagesFixture *)data)->activity);
}

static GtkWidget *
create_connections (gpointer data)
{
  return foyer_connections_page_new (((PagesFixture *)data)->connections);
}

void
pages_fixture_set_up (PagesFixture *fixture)
{
  fixture->world = page_world_new ();
  page_world_load (fixture->world);
  fixture->shell = foyer_shell_controller_new (fixture->world->workspace);
  fixture->inbox = foyer_inbox_controller_new (fixture->world->workspace);
  fixture->activity = foyer_activity_controller_new (fixture->world->workspace);
  fixture->connections = foyer_connections_controller_new (fixture->world->workspace);
  fixture->window = foyer_window_new (NULL, fixture->shell);
  views_add_styles ();
  foyer_window_add_place (fixture->window, "inbox", "Inbox", "mail-unread-symbolic", "F2",
                          create_inbox, fixture, NULL);
  foyer_window_add_place (fixture->window, "commands", "Activity", "view-list-symbolic", "F3",
                          create_activity, fixture, NULL);
  foyer_window_add_place (fixture->window, "connections", "Connections", "network-server-symbolic",
                          "F4", create_connections, fixture, NULL);
}

void
pages_fixture_tear_down (PagesFixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  views_settle ();
  page_world_settle (fixture->world);
  views_assert_gone (fixture->inbox);
  views_assert_gone (fixture->activity);
  views_assert_gone (fixture->connections);
  views_assert_gone (fixture->shell);
  page_world_free (fixture->world);
}

/* Commands of every kind, with names that are hard to show. */
void
pages_fixture_fill (PagesFixture *fixture)
{
  static const struct
  {
    const char *name;
    FoyerCommandState state;
    const char *problem;
  } rows[] = {
    { "Zoë 🎫 O'Connor", FOYER_STATE_DONE, NULL },
    { "محمد بن عبد الله", FOYER_STATE_NEEDS_YOU, "{\"kind\":\"refused\",\"reason\":\"unpaid\"}" },
    { "山田太郎", FOYER_STATE_SETTLED, NULL },
    { LONG_NAME, FOYER_STATE_NEEDS_YOU,
      "{\"kind\":\"clock\",\"reason\":\"ahead\",\"theirs\":{\"datetime\":"
      "\"2025-05-16T08:40:00Z\"}}" },
    { NULL, FOYER_STATE_UNKNOWN, NULL },
    { "Ann <b>Bold</b> & Co", FOYER_STATE_SENDING, NULL },
    { "Käthe Müller", FOYER_STATE_NEEDS_YOU,
      "{\"kind\":\"conflict\",\"reason\":\"already_redeemed\",\"theirs\":{\"datetime\":"
      "\"2025-05-16T08:53:00Z\",\"device_id\":2,\"gate\":0,\"list\":7}}" },
    { "Łukasz Ilgaz", FOYER_STATE_PENDING, NULL },
    { "J. Diaz", FOYER_STATE_WITHDRAWN, NULL },
  };

  for (gsize i = 0; i < 3 * G_N_ELEMENTS (rows); i++)
    {
      gsize n = i % G_N_ELEMENTS (rows);
      g_autofree char *id = g_strdup_printf ("0196d8f0-4a70-7c31-b6f1-%012x", (guint)i);

      if (i >= G_N_ELEMENTS (rows) && rows[n].problem != NULL)
        continue;
      page_world_add (fixture->world, id, rows[n].name, rows[n].state, rows[n].problem);
    }
  for (guint i = 0; i < 30; i++)
    {
      FoyerCall values
          = { .at = PAGE_NOW + i * FOYER_SECOND,
              .connection = (char *)"Harbour Conference",
              .service = (char *)"pretix",
              .method = (char *)(i % 3 == 0 ? "POST" : "GET"),
              .route = (char *)(i % 3 == 0 ? "/organizers/{organizer}/checkinrpc/redeem/"
                                           : "/organizers/{organizer}/events/{event}/orders/"),
              .status = i % 7 == 0 ? 0 : 200,
              .error = i % 7 == 0 ? (char *)"TIMEOUT" : NULL,
              .duration = (gint64)(i % 7 == 0 ? 10000 : 84 + i) * 1000 };
      g_autoptr (FoyerCall) call = foyer_call_new (&values);

      foyer_page_store_add_call (fixture->world->store, call);
    }
  page_world_settle (fixture->world);
}

void
pages_fixture_show (PagesFixture *fixture, const char *place, const PagesSize *size)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), size->width, size->height);
  gtk_window_present (GTK_WINDOW (fixture->window));
  foyer_window_show_place (fixture->window, place);
  page_world_settle (fixture->world);
  views_settle ();
  /* The header folds once it has been seen to be too wide; only then the window can be as narrow. */
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), size->width, size->height);
  views_settle ();
}

void
pages_fixture_shoot (PagesFixture *fixture, const char *name, const PagesSize *size)
{
  g_autofree char *full = g_strdup_printf ("%s-%s", name, size->name);

  views_shoot (GTK_WIDGET (fixture->window), full);
}
