/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Follows one desk after another through a signal group, so that nothing is left connected. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-desk-status.h"

#include "foyer-error.h"
#include "foyer-verdict-words.h"

#include <glib/gi18n.h>
#include <inttypes.h>

struct _FoyerDeskStatus
{
  GObject parent_instance;

  GSignalGroup *signals; /* (owned) of the desk */
  gint64 sync_stored;
  gint64 sync_total;
};

G_DEFINE_FINAL_TYPE (FoyerDeskStatus, foyer_desk_status, G_TYPE_OBJECT)

typedef enum
{
  PROP_DESK = 1,
  PROP_REACH_WORD,
  PROP_REACH_ICON,
  PROP_REACH_SENTENCE,
  PROP_SYNCED_TEXT,
  PROP_SYNC_TEXT,
  PROP_SYNC_FRACTION,
  PROP_SYNCING,
  PROP_PROBLEM,
} FoyerDeskStatusProperty;

static GParamSpec *properties[PROP_PROBLEM + 1];

static void
notify_all (FoyerDeskStatus *self)
{
  FoyerDesk *desk = foyer_desk_status_get_desk (self);

  self->sync_stored = 0;
  self->sync_total = -1;
  if (desk != NULL)
    g_object_get (desk, "sync-stored", &self->sync_stored, "sync-total", &self->sync_total, NULL);
  for (guint i = PROP_REACH_WORD; i < G_N_ELEMENTS (properties); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static FoyerReach
reach_of (FoyerDesk *desk)
{
  return desk != NULL ? foyer_desk_get_reach (desk) : FOYER_REACH_UNKNOWN;
}

static const char *
reach_word (FoyerReach reach)
{
  switch (reach)
    {
    case FOYER_REACH_UNKNOWN:
      return _ ("Not asked yet");
    case FOYER_REACH_ONLINE:
      return _ ("Online");
    case FOYER_REACH_OFFLINE:
      return _ ("On our own");
    }

  g_return_val_if_reached ("");
}

static const char *
reach_icon (FoyerReach reach)
{
  switch (reach)
    {
    case FOYER_REACH_UNKNOWN:
      return "network-idle-symbolic";
    case FOYER_REACH_ONLINE:
      return "network-wired-symbolic";
    case FOYER_REACH_OFFLINE:
      return "network-offline-symbolic";
    }

  g_return_val_if_reached ("");
}

static const char *
reach_sentence (FoyerReach reach)
{
  switch (reach)
    {
    case FOYER_REACH_UNKNOWN:
      return _ ("The service has not been asked yet.");
    case FOYER_REACH_ONLINE:
      return _ ("The service is in reach. It confirms every admission.");
    case FOYER_REACH_OFFLINE:
      return _ ("The service cannot be reached. This desk decides by its own copy; what it records "
                "is sent by itself as soon as the service is back.");
    }

  g_return_val_if_reached ("");
}

static char *
describe_synced (FoyerDesk *desk)
{
  g_autofree char *age = NULL;
  FoyerTime at;
  gint64 gone;

  if (desk == NULL)
    return g_strdup ("");
  at = foyer_desk_get_synced_at (desk);
  if (at == FOYER_TIME_NONE)
    return g_strdup (_ ("not synced yet"));

  gone = foyer_door_clock_now (foyer_desk_get_door_clock (desk), NULL) - at;
  age = foyer_words_for_age (gone);
  /* Translators: %s is "just now" or "12 seconds ago" */
  return g_strdup_printf (_ ("synced %s"), age);
}

static char *
describe_progress (FoyerDeskStatus *self)
{
  if (self->sync_total > 0)
    return g_strdup_printf (_ ("Fetching orders: %'" PRId64 " of %'" PRId64), self->sync_stored,
                            self->sync_total);
  if (self->sync_stored > 0)
    return g_strdup_printf (_ ("Fetching orders: %'" PRId64), self->sync_stored);

  return g_strdup (_ ("Asking what is new…"));
}

static double
fraction_of (FoyerDeskStatus *self)
{
  if (self->sync_total <= 0)
    return -1;

  return CLAMP ((double)self->sync_stored / (double)self->sync_total, 0, 1);
}

/* Being offline is no problem of its own: the reach says it, and the door works. */
static char *
describe_problem (FoyerDesk *desk)
{
  const GError *problem = desk != NULL ? foyer_desk_get_problem (desk) : NULL;
  const char *hint;

  if (problem == NULL || foyer_error_is_transient (problem)
      || g_error_matches (problem, FOYER_ERROR, FOYER_ERROR_CANCELLED))
    return NULL;

  hint = foyer_error_get_hint (problem);
  return hint != NULL ? g_strdup_printf ("%s %s", problem->message, hint)
                      : g_strdup (problem->message);
}

static void
foyer_desk_status_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  FoyerDeskStatus *self = FOYER_DESK_STATUS (object);
  FoyerDesk *desk = foyer_desk_status_get_desk (self);

  switch ((FoyerDeskStatusProperty)property_id)
    {
    case PROP_DESK:
      g_value_set_object (value, desk);
      break;
    case PROP_REACH_WORD:
      g_value_set_string (value, reach_word (reach_of (desk)));
      break;
    case PROP_REACH_ICON:
      g_value_set_string (value, reach_icon (reach_of (desk)));
      break;
    case PROP_REACH_SENTENCE:
      g_value_set_string (value, reach_sentence (reach_of (desk)));
      break;
    case PROP_SYNCED_TEXT:
      g_value_take_string (value, describe_synced (desk));
      break;
    case PROP_SYNC_TEXT:
      g_value_take_string (value, describe_progress (self));
      break;
    case PROP_SYNC_FRACTION:
      g_value_set_double (value, fraction_of (self));
      break;
    case PROP_SYNCING:
      g_value_set_boolean (value, desk != NULL && foyer_desk_get_syncing (desk));
      break;
    case PROP_PROBLEM:
      g_value_take_string (value, describe_problem (desk));
      break;
    }
}

static void
foyer_desk_status_set_property (GObject *object,
                                guint property_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_DESK);

  foyer_desk_status_set_desk (FOYER_DESK_STATUS (object), g_value_get_object (value));
}

static void
foyer_desk_status_finalize (GObject *object)
{
  g_clear_object (&FOYER_DESK_STATUS (object)->signals);

  G_OBJECT_CLASS (foyer_desk_status_parent_class)->finalize (object);
}

static void
foyer_desk_status_class_init (FoyerDeskStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_desk_status_get_property;
  object_class->set_property = foyer_desk_status_set_property;
  object_class->finalize = foyer_desk_status_finalize;

  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, FOYER_TYPE_DESK,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                   | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_REACH_WORD] = g_param_spec_string ("reach-word", NULL, NULL, NULL, flags);
  properties[PROP_REACH_ICON] = g_param_spec_string ("reach-icon", NULL, NULL, NULL, flags);
  properties[PROP_REACH_SENTENCE] = g_param_spec_string ("reach-sentence", NULL, NULL, NULL, flags);
  properties[PROP_SYNCED_TEXT] = g_param_spec_string ("synced-text", NULL, NULL, NULL, flags);
  properties[PROP_SYNC_TEXT] = g_param_spec_string ("sync-text", NULL, NULL, NULL, flags);
  properties[PROP_SYNC_FRACTION] = g_param_spec_double ("sync-fraction", NULL, NULL, -1, 1, -1,
                                                        flags);
  properties[PROP_SYNCING] = g_param_spec_boolean ("syncing", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_desk_status_init (FoyerDeskStatus *self)
{
  const char *watched[]
      = { "reach", "problem", "synced-at", "syncing", "sync-stored", "sync-total" };

  self->sync_total = -1;
  self->signals = g_signal_group_new (FOYER_TYPE_DESK);
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    {
      g_autofree char *signal = g_strconcat ("notify::", watched[i], NULL);

      g_signal_group_connect_object (self->signals, signal, G_CALLBACK (notify_all), self,
                                     G_CONNECT_SWAPPED);
    }
}

/**
 * foyer_desk_status_new:
 *
 * Returns: (transfer full): the status of nothing, until it is given a desk
 */
FoyerDeskStatus *
foyer_desk_status_new (void)
{
  return g_object_new (FOYER_TYPE_DESK_STATUS, NULL);
}

/**
 * foyer_desk_status_get_desk:
 * @self: the status
 *
 * Returns: (transfer none) (nullable): whose
 */
FoyerDesk *
foyer_desk_status_get_desk (FoyerDeskStatus *self)
{
  g_autoptr (GObject) desk = NULL;

  g_return_val_if_fail (FOYER_IS_DESK_STATUS (self), NULL);

  /* The group gives a reference; whoever set the desk holds another. */
  desk = g_signal_group_dup_target (self->signals);
  return (FoyerDesk *)desk;
}

/**
 * foyer_desk_status_set_desk:
 * @self: the status
 * @desk: (nullable): whose
 */
void
foyer_desk_status_set_desk (FoyerDeskStatus *self, FoyerDesk *desk)
{
  g_return_if_fail (FOYER_IS_DESK_STATUS (self));

  if (foyer_desk_status_get_desk (self) == desk)
    return;

  g_signal_group_set_target (self->signals, desk);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESK]);
  notify_all (self);
}

/**
 * foyer_desk_status_tick:
 * @self: the status
 *
 * Time has gone on: what is told as an age is told anew.
 */
void
foyer_desk_status_tick (FoyerDeskStatus *self)
{
  g_return_if_fail (FOYER_IS_DESK_STATUS (self));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCED_TEXT]);
}
