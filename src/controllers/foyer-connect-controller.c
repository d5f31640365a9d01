/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way to a new connection: account, organiser, event, date, confirm. Each step asks the service,
 * so that nothing is stored that does not work. An initialisation token works once: what it was
 * exchanged for is held until it is stored, whatever fails in between. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-connect-controller.h"

#include "foyer-connect-input.h"
#include "foyer-error.h"
#include "foyer-event.h"
#include "foyer-fact.h"
#include "foyer-organizer.h"
#include "foyer-setup-code.h"
#include "foyer-subevent.h"
#include "foyer-text.h"
#include "foyer-uuid.h"
#include "foyer-verdict-words.h"

#include <glib/gi18n.h>

#define NAME_MAX_CHARS 120

struct _FoyerConnectController
{
  GObject parent_instance;

  FoyerWorkspace *workspace; /* (owned) */
  FoyerLists *lists;         /* (owned) (nullable) where the chosen list is to be selected */
  FoyerSetupCode *setup; /* (owned) (nullable) what a set-up code said: no question is asked then */
  char *address;
  char *key;
  char *ca_file;
  gboolean use_device;

  FoyerConnectStep step;
  gboolean enrolled;
  FoyerEnrolment *enrolment;  /* (owned) (nullable) */
  FoyerService *service;      /* (owned) (nullable) of the present question */
  FoyerServiceReport *report; /* (owned) (nullable) */
  char *organizer;
  FoyerEvent *event; /* (owned) (nullable) */
  gint64 subevent;
  char *subevent_name;
  GListStore *choices; /* (owned) (element-type FoyerChoice) */
  GPtrArray *events;   /* (owned) (nullable) (element-type FoyerEvent) */
  GListStore *rights;  /* (owned) (element-type FoyerFact) */

  GCancellable *running; /* (owned) (nullable) */
  char *problem;
  char *hint;
  char *summary;
  char *warning;
  FoyerDesk *desk; /* (owned) (nullable) */
  gboolean stored_for_session;
};

G_DEFINE_FINAL_TYPE (FoyerConnectController, foyer_connect_controller, G_TYPE_OBJECT)

typedef enum
{
  PROP_ADDRESS = 1,
  PROP_KEY,
  PROP_CA_FILE,
  PROP_USE_DEVICE,
  PROP_STEP,
  PROP_BUSY,
  PROP_PROBLEM,
  PROP_HINT,
  PROP_ENROLLED,
  PROP_SUMMARY,
  PROP_WARNING,
  PROP_STORED_FOR_SESSION,
  PROP_PLACE,
} FoyerConnectControllerProperty;

static GParamSpec *properties[PROP_PLACE + 1];

static void pull (FoyerConnectController *self, FoyerResource resource, const char *cursor);
static void store (FoyerConnectController *self);

static void
notify (FoyerConnectController *self, FoyerConnectControllerProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_text (FoyerConnectController *self,
          char **field,
          const char *text,
          FoyerConnectControllerProperty property)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  if (property == PROP_KEY)
    foyer_secrets_wipe (*field);
  else
    g_free (*field);
  *field = g_strdup (text);
  notify (self, property);
}

/* What a set-up code said holds as long as its address and its token do. */
static void
forget_setup (FoyerConnectController *self)
{
  g_clear_pointer (&self->setup, foyer_setup_code_unref);
}

/* The key of a device belongs to the address and the token it was exchanged for: once the person enters
 * others it must not be sent there. */
static void
forget_enrolment (FoyerConnectController *self)
{
  if (self->enrolment == NULL)
    return;

  g_clear_pointer (&self->enrolment, foyer_enrolment_unref);
  self->enrolled = FALSE;
  notify (self, PROP_ENROLLED);
}

/* A key that was copied often has blanks around it. */
static void
set_key (FoyerConnectController *self, const char *text)
{
  char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (g_strcmp0 (self->key, stripped) != 0)
    {
      forget_enrolment (self);
      forget_setup (self);
    }
  set_text (self, &self->key, stripped, PROP_KEY);
  foyer_secrets_wipe (stripped);
}

static void
set_address (FoyerConnectController *self, const char *text)
{
  g_autofree char *old = foyer_connect_input_clean_address (self->address);
  g_autofree char *new = foyer_connect_input_clean_address (text);

  if (!g_str_equal (old, new))
    {
      forget_enrolment (self);
      forget_setup (self);
    }
  set_text (self, &self->address, text, PROP_ADDRESS);
}

static void
set_step (FoyerConnectController *self, FoyerConnectStep step)
{
  if (self->step == step)
    return;

  self->step = step;
  notify (self, PROP_STEP);
}

static GCancellable *
begin (FoyerConnectController *self)
{
  gboolean was_busy = self->running != NULL;

  g_clear_object (&self->running);
  self->running = g_cancellable_new ();
  set_text (self, &self->problem, NULL, PROP_PROBLEM);
  set_text (self, &self->hint, NULL, PROP_HINT);
  if (!was_busy)
    notify (self, PROP_BUSY);
  return self->running;
}

static void
end (FoyerConnectController *self)
{
  if (self->running == NULL)
    return;

  g_clear_object (&self->running);
  notify (self, PROP_BUSY);
}

static void
fail (FoyerConnectController *self, const GError *error)
{
  end (self);
  if (error->domain == FOYER_ERROR && error->code == FOYER_ERROR_CANCELLED)
    return;

  g_message ("Connecting failed: %s (%s)", error->message, foyer_error_get_detail (error));
  set_text (self, &self->hint, foyer_error_get_hint (error), PROP_HINT);
  set_text (self, &self->problem, error->message, PROP_PROBLEM);
}

static gboolean
is_same_place (const FoyerConnection *one, const FoyerConnection *other)
{
  return g_strcmp0 (one->service, other->service) == 0
         && g_strcmp0 (one->base_url, other->base_url) == 0
         && g_strcmp0 (one->organizer, other->organizer) == 0
         && g_strcmp0 (one->event, other->event) == 0 && one->subevent == other->subevent;
}

/* The name is the connection's key within the workspace. Connecting to the same event again replaces the
 * connection, with its key; another event that happens to be called the same gets a name of its own. */
static void
name_connection (FoyerConnectController *self, FoyerConnection *connection)
{
  const char *title = self->subevent_name != NULL ? self->subevent_name : self->event->name;
  g_autofree char *clean = foyer_text_clean_line (title, NAME_MAX_CHARS);
  const char *base = *clean != '\0' ? clean : self->event->slug;
  GListModel *desks = G_LIST_MODEL (self->workspace);

  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (desks, i);
      FoyerConnection *known = foyer_desk_get_connection (desk);

      if (is_same_place (known, connection))
        {
          connection->name = g_strdup (known->name);
          connection->secret_ref = g_strdup (known->secret_ref);
          return;
        }
    }

  connection->name = g_strdup (base);
  for (guint n = 2; foyer_workspace_get_desk (self->workspace, connection->name) != NULL; n++)
    {
      g_free (connection->name);
      connection->name = g_strdup_printf ("%s (%u)", base, n);
    }
  connection->secret_ref = foyer_uuid_new_v7 (
      foyer_clock_now (foyer_workspace_get_clock (self->workspace)));
}

static FoyerConnection *
make_connection (FoyerConnectController *self)
{
  FoyerConnection *connection = foyer_connection_new ();

  connection->service = g_strdup ("pretix");
  connection->base_url = foyer_connect_input_clean_address (self->address);
  connection->auth_scheme = g_strdup (self->use_device ? "Device" : "Token");
  connection->organizer = g_strdup (self->organizer);
  connection->event = self->event != NULL ? g_strdup (self->event->slug) : NULL;
  connection->subevent = self->subevent;
  connection->ca_file = self->ca_file != NULL && *self->ca_file != '\0' ? g_strdup (self->ca_file)
                                                                        : NULL;
  if (self->report != NULL)
    {
      connection->desk = g_strdup (self->report->desk);
      connection->device_id = self->report->device_id;
      connection->gate = self->report->gate;
      connection->gate_name = g_strdup (self->report->gate_name);
      connection->security_profile = g_strdup (self->report->security_profile);
      connection->version = g_strdup (self->report->version);
    }
  else if (self->enrolment != NULL)
    {
      connection->desk = g_strdup (self->enrolment->desk);
      connection->device_id = self->enrolment->device_id;
    }
  if (connection->gate_name == NULL && self->setup != NULL)
    connection->gate_name = g_strdup (self->setup->gate);
  if (self->event != NULL)
    name_connection (self, connection);
  return connection;
}

static const char *
get_credential (FoyerConnectController *self)
{
  return self->enrolment != NULL ? self->enrolment->credential : self->key;
}

static gboolean
make_service (FoyerConnectController *self, const char *credential)
{
  g_autoptr (FoyerConnection) connection = make_connection (self);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->service);
  self->service = foyer_workspace_create_service (self->workspace, connection, credential, &error);
  if (self->service == NULL)
    fail (self, error);
  return self->service != NULL;
}

/* --- confirm ------------------------------------------------------------------------------------ */

static void
add_right (FoyerConnectController *self, const char *label, guint permission)
{
  const FoyerServiceReport *report = self->report;
  g_autoptr (FoyerFact) fact = NULL;

  fact = foyer_fact_new (label, !report->permissions_known           ? _ ("Not known")
                                : (report->permissions & permission) ? _ ("Yes")
                                                                     : _ ("No"));
  g_list_store_append (self->rights, fact);
}

static void
describe_rights (FoyerConnectController *self)
{
  guint permissions = self->report->permissions;
  g_autofree char *who
      = self->report->desk != NULL
            ? g_strdup_printf (_ ("Others will see this desk as “%s”."), self->report->desk)
            : g_strdup (
                _ ("An API token has no name: in conflicts others will not see which desk this "
                   "was. A device has one."));
  const char *warning = NULL;

  set_text (self, &self->summary, who, PROP_SUMMARY);
  if (!self->report->version_supported)
    warning = _ ("This pretix is older than 2025.2. Foyer may not be able to do everything there.");
  else if (self->report->permissions_known && !(permissions & FOYER_PERMISSION_READ_ORDERS))
    warning = _ (
        "This key may not read orders. Foyer can check people in, but cannot work without the "
        "network.");
  else if (self->report->permissions_known && !(permissions & FOYER_PERMISSION_CHECK_IN))
    warning = _ ("This key may not check people in. Foyer can show the list, but admit nobody.");
  set_text (self, &self->warning, warning, PROP_WARNING);

  g_list_store_remove_all (self->rights);
  add_right (self, _ ("Fetch the tickets, to work without the network"),
             FOYER_PERMISSION_READ_ORDERS);
  add_right (self, _ ("Let people in"), FOYER_PERMISSION_CHECK_IN);
  notify (self, PROP_PLACE);
}

static char *
dup_place (FoyerConnectController *self)
{
  g_autofree char *clean = NULL;

  if (self->event == NULL)
    return NULL;

  clean = foyer_text_clean_line (
      self->subevent_name != NULL ? self->subevent_name : self->event->name, NAME_MAX_CHARS);
  return foyer_text_isolate (clean);
}

static void
rights_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerConnectController) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerServiceReport) report = foyer_service_check_finish (FOYER_SERVICE (source),
                                                                      result, &error);

  if (FOYER_SERVICE (source) != self->service || self->running == NULL)
    return;
  if (report == NULL)
    {
      fail (self, error);
      return;
    }

  g_clear_pointer (&self->report, foyer_service_report_unref);
  self->report = g_steal_pointer (&report);
  describe_rights (self);
  end (self);
  set_step (self, FOYER_CONNECT_CONFIRM);
  /* One step, unless there is something to be known before. */
  if (self->setup != NULL && self->warning == NULL)
    store (self);
}

static void
check_rights (FoyerConnectController *self)
{
  GCancellable *cancellable = begin (self);

  if (make_service (self, get_credential (self)))
    foyer_service_check_async (self->service, cancellable, rights_cb, g_object_ref (self));
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerConnectController) self = user_data;
  g_autoptr (GError) error = NULL;
  FoyerSecretsPlace place = FOYER_SECRETS_KEYRING;
  g_autoptr (FoyerDesk) desk = foyer_workspace_add_finish (FOYER_WORKSPACE (source), result, &place,
                                                           &error);

  if (desk == NULL)
    {
      fail (self, error);
      return;
    }

  g_set_object (&self->desk, desk);
  if (self->setup != NULL && self->lists != NULL && self->setup->lists->len > 0)
    foyer_lists_prefer (self->lists, foyer_desk_get_connection (desk)->name,
                        g_array_index (self->setup->lists, gint64, 0));
  self->stored_for_session = place == FOYER_SECRETS_SESSION;
  end (self);
  set_key (self, NULL);
  notify (self, PROP_STORED_FOR_SESSION);
  set_step (self, FOYER_CONNECT_DONE);
}

static void
store (FoyerConnectController *self)
{
  g_autoptr (FoyerConnection) connection = make_connection (self);
  GCancellable *cancellable = begin (self);

  foyer_workspace_add_async (self->workspace, connection, get_credential (self), cancellable,
                             added_cb, g_object_ref (self));
}

/* --- the lists to choose from ------------------------------------------------------------------- */

static void
add_event_choice (FoyerConnectController *self, FoyerEvent *event)
{
  g_autoptr (GTimeZone) zone = foyer_time_zone_new (event->zone);
  g_autoptr (GDateTime) from = event->date_from != FOYER_TIME_NONE
                                   ? foyer_time_to_date_time (event->date_from, zone)
                                   : NULL;
  g_autofree char *when = event->has_subevents ? g_strdup (_ ("A series of dates"))
                          : from != NULL       ? g_date_time_format (from, _ ("%-d %B %Y"))
                                               : g_strdup ("");
  g_autoptr (FoyerChoice) choice = foyer_choice_new (event->slug, 0, event->name, when);

  g_ptr_array_add (self->events, foyer_event_ref (event));
  g_list_store_append (self->choices, choice);
}

static void
add_date_choice (FoyerConnectController *self, FoyerSubevent *subevent)
{
  g_autoptr (GTimeZone) zone = foyer_time_zone_new (self->event->zone);
  g_autofree char *when = foyer_words_for_time (
      subevent->date_from, foyer_clock_now (foyer_workspace_get_clock (self->workspace)), zone);
  g_autoptr (FoyerChoice) choice = foyer_choice_new (NULL, subevent->id, subevent->name, when);

  g_list_store_append (self->choices, choice);
}

static void
add_choices (FoyerConnectController *self, FoyerPage *page)
{
  for (guint i = 0; page->records != NULL && i < page->records->len; i++)
    {
      gpointer record = g_ptr_array_index (page->records, i);

      if (page->resource == FOYER_RESOURCE_ORGANIZERS)
        {
          FoyerOrganizer *organizer = record;
          g_autoptr (FoyerChoice) choice = foyer_choice_new (organizer->slug, 0, organizer->name,
                                                             organizer->slug);

          g_list_store_append (self->choices, choice);
        }
      else if (page->resource == FOYER_RESOURCE_EVENTS)
        add_event_choice (self, record);
      else if (page->resource == FOYER_RESOURCE_SUBEVENTS)
        add_date_choice (self, record);
    }
}

static void
choose_organizer (FoyerConnectController *self, const char *slug)
{
  g_free (self->organizer);
  self->organizer = g_strdup (slug);
  pull (self, FOYER_RESOURCE_EVENTS, NULL);
}

static void
choose_event (FoyerConnectController *self, const char *slug)
{
  for (guint i = 0; self->events != NULL && i < self->events->len; i++)
    {
      FoyerEvent *event = g_ptr_array_index (self->events, i);

      if (g_strcmp0 (event->slug, slug) != 0)
        continue;

      foyer_event_ref (event);
      g_clear_pointer (&self->event, foyer_event_unref);
      self->event = event;
      self->subevent = 0;
      g_clear_pointer (&self->subevent_name, g_free);
      if (event->has_subevents)
        pull (self, FOYER_RESOURCE_SUBEVENTS, NULL);
      else
        check_rights (self);
      return;
    }
}

static void
choose_date (FoyerConnectController *self, FoyerChoice *choice)
{
  self->subevent = foyer_choice_get_number (choice);
  g_free (self->subevent_name);
  self->subevent_name = self->subevent != 0 ? g_strdup_printf ("%s · %s", self->event->name,
                                                               foyer_choice_get_title (choice))
                                            : NULL;
  check_rights (self);
}

/* What the set-up code says, if it is there; else the person chooses after all. */
static void
choose_from_setup (FoyerConnectController *self, FoyerResource resource)
{
  GListModel *choices = G_LIST_MODEL (self->choices);

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr (FoyerChoice) choice = g_list_model_get_item (choices, i);

      if (resource == FOYER_RESOURCE_EVENTS
          && g_strcmp0 (foyer_choice_get_key (choice), self->setup->event) == 0)
        {
          choose_event (self, self->setup->event);
          return;
        }
      if (resource == FOYER_RESOURCE_SUBEVENTS
          && foyer_choice_get_number (choice) == self->setup->subevent)
        {
          choose_date (self, choice);
          return;
        }
    }

  set_text (self, &self->problem,
            resource == FOYER_RESOURCE_EVENTS
                ? _ ("The event of the set-up code is not among those that this desk may see.")
                : _ ("The date of the set-up code is not there any more."),
            PROP_PROBLEM);
  forget_setup (self);
}

static void
finish_list (FoyerConnectController *self, FoyerResource resource)
{
  GListModel *choices = G_LIST_MODEL (self->choices);
  guint n = g_list_model_get_n_items (choices);

  end (self);
  if (resource == FOYER_RESOURCE_ORGANIZERS)
    {
      set_step (self, FOYER_CONNECT_ORGANIZER);
      if (n == 0)
        set_text (self, &self->problem, _ ("This key sees no organiser."), PROP_PROBLEM);
      if (n == 1)
        {
          g_autoptr (FoyerChoice) only = g_list_model_get_item (choices, 0);

          choose_organizer (self, foyer_choice_get_key (only));
        }
    }
  else if (resource == FOYER_RESOURCE_EVENTS)
    {
      set_step (self, FOYER_CONNECT_EVENT);
      if (n == 0)
        set_text (self, &self->problem,
                  _ ("This key sees no event. Give it one in pretix, then try again."),
                  PROP_PROBLEM);
      else if (self->setup != NULL && self->setup->event != NULL)
        choose_from_setup (self, resource);
    }
  else
    {
      g_autoptr (FoyerChoice) all = foyer_choice_new (NULL, 0, _ ("All dates"),
                                                      _ ("One desk for the whole series"));

      g_list_store_insert (self->choices, 0, all);
      set_step (self, FOYER_CONNECT_DATE);
      if (self->setup != NULL)
        choose_from_setup (self, resource);
    }
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerConnectController) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerPage) page = foyer_service_pull_finish (FOYER_SERVICE (source), result, &error);

  if (FOYER_SERVICE (source) != self->service || self->running == NULL)
    return;
  if (page == NULL)
    {
      fail (self, error);
      return;
    }

  add_choices (self, page);
  if (page->next != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->choices)) < 2000)
    pull (self, page->resource, page->next);
  else
    finish_list (self, page->resource);
}

static void
pull (FoyerConnectController *self, FoyerResource resource, const char *cursor)
{
  g_autoptr (FoyerPullRequest) request = foyer_pull_request_new (resource, cursor, NULL);
  GCancellable *cancellable = begin (self);

  if (cursor == NULL)
    {
      g_list_store_remove_all (self->choices);
      if (resource == FOYER_RESOURCE_EVENTS)
        {
          g_clear_pointer (&self->events, g_ptr_array_unref);
          self->events = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_event_unref);
        }
      if (!make_service (self, get_credential (self)))
        return;
    }
  foyer_service_pull_async (self->service, request, cancellable, pulled_cb, g_object_ref (self));
}

/* --- account ------------------------------------------------------------------------------------ */

static void
account_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerConnectController) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerServiceReport) report = foyer_service_check_finish (FOYER_SERVICE (source),
                                                                      result, &error);

  if (FOYER_SERVICE (source) != self->service || self->running == NULL)
    return;
  if (report == NULL)
    {
      fail (self, error);
      return;
    }

  g_clear_pointer (&self->report, foyer_service_report_unref);
  self->report = g_steal_pointer (&report);
  if (self->report->organizer != NULL)
    choose_organizer (self, self->report->organizer);
  else if (self->enrolment != NULL && self->enrolment->organizer != NULL)
    choose_organizer (self, self->enrolment->organizer);
  else
    pull (self, FOYER_RESOURCE_ORGANIZERS, NULL);
}

static void
check_account (FoyerConnectController *self)
{
  GCancellable *cancellable = begin (self);

  if (make_service (self, get_credential (self)))
    foyer_service_check_async (self->service, cancellable, account_cb, g_object_ref (self));
}

static void
enrolled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerConnectController) self = user_data;
  g_autoptr (GError) error = NULL;
  FoyerEnrolment *enrolment = foyer_service_enroll_finish (FOYER_SERVICE (source), result, &error);

  if (enrolment == NULL)
    {
      if (FOYER_SERVICE (source) == self->service)
        fail (self, error);
      return;
    }

  /* Even if the person has cancelled meanwhile: the token is spent, and this is what it was spent for. */
  g_clear_pointer (&self->enrolment, foyer_enrolment_unref);
  self->enrolment = enrolment;
  self->enrolled = TRUE;
  notify (self, PROP_ENROLLED);
  if (self->running != NULL)
    check_account (self);
}

static gboolean
take_setup (FoyerConnectController *self, const char *text, GError **error)
{
  g_autoptr (FoyerSetupCode) setup = foyer_setup_code_parse (text, error);
  FoyerTime now = foyer_clock_now (foyer_workspace_get_clock (self->workspace));

  if (setup == NULL || !foyer_setup_code_check_time (setup, now, error))
    return FALSE;

  g_object_set (self, "use-device", TRUE, "address", setup->address, "key", setup->token, NULL);
  forget_setup (self);
  self->setup = g_steal_pointer (&setup);
  return TRUE;
}

static void
submit_account (FoyerConnectController *self)
{
  g_autoptr (GError) error = NULL;
  GCancellable *cancellable;

  /* One that was typed, and that could not be taken while it was. */
  if (foyer_setup_code_is_like (self->address) && !take_setup (self, self->address, &error))
    {
      set_text (self, &self->hint, foyer_error_get_hint (error), PROP_HINT);
      set_text (self, &self->problem, error->message, PROP_PROBLEM);
      return;
    }
  if (!foyer_connect_input_validate (self->address, self->key, self->enrolment != NULL, &error))
    {
      set_text (self, &self->hint, foyer_error_get_hint (error), PROP_HINT);
      set_text (self, &self->problem, error->message, PROP_PROBLEM);
      return;
    }

  g_clear_pointer (&self->event, foyer_event_unref);
  g_clear_pointer (&self->organizer, g_free);
  g_clear_pointer (&self->report, foyer_service_report_unref);
  self->subevent = 0;
  if (!self->use_device || self->enrolment != NULL)
    {
      check_account (self);
      return;
    }

  cancellable = begin (self);
  if (make_service (self, NULL))
    foyer_service_enroll_async (self->service, get_credential (self), cancellable, enrolled_cb,
                                g_object_ref (self));
}

/* --- object ------------------------------------------------------------------------------------- */

static void
foyer_connect_controller_get_property (GObject *object,
                                       guint property_id,
                                       GValue *value,
                                       GParamSpec *pspec)
{
  FoyerConnectController *self = FOYER_CONNECT_CONTROLLER (object);

  switch ((FoyerConnectControllerProperty)property_id)
    {
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_CA_FILE:
      g_value_set_string (value, self->ca_file);
      break;
    case PROP_USE_DEVICE:
      g_value_set_boolean (value, self->use_device);
      break;
    case PROP_STEP:
      g_value_set_int (value, self->step);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->running != NULL);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;
    case PROP_ENROLLED:
      g_value_set_boolean (value, self->enrolled);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_WARNING:
      g_value_set_string (value, self->warning);
      break;
    case PROP_STORED_FOR_SESSION:
      g_value_set_boolean (value, self->stored_for_session);
      break;
    case PROP_PLACE:
      g_value_take_string (value, dup_place (self));
      break;
    }
}

static void
foyer_connect_controller_set_property (GObject *object,
                                       guint property_id,
                                       const GValue *value,
                                       GParamSpec *pspec)
{
  FoyerConnectController *self = FOYER_CONNECT_CONTROLLER (object);

  switch ((FoyerConnectControllerProperty)property_id)
    {
    case PROP_ADDRESS:
      set_address (self, g_value_get_string (value));
      break;
    case PROP_KEY:
      set_key (self, g_value_get_string (value));
      break;
    case PROP_CA_FILE:
      set_text (self, &self->ca_file, g_value_get_string (value), PROP_CA_FILE);
      break;
    case PROP_USE_DEVICE:
      if (self->use_device != g_value_get_boolean (value))
        {
          self->use_device = g_value_get_boolean (value);
          forget_enrolment (self);
          notify (self, PROP_USE_DEVICE);
        }
      break;
    case PROP_STEP:
    case PROP_BUSY:
    case PROP_PROBLEM:
    case PROP_HINT:
    case PROP_ENROLLED:
    case PROP_SUMMARY:
    case PROP_WARNING:
    case PROP_STORED_FOR_SESSION:
    case PROP_PLACE:
      g_assert_not_reached ();
    }
}

static void
foyer_connect_controller_dispose (GObject *object)
{
  FoyerConnectController *self = FOYER_CONNECT_CONTROLLER (object);

  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_object (&self->service);
  g_clear_object (&self->desk);
  g_clear_object (&self->lists);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (foyer_connect_controller_parent_class)->dispose (object);
}

static void
foyer_connect_controller_finalize (GObject *object)
{
  FoyerConnectController *self = FOYER_CONNECT_CONTROLLER (object);

  foyer_secrets_wipe (self->key);
  g_clear_pointer (&self->setup, foyer_setup_code_unref);
  g_free (self->address);
  g_free (self->ca_file);
  g_free (self->organizer);
  g_free (self->subevent_name);
  g_free (self->problem);
  g_free (self->hint);
  g_free (self->summary);
  g_free (self->warning);
  g_clear_pointer (&self->enrolment, foyer_enrolment_unref);
  g_clear_pointer (&self->report, foyer_service_report_unref);
  g_clear_pointer (&self->event, foyer_event_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_object (&self->choices);
  g_clear_object (&self->rights);

  G_OBJECT_CLASS (foyer_connect_controller_parent_class)->finalize (object);
}

static void
foyer_connect_controller_class_init (FoyerConnectControllerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->get_property = foyer_connect_controller_get_property;
  object_class->set_property = foyer_connect_controller_set_property;
  object_class->dispose = foyer_connect_controller_dispose;
  object_class->finalize = foyer_connect_controller_finalize;

  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, writable);
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, writable);
  properties[PROP_CA_FILE] = g_param_spec_string ("ca-file", NULL, NULL, NULL, writable);
  properties[PROP_USE_DEVICE] = g_param_spec_boolean ("use-device", NULL, NULL, TRUE, writable);
  properties[PROP_STEP] = g_param_spec_int ("step", NULL, NULL, FOYER_CONNECT_ACCOUNT,
                                            FOYER_CONNECT_DONE, FOYER_CONNECT_ACCOUNT, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, readable);
  properties[PROP_ENROLLED] = g_param_spec_boolean ("enrolled", NULL, NULL, FALSE, readable);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, readable);
  properties[PROP_WARNING] = g_param_spec_string ("warning", NULL, NULL, NULL, readable);
  properties[PROP_STORED_FOR_SESSION] = g_param_spec_boolean ("stored-for-session", NULL, NULL,
                                                              FALSE, readable);
  properties[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_connect_controller_init (FoyerConnectController *self)
{
  self->use_device = TRUE;
  self->choices = g_list_store_new (FOYER_TYPE_CHOICE);
  self->rights = g_list_store_new (FOYER_TYPE_FACT);
}

/**
 * foyer_connect_controller_new:
 * @workspace: where the connection is to belong
 *
 * Returns: (transfer full): the beginning of the way
 */
FoyerConnectController *
foyer_connect_controller_new (FoyerWorkspace *workspace)
{
  FoyerConnectController *self;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (FOYER_TYPE_CONNECT_CONTROLLER, NULL);
  self->workspace = g_object_ref (workspace);
  return self;
}

/**
 * foyer_connect_controller_take_pasted:
 * @self: the way
 * @text: what was pasted or scanned
 *
 * If @text is what pretix's device page shows as a code (a JSON object with `url` and `token`), or the
 * set-up code of another Foyer, whole and good, takes all that is in it.
 *
 * Returns: whether it was
 */
gboolean
foyer_connect_controller_take_pasted (FoyerConnectController *self, const char *text)
{
  g_autofree char *address = NULL;
  g_autofree char *token = NULL;

  g_return_val_if_fail (FOYER_IS_CONNECT_CONTROLLER (self), FALSE);

  if (foyer_setup_code_is_like (text))
    return take_setup (self, text, NULL);
  if (!foyer_connect_input_parse_code (text, &address, &token))
    return FALSE;

  g_object_set (self, "use-device", TRUE, "address", address, "key", token, NULL);
  return TRUE;
}

/**
 * foyer_connect_controller_take_scanned:
 * @self: the way
 * @code: what was scanned, by the scanner's keys
 * @alternative: (nullable): the same as the keyboard's layout has it
 *
 * As foyer_connect_controller_take_pasted(), for both readings of a scan; a set-up code that is not good is a
 * problem that is told.
 *
 * Returns: whether it was a code, good or not
 */
gboolean
foyer_connect_controller_take_scanned (FoyerConnectController *self,
                                       const char *code,
                                       const char *alternative)
{
  const char *readings[] = { code, alternative };
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (FOYER_IS_CONNECT_CONTROLLER (self), FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (readings) && readings[i] != NULL; i++)
    if (foyer_connect_controller_take_pasted (self, readings[i]))
      return TRUE;
  if (!foyer_setup_code_is_like (code) || take_setup (self, code, &error))
    return FALSE;

  set_text (self, &self->hint, foyer_error_get_hint (error), PROP_HINT);
  set_text (self, &self->problem, error->message, PROP_PROBLEM);
  return TRUE;
}

/**
 * foyer_connect_controller_has_setup:
 * @self: the way
 *
 * Returns: whether all that has to be known came in a set-up code
 */
gboolean
foyer_connect_controller_has_setup (FoyerConnectController *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECT_CONTROLLER (self), FALSE);

  return self->setup != NULL;
}

/**
 * foyer_connect_controller_set_lists:
 * @self: the way
 * @lists: (nullable): the window's lists
 *
 * The list that a set-up code names is selected there when the desk is done.
 */
void
foyer_connect_controller_set_lists (FoyerConnectController *self, FoyerLists *lists)
{
  g_return_if_fail (FOYER_IS_CONNECT_CONTROLLER (self));

  g_set_object (&self->lists, lists);
}

/**
 * foyer_connect_controller_get_choices:
 * @self: the way
 *
 * Returns: (transfer none): a list of #FoyerChoice: what the present step chooses from
 */
GListModel *
foyer_connect_controller_get_choices (FoyerConnectController *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECT_CONTROLLER (self), NULL);

  return G_LIST_MODEL (self->choices);
}

/**
 * foyer_connect_controller_get_rights:
 * @self: the way
 *
 * Returns: (transfer none): a list of #FoyerFact: what the key may do, from CONFIRM on
 */
GListModel *
foyer_connect_controller_get_rights (FoyerConnectController *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECT_CONTROLLER (self), NULL);

  return G_LIST_MODEL (self->rights);
}

/**
 * foyer_connect_controller_get_step:
 * @self: the way
 *
 * Returns: where the person is
 */
FoyerConnectStep
foyer_connect_controller_get_step (FoyerConnectController *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECT_CONTROLLER (self), FOYER_CONNECT_ACCOUNT);

  return self->step;
}

/**
 * foyer_connect_controller_submit:
 * @self: the way
 *
 * Goes on from the account (asks the service) or from the confirmation (stores the connection). While
 * something is under way it does nothing, so a double click is one click.
 */
void
foyer_connect_controller_submit (FoyerConnectController *self)
{
  g_return_if_fail (FOYER_IS_CONNECT_CONTROLLER (self));

  if (self->running != NULL)
    return;
  if (self->step == FOYER_CONNECT_ACCOUNT)
    submit_account (self);
  else if (self->step == FOYER_CONNECT_CONFIRM)
    store (self);
}

/**
 * foyer_connect_controller_choose:
 * @self: the way
 * @choice: one of the present choices
 *
 * Goes on with a choice.
 */
void
foyer_connect_controller_choose (FoyerConnectController *self, FoyerChoice *choice)
{
  g_return_if_fail (FOYER_IS_CONNECT_CONTROLLER (self));
  g_return_if_fail (FOYER_IS_CHOICE (choice));

  if (self->running != NULL)
    return;
  if (self->step == FOYER_CONNECT_ORGANIZER)
    choose_organizer (self, foyer_choice_get_key (choice));
  else if (self->step == FOYER_CONNECT_EVENT)
    choose_event (self, foyer_choice_get_key (choice));
  else if (self->step == FOYER_CONNECT_DATE)
    choose_date (self, choice);
}

/**
 * foyer_connect_controller_back:
 * @self: the way
 *
 * One step back: to the events from date or confirmation, else to the account.
 */
void
foyer_connect_controller_back (FoyerConnectController *self)
{
  g_return_if_fail (FOYER_IS_CONNECT_CONTROLLER (self));

  foyer_connect_controller_cancel (self);
  if (self->step == FOYER_CONNECT_DATE || self->step == FOYER_CONNECT_CONFIRM)
    pull (self, FOYER_RESOURCE_EVENTS, NULL);
  else
    set_step (self, FOYER_CONNECT_ACCOUNT);
}

/**
 * foyer_connect_controller_cancel:
 * @self: the way
 *
 * Stops what is under way. What was entered stays.
 */
void
foyer_connect_controller_cancel (FoyerConnectController *self)
{
  g_return_if_fail (FOYER_IS_CONNECT_CONTROLLER (self));

  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  end (self);
}

/**
 * foyer_connect_controller_get_desk:
 * @self: the way
 *
 * Returns: (transfer none) (nullable): the new desk, once done
 */
FoyerDesk *
foyer_connect_controller_get_desk (FoyerConnectController *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECT_CONTROLLER (self), NULL);

  return self->desk;
}
