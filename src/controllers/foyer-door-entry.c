/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One line of the last ten. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-door-entry.h"

struct _FoyerDoorEntry
{
  GObject parent_instance;

  char *time;               /* (owned) */
  FoyerVerdictWords *words; /* (owned) */
  char *connection;         /* (owned) */
  gint64 attendee;
};

G_DEFINE_FINAL_TYPE (FoyerDoorEntry, foyer_door_entry, G_TYPE_OBJECT)

static void
foyer_door_entry_finalize (GObject *object)
{
  FoyerDoorEntry *self = FOYER_DOOR_ENTRY (object);

  g_free (self->time);
  g_clear_pointer (&self->words, foyer_verdict_words_unref);
  g_free (self->connection);

  G_OBJECT_CLASS (foyer_door_entry_parent_class)->finalize (object);
}

static void
foyer_door_entry_class_init (FoyerDoorEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_door_entry_finalize;
}

static void
foyer_door_entry_init (FoyerDoorEntry *self)
{
}

/**
 * foyer_door_entry_new:
 * @time: when, for people
 * @words: the verdict
 * @connection: name of the connection it was for
 * @attendee: id of the ticket, or 0
 *
 * Returns: (transfer full): the line
 */
FoyerDoorEntry *
foyer_door_entry_new (const char *time,
                      FoyerVerdictWords *words,
                      const char *connection,
                      gint64 attendee)
{
  FoyerDoorEntry *self;

  g_return_val_if_fail (time != NULL && words != NULL, NULL);

  self = g_object_new (FOYER_TYPE_DOOR_ENTRY, NULL);
  self->time = g_strdup (time);
  self->words = foyer_verdict_words_ref (words);
  self->connection = g_strdup (connection);
  self->attendee = attendee;
  return self;
}

/**
 * foyer_door_entry_get_time:
 * @self: a line
 *
 * Returns: (transfer none): when, for people
 */
const char *
foyer_door_entry_get_time (FoyerDoorEntry *self)
{
  return self->time;
}

/**
 * foyer_door_entry_get_words:
 * @self: a line
 *
 * Returns: (transfer none): the verdict
 */
FoyerVerdictWords *
foyer_door_entry_get_words (FoyerDoorEntry *self)
{
  return self->words;
}

/**
 * foyer_door_entry_get_connection:
 * @self: a line
 *
 * Returns: (transfer none): name of the connection
 */
const char *
foyer_door_entry_get_connection (FoyerDoorEntry *self)
{
  return self->connection;
}

/**
 * foyer_door_entry_get_attendee:
 * @self: a line
 *
 * Returns: id of the ticket, or 0 if it is nobody's
 */
gint64
foyer_door_entry_get_attendee (FoyerDoorEntry *self)
{
  return self->attendee;
}
