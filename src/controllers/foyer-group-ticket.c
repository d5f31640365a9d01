/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One ticket of a group. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-group-ticket.h"

struct _FoyerGroupTicket
{
  GObject parent_instance;

  FoyerPerson *person;     /* (owned) */
  FoyerPersonWords *words; /* (owned) */
  gboolean ticked;
};

G_DEFINE_FINAL_TYPE (FoyerGroupTicket, foyer_group_ticket, G_TYPE_OBJECT)

typedef enum
{
  PROP_TICKED = 1,
} FoyerGroupTicketProperty;

static GParamSpec *properties[PROP_TICKED + 1];

static void
foyer_group_ticket_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_TICKED);

  g_value_set_boolean (value, FOYER_GROUP_TICKET (object)->ticked);
}

static void
foyer_group_ticket_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_TICKED);

  foyer_group_ticket_set_ticked (FOYER_GROUP_TICKET (object), g_value_get_boolean (value));
}

static void
foyer_group_ticket_finalize (GObject *object)
{
  FoyerGroupTicket *self = FOYER_GROUP_TICKET (object);

  foyer_person_unref (self->person);
  foyer_person_words_unref (self->words);
  G_OBJECT_CLASS (foyer_group_ticket_parent_class)->finalize (object);
}

static void
foyer_group_ticket_class_init (FoyerGroupTicketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = foyer_group_ticket_get_property;
  object_class->set_property = foyer_group_ticket_set_property;
  object_class->finalize = foyer_group_ticket_finalize;
  properties[PROP_TICKED] = g_param_spec_boolean ("ticked", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                      | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_group_ticket_init (FoyerGroupTicket *self)
{
}

/**
 * foyer_group_ticket_new:
 * @person: the ticket
 * @words: the same in words
 *
 * Returns: (transfer full): it, not ticked
 */
FoyerGroupTicket *
foyer_group_ticket_new (FoyerPerson *person, FoyerPersonWords *words)
{
  FoyerGroupTicket *self = g_object_new (FOYER_TYPE_GROUP_TICKET, NULL);

  self->person = foyer_person_ref (person);
  self->words = foyer_person_words_ref (words);
  return self;
}

/**
 * foyer_group_ticket_get_person:
 * @self: a ticket
 *
 * Returns: (transfer none): whose
 */
FoyerPerson *
foyer_group_ticket_get_person (FoyerGroupTicket *self)
{
  return self->person;
}

/**
 * foyer_group_ticket_get_words:
 * @self: a ticket
 *
 * Returns: (transfer none): the ticket in words
 */
FoyerPersonWords *
foyer_group_ticket_get_words (FoyerGroupTicket *self)
{
  return self->words;
}

/**
 * foyer_group_ticket_get_ticked:
 * @self: a ticket
 *
 * Returns: whether the person is here
 */
gboolean
foyer_group_ticket_get_ticked (FoyerGroupTicket *self)
{
  g_return_val_if_fail (FOYER_IS_GROUP_TICKET (self), FALSE);

  return self->ticked;
}

/**
 * foyer_group_ticket_set_ticked:
 * @self: a ticket
 * @ticked: whether the person is here
 */
void
foyer_group_ticket_set_ticked (FoyerGroupTicket *self, gboolean ticked)
{
  g_return_if_fail (FOYER_IS_GROUP_TICKET (self));

  if (self->ticked == ticked)
    return;
  self->ticked = ticked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TICKED]);
}
