/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One list of the list switcher. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-list-choice.h"

#include "foyer-text.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define TITLE_MAX_CHARS 120

struct _FoyerListChoice
{
  GObject parent_instance;

  FoyerDesk *desk;           /* (owned) */
  FoyerListSummary *summary; /* (owned) */
  FoyerEvent *event;         /* (owned) (nullable) */
  char *title;               /* (owned) */
  char *subtitle;            /* (owned) (nullable) */
  char *counts;              /* (owned) */
};

G_DEFINE_FINAL_TYPE (FoyerListChoice, foyer_list_choice, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_COUNTS,
} FoyerListChoiceProperty;

static GParamSpec *properties[PROP_COUNTS + 1];

enum
{
  SIGNAL_UPDATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
take_text (FoyerListChoice *self, char **field, char *text, FoyerListChoiceProperty property)
{
  if (g_strcmp0 (*field, text) == 0)
    {
      g_free (text);
      return;
    }

  g_free (*field);
  *field = text;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static char *
describe_place (FoyerListSummary *summary, FoyerEvent *event)
{
  g_autofree char *date = NULL;

  if (summary->subevent != NULL)
    date = foyer_text_clean_line (summary->subevent, TITLE_MAX_CHARS);
  if (event == NULL || event->name == NULL)
    return g_steal_pointer (&date);

  {
    g_autofree char *name = foyer_text_clean_line (event->name, TITLE_MAX_CHARS);

    return date != NULL ? g_strdup_printf ("%s · %s", name, date) : g_steal_pointer (&name);
  }
}

/**
 * foyer_list_choice_update:
 * @self: a list
 * @summary: what it is now
 * @event: (nullable): its event
 *
 * Only for the model that owns it.
 */
void
foyer_list_choice_update (FoyerListChoice *self, FoyerListSummary *summary, FoyerEvent *event)
{
  FoyerListSummary *old_summary;
  FoyerEvent *old_event;

  g_return_if_fail (FOYER_IS_LIST_CHOICE (self));
  g_return_if_fail (summary != NULL && summary->list != NULL);

  old_summary = self->summary;
  old_event = self->event;
  self->summary = foyer_list_summary_ref (summary);
  self->event = event != NULL ? foyer_event_ref (event) : NULL;
  g_clear_pointer (&old_summary, foyer_list_summary_unref);
  g_clear_pointer (&old_event, foyer_event_unref);

  take_text (self, &self->title,
             foyer_text_clean_line (summary->list->name != NULL ? summary->list->name : "",
                                    TITLE_MAX_CHARS),
             PROP_TITLE);
  take_text (self, &self->subtitle, describe_place (summary, event), PROP_SUBTITLE);
  take_text (self, &self->counts,
             /* Translators: of a check-in list, such as "341 of 520 are in" */
             g_strdup_printf (_ ("%" PRId64 " of %" PRId64 " are in"), summary->admitted,
                              summary->expected),
             PROP_COUNTS);
  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
}

static void
foyer_list_choice_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  FoyerListChoice *self = FOYER_LIST_CHOICE (object);

  switch ((FoyerListChoiceProperty)property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    case PROP_COUNTS:
      g_value_set_string (value, self->counts);
      break;
    }
}

static void
foyer_list_choice_finalize (GObject *object)
{
  FoyerListChoice *self = FOYER_LIST_CHOICE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->summary, foyer_list_summary_unref);
  g_clear_pointer (&self->event, foyer_event_unref);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->counts);

  G_OBJECT_CLASS (foyer_list_choice_parent_class)->finalize (object);
}

static void
foyer_list_choice_class_init (FoyerListChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_list_choice_get_property;
  object_class->finalize = foyer_list_choice_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_COUNTS] = g_param_spec_string ("counts", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * FoyerListChoice::updated:
   *
   * Its summary or its event may be another.
   */
  signals[SIGNAL_UPDATED] = g_signal_new ("updated", FOYER_TYPE_LIST_CHOICE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
foyer_list_choice_init (FoyerListChoice *self)
{
}

/**
 * foyer_list_choice_new:
 * @desk: the desk that works for it
 * @summary: the list with its counts
 * @event: (nullable): its event
 *
 * Returns: (transfer full): a choice
 */
FoyerListChoice *
foyer_list_choice_new (FoyerDesk *desk, FoyerListSummary *summary, FoyerEvent *event)
{
  FoyerListChoice *self;

  g_return_val_if_fail (desk != NULL, NULL);

  self = g_object_new (FOYER_TYPE_LIST_CHOICE, NULL);
  self->desk = g_object_ref (desk);
  foyer_list_choice_update (self, summary, event);
  return self;
}

/**
 * foyer_list_choice_get_desk:
 * @self: a list
 *
 * Returns: (transfer none): the desk that works for it
 */
FoyerDesk *
foyer_list_choice_get_desk (FoyerListChoice *self)
{
  return self->desk;
}

/**
 * foyer_list_choice_get_summary:
 * @self: a list
 *
 * Returns: (transfer none): the list with its counts
 */
FoyerListSummary *
foyer_list_choice_get_summary (FoyerListChoice *self)
{
  return self->summary;
}

/**
 * foyer_list_choice_get_event:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): its event
 */
FoyerEvent *
foyer_list_choice_get_event (FoyerListChoice *self)
{
  return self->event;
}

/**
 * foyer_list_choice_get_id:
 * @self: a list
 *
 * Returns: the service's id of the list
 */
gint64
foyer_list_choice_get_id (FoyerListChoice *self)
{
  return self->summary->list->id;
}

/**
 * foyer_list_choice_get_connection:
 * @self: a list
 *
 * Returns: (transfer none): name of its connection
 */
const char *
foyer_list_choice_get_connection (FoyerListChoice *self)
{
  return foyer_desk_get_connection (self->desk)->name;
}

/**
 * foyer_list_choice_get_title:
 * @self: a list
 *
 * Returns: (transfer none): its name, clean
 */
const char *
foyer_list_choice_get_title (FoyerListChoice *self)
{
  return self->title;
}
