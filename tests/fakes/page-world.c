/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "page-world.h"

#include "foyer-fake-server.h"
#include "foyer-fake-service.h"
#include "foyer-scan.h"
#include "foyer-session-secrets.h"

/* A loop that has nothing to do for this many turns is quiet: everything in memory answers at once. */
#define QUIET_TURNS 20

static FoyerService *
make_service (FoyerConnection *connection,
              const char *credential,
              gpointer user_data,
              GError **error)
{
  PageWorld *self = user_data;
  g_autoptr (FoyerFakeServer) server = foyer_fake_server_new (FOYER_CLOCK (self->clock));

  self->services++;
  return FOYER_SERVICE (foyer_fake_service_new (server, connection, FOYER_CLOCK (self->clock)));
}

PageWorld *
page_world_new (void)
{
  PageWorld *self = g_new0 (PageWorld, 1);
  g_autoptr (FoyerSessionSecrets) secrets = foyer_session_secrets_new ();
  g_autoptr (FoyerConnection) connection = foyer_connection_new ();
  g_autoptr (FoyerEvent) event = foyer_event_new ();
  g_autoptr (FoyerMirror) mirror = foyer_page_store_create_mirror ();

  self->store = foyer_page_store_new ();
  self->clock = foyer_fake_clock_new (PAGE_NOW);

  connection->name = g_strdup ("Harbour Conference");
  connection->service = g_strdup ("pretix");
  connection->base_url = g_strdup ("https://tickets.example.org");
  connection->organizer = g_strdup ("harbour");
  connection->event = g_strdup ("conf");
  connection->auth_scheme = g_strdup ("Device");
  connection->secret_ref = g_strdup ("reference");
  connection->desk = g_strdup ("North");
  connection->device_id = 3;
  foyer_page_store_add_connection (self->store, connection);
  foyer_page_store_add_list (self->store, 7, "Main entrance");
  event->slug = g_strdup ("conf");
  event->name = g_strdup ("Harbour Conference");
  event->zone = g_strdup ("Europe/Berlin");
  event->currency = g_strdup ("EUR");
  foyer_page_store_set_event (self->store, event);

  self->workspace = foyer_workspace_new ("default", FOYER_JOURNAL (self->store), mirror,
                                         FOYER_QUERY (self->store), FOYER_SECRETS (secrets),
                                         FOYER_CLOCK (self->clock), make_service, self, NULL);
  return self;
}

void
page_world_free (PageWorld *self)
{
  page_world_settle (self);
  g_clear_object (&self->workspace);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_free (self);
}

/* Until nothing is left to do. */
void
page_world_settle (PageWorld *self)
{
  for (guint quiet = 0; quiet < QUIET_TURNS;)
    quiet = g_main_context_iteration (NULL, FALSE) ? 0 : quiet + 1;
}

void
page_world_load (PageWorld *self)
{
  foyer_workspace_load_async (self->workspace, NULL, NULL, NULL);
  page_world_settle (self);
}

FoyerCommand *
page_world_add (PageWorld *self,
                const char *id,
                const char *name,
                FoyerCommandState state,
                const char *problem)
{
  g_autoptr (FoyerCommand) command = foyer_command_new ();
  g_autoptr (FoyerScan) scan = foyer_scan_new ();

  scan->secret = g_strdup ("secret");
  scan->list = 7;
  scan->order = g_strdup ("XKPBK");
  scan->name = g_strdup (name);
  scan->product = g_strdup ("Conference ticket");
  scan->datetime = PAGE_NOW;
  command->id = g_strdup (id);
  command->kind = FOYER_COMMAND_CHECK_IN;
  command->connection = g_strdup ("Harbour Conference");
  command->target = g_strdup ("1:7");
  command->arguments = foyer_scan_to_json (scan);
  command->key = g_strdup (id);
  command->created = PAGE_NOW;
  command->door_time = PAGE_NOW;
  command->desk = g_strdup ("North");
  command->state = state;
  command->attempts = state == FOYER_STATE_DONE || state == FOYER_STATE_NEEDS_YOU ? 1 : 0;
  command->problem = g_strdup (problem);
  foyer_page_store_add_command (self->store, command);
  foyer_journal_poke (FOYER_JOURNAL (self->store));
  return command;
}
