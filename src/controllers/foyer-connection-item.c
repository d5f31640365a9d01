/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One connection: who we are there, and how well it goes. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-connection-item.h"

#include "foyer-call-words.h"
#include "foyer-error.h"
#include "foyer-text.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define NAME_MAX_CHARS 120
/* Door time makes up for a wrong clock; from here on a person should know. */
#define SKEW_WORTH_TELLING (30 * FOYER_SECOND)

struct _FoyerConnectionItem
{
  GObject parent_instance;

  FoyerDesk *desk;         /* (owned) */
  FoyerDeskStatus *status; /* (owned) */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (FoyerConnectionItem, foyer_connection_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATUS = 1,
  PROP_TITLE,
  PROP_ADDRESS,
  PROP_ACCOUNT,
  PROP_DESK_TEXT,
  PROP_VERSION,
  PROP_FIGURES,
  PROP_CLOCK_TEXT,
  PROP_LOCKED,
  PROP_NEEDS_KEY,
  PROP_CAN_SYNC,
  PROP_BUSY,
} FoyerConnectionItemProperty;

static GParamSpec *properties[PROP_BUSY + 1];

static char *
safe_line (const char *text)
{
  g_autofree char *clean = foyer_text_clean_line (text != NULL ? text : "", NAME_MAX_CHARS);

  return foyer_text_isolate (clean);
}

/**
 * foyer_connection_item_describe_figures:
 * @health: (nullable): a connection's figures
 *
 * Returns: (transfer full): how fast and how reliably it answers
 */
char *
foyer_connection_item_describe_figures (const FoyerHealth *health)
{
  g_autofree char *half = NULL;
  g_autofree char *most = NULL;

  if (health == NULL || health->calls == 0)
    return g_strdup (_ ("Not asked yet since Foyer was started"));

  half = foyer_call_words_for_duration (health->p50);
  most = foyer_call_words_for_duration (health->p95);
  if (health->failures == 0)
    /* Translators: "84 ms", "210 ms": how long half of the answers, and 95 of 100, took at most */
    return g_strdup_printf (_ ("Answers in %s, nearly always within %s"), half, most);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "Answers in %s, nearly always within %s; %" PRIu64
                                       " of %" PRIu64 " calls failed",
                                       "Answers in %s, nearly always within %s; %" PRIu64
                                       " of %" PRIu64 " calls failed",
                                       (gulong)health->failures),
                          half, most, health->failures, health->calls);
}

static char *
describe_span (gint64 microseconds)
{
  gint64 seconds = ABS (microseconds) / FOYER_SECOND;

  if (seconds < 120)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d second", "%d seconds", (gulong)seconds), (int)seconds);
  if (seconds < 7200)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d minute", "%d minutes", (gulong)(seconds / 60)),
        (int)(seconds / 60));

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d hour", "%d hours", (gulong)(seconds / 3600)),
      (int)MIN (seconds / 3600, G_MAXINT));
}

/**
 * foyer_connection_item_describe_clock:
 * @health: (nullable): a connection's figures
 *
 * Returns: (transfer full) (nullable): how wrong the laptop's clock is, if a person should know
 */
char *
foyer_connection_item_describe_clock (const FoyerHealth *health)
{
  g_autofree char *span = NULL;

  if (health == NULL || !health->skew_known || ABS (health->skew) <= SKEW_WORTH_TELLING)
    return NULL;

  span = describe_span (health->skew);
  if (health->skew > 0)
    return g_strdup_printf (
        _ ("The clock of this laptop is %s behind the service’s. Foyer makes up "
           "for it; set date and time right all the same."),
        span);

  return g_strdup_printf (
      _ ("The clock of this laptop is %s ahead of the service’s. Foyer makes up "
         "for it; set date and time right all the same."),
      span);
}

static FoyerHealth *
dup_health (FoyerConnectionItem *self)
{
  FoyerService *service = foyer_desk_get_service (self->desk);

  return service != NULL ? foyer_service_dup_health (service) : NULL;
}

static char *
describe_account (const FoyerConnection *connection)
{
  g_autofree char *organizer = safe_line (connection->organizer);
  g_autofree char *event = safe_line (connection->event);

  if (connection->sample)
    return g_strdup (_ ("Sample event: plays pretix on this laptop; nothing of it is real"));

  return g_strdup_printf ("%s · %s · %s", connection->service, organizer, event);
}

static char *
describe_desk (const FoyerConnection *connection)
{
  g_autofree char *desk = NULL;
  g_autofree char *gate = NULL;

  if (connection->desk == NULL || *connection->desk == '\0')
    return g_strdup (_ ("No name: an API token has none"));

  desk = safe_line (connection->desk);
  if (connection->gate_name == NULL)
    return g_steal_pointer (&desk);

  gate = safe_line (connection->gate_name);
  /* Translators: name of a desk, name of a gate */
  return g_strdup_printf (_ ("%s, gate %s"), desk, gate);
}

static gboolean
has_problem (FoyerConnectionItem *self, FoyerError code)
{
  return g_error_matches (foyer_desk_get_problem (self->desk), FOYER_ERROR, (int)code);
}

static void
foyer_connection_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FoyerConnectionItem *self = FOYER_CONNECTION_ITEM (object);
  FoyerConnection *connection = foyer_desk_get_connection (self->desk);

  switch ((FoyerConnectionItemProperty)id)
    {
    case PROP_STATUS:
      g_value_set_object (value, self->status);
      break;
    case PROP_TITLE:
      g_value_take_string (value, safe_line (connection->name));
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, connection->base_url);
      break;
    case PROP_ACCOUNT:
      g_value_take_string (value, describe_account (connection));
      break;
    case PROP_DESK_TEXT:
      g_value_take_string (value, describe_desk (connection));
      break;
    case PROP_VERSION:
      g_value_take_string (value, connection->version != NULL ? safe_line (connection->version)
                                                              : g_strdup (_ ("Not known yet")));
      break;
    case PROP_FIGURES:
      {
        g_autoptr (FoyerHealth) health = dup_health (self);

        g_value_take_string (value, foyer_connection_item_describe_figures (health));
        break;
      }
    case PROP_CLOCK_TEXT:
      {
        g_autoptr (FoyerHealth) health = dup_health (self);

        g_value_take_string (value, foyer_connection_item_describe_clock (health));
        break;
      }
    case PROP_LOCKED:
      g_value_set_boolean (value, foyer_desk_get_service (self->desk) == NULL
                                      && has_problem (self, FOYER_ERROR_KEYRING));
      break;
    case PROP_NEEDS_KEY:
      g_value_set_boolean (value, has_problem (self, FOYER_ERROR_UNAUTHORIZED)
                                      || (foyer_desk_get_service (self->desk) == NULL
                                          && has_problem (self, FOYER_ERROR_NOT_FOUND)));
      break;
    case PROP_CAN_SYNC:
      g_value_set_boolean (value, foyer_desk_get_service (self->desk) != NULL
                                      && !foyer_desk_get_syncing (self->desk)
                                      && !foyer_desk_get_offline (self->desk));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    }
}

static void
foyer_connection_item_dispose (GObject *object)
{
  FoyerConnectionItem *self = FOYER_CONNECTION_ITEM (object);

  foyer_desk_status_set_desk (self->status, NULL);

  G_OBJECT_CLASS (foyer_connection_item_parent_class)->dispose (object);
}

static void
foyer_connection_item_finalize (GObject *object)
{
  FoyerConnectionItem *self = FOYER_CONNECTION_ITEM (object);

  g_clear_object (&self->status);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (foyer_connection_item_parent_class)->finalize (object);
}

static void
foyer_connection_item_class_init (FoyerConnectionItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_connection_item_get_property;
  object_class->dispose = foyer_connection_item_dispose;
  object_class->finalize = foyer_connection_item_finalize;

  properties[PROP_STATUS] = g_param_spec_object ("status", NULL, NULL, FOYER_TYPE_DESK_STATUS,
                                                 flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_ACCOUNT] = g_param_spec_string ("account", NULL, NULL, NULL, flags);
  properties[PROP_DESK_TEXT] = g_param_spec_string ("desk-text", NULL, NULL, NULL, flags);
  properties[PROP_VERSION] = g_param_spec_string ("version", NULL, NULL, NULL, flags);
  properties[PROP_FIGURES] = g_param_spec_string ("figures", NULL, NULL, NULL, flags);
  properties[PROP_CLOCK_TEXT] = g_param_spec_string ("clock-text", NULL, NULL, NULL, flags);
  properties[PROP_LOCKED] = g_param_spec_boolean ("locked", NULL, NULL, FALSE, flags);
  properties[PROP_NEEDS_KEY] = g_param_spec_boolean ("needs-key", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_SYNC] = g_param_spec_boolean ("can-sync", NULL, NULL, FALSE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_connection_item_init (FoyerConnectionItem *self)
{
  self->status = foyer_desk_status_new ();
}

/**
 * foyer_connection_item_new:
 * @desk: the desk that works for the connection
 *
 * Returns: (transfer full): the connection, to be shown
 */
FoyerConnectionItem *
foyer_connection_item_new (FoyerDesk *desk)
{
  FoyerConnectionItem *self;
  const char *watched[] = { "notify::service", "notify::problem",    "notify::syncing",
                            "notify::reach",   "notify::connection", "notify::offline" };

  g_return_val_if_fail (FOYER_IS_DESK (desk), NULL);

  self = g_object_new (FOYER_TYPE_CONNECTION_ITEM, NULL);
  self->desk = g_object_ref (desk);
  foyer_desk_status_set_desk (self->status, desk);
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (desk, watched[i], G_CALLBACK (foyer_connection_item_tick), self,
                             G_CONNECT_SWAPPED);
  return self;
}

/**
 * foyer_connection_item_get_desk:
 * @self: a connection
 *
 * Returns: (transfer none): the desk that works for it
 */
FoyerDesk *
foyer_connection_item_get_desk (FoyerConnectionItem *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECTION_ITEM (self), NULL);

  return self->desk;
}

/**
 * foyer_connection_item_get_status:
 * @self: a connection
 *
 * Returns: (transfer none): how it is, in words
 */
FoyerDeskStatus *
foyer_connection_item_get_status (FoyerConnectionItem *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECTION_ITEM (self), NULL);

  return self->status;
}

/**
 * foyer_connection_item_get_name:
 * @self: a connection
 *
 * Returns: its name within the workspace: its key, not for showing
 */
const char *
foyer_connection_item_get_name (FoyerConnectionItem *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECTION_ITEM (self), NULL);

  return foyer_desk_get_connection (self->desk)->name;
}

/**
 * foyer_connection_item_get_address:
 * @self: a connection
 *
 * Returns: (nullable): address of the service
 */
const char *
foyer_connection_item_get_address (FoyerConnectionItem *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECTION_ITEM (self), NULL);

  return foyer_desk_get_connection (self->desk)->base_url;
}

/**
 * foyer_connection_item_get_busy:
 * @self: a connection
 *
 * Returns: whether it is being removed or unlocked
 */
gboolean
foyer_connection_item_get_busy (FoyerConnectionItem *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECTION_ITEM (self), FALSE);

  return self->busy;
}

/**
 * foyer_connection_item_set_busy:
 * @self: a connection
 * @busy: it is being removed or unlocked
 */
void
foyer_connection_item_set_busy (FoyerConnectionItem *self, gboolean busy)
{
  g_return_if_fail (FOYER_IS_CONNECTION_ITEM (self));

  if (self->busy == busy)
    return;

  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/**
 * foyer_connection_item_tick:
 * @self: a connection
 *
 * Time has gone on, or something has happened: what can be different is told anew.
 */
void
foyer_connection_item_tick (FoyerConnectionItem *self)
{
  g_return_if_fail (FOYER_IS_CONNECTION_ITEM (self));

  foyer_desk_status_tick (self->status);
  for (guint i = PROP_TITLE; i < PROP_BUSY; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}
