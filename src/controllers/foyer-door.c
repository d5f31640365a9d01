/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the door shows, for how long, and what it remembers. How it comes to a verdict: foyer-door-work.c. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-door.h"

#include "foyer-door-memory.h"
#include "foyer-door-private.h"
#include "foyer-timer.h"

#define N_LAST 10
#define DEFAULT_PAUSE 4

G_DEFINE_FINAL_TYPE (FoyerDoor, foyer_door, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (FoyerDoorPhase,
                    foyer_door_phase,
                    G_DEFINE_ENUM_VALUE (FOYER_DOOR_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (FOYER_DOOR_RECOGNISED, "recognised"),
                    G_DEFINE_ENUM_VALUE (FOYER_DOOR_VERDICT, "verdict"))

typedef enum
{
  PROP_PHASE = 1,
  PROP_WORDS,
  PROP_LAST,
  PROP_PAUSE,
  PROP_LEAVING,
} FoyerDoorProperty;

enum
{
  SIGNAL_VERDICT,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_LEAVING + 1];
static guint signals[N_SIGNALS];

void
foyer_door_show (FoyerDoor *self, FoyerDoorPhase phase, FoyerVerdictWords *words)
{
  FoyerVerdictWords *old = self->words;

  foyer_timer_clear (&self->pause_timer);
  self->words = words != NULL ? foyer_verdict_words_ref (words) : NULL;
  g_clear_pointer (&old, foyer_verdict_words_unref);
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
  if (self->phase != phase)
    {
      self->phase = phase;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PHASE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
pause_over_cb (gpointer user_data)
{
  FoyerDoor *self = user_data;

  foyer_timer_clear (&self->pause_timer);
  if (self->held)
    return G_SOURCE_REMOVE;
  foyer_door_show (self, FOYER_DOOR_READY, NULL);
  return G_SOURCE_REMOVE;
}

static void
add_entry (FoyerDoor *self, FoyerDoorEntry *entry)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->last)) >= N_LAST)
    g_list_store_remove (self->last, N_LAST - 1);
  g_list_store_insert (self->last, 0, entry);
}

void
foyer_door_remember (FoyerDoor *self, FoyerVerdictWords *words, gint64 attendee)
{
  g_autofree char *time = foyer_door_turn_make_clock_text (self->turn->list);
  g_autoptr (FoyerDoorEntry) entry = foyer_door_entry_new (
      time, words, foyer_list_choice_get_connection (self->turn->list), attendee);

  add_entry (self, entry);
}

void
foyer_door_set_verdict (FoyerDoor *self, FoyerVerdict *verdict)
{
  FoyerListChoice *list = self->turn != NULL ? self->turn->list : NULL;

  g_clear_pointer (&self->verdict, foyer_verdict_unref);
  if (verdict != NULL)
    self->verdict = foyer_verdict_ref (verdict);
  g_set_object (&self->shown, list);
}

void
foyer_door_show_for_a_while (FoyerDoor *self, FoyerVerdictWords *words)
{
  foyer_door_show (self, FOYER_DOOR_VERDICT, words);
  foyer_timer_set (&self->pause_timer, foyer_workspace_get_clock (self->workspace),
                   self->pause * FOYER_SECOND, pause_over_cb, self);
  g_signal_emit (self, signals[SIGNAL_VERDICT], 0, words);
}

/**
 * foyer_door_tell:
 * @self: the door
 * @words: what happened besides a scan
 * @connection: name of the connection it was for
 * @attendee: id of the ticket, or 0
 *
 * Shows it like a verdict, among the last ten, too.
 */
void
foyer_door_tell (FoyerDoor *self, FoyerVerdictWords *words, const char *connection, gint64 attendee)
{
  FoyerListChoice *list;
  g_autofree char *time = NULL;
  g_autoptr (FoyerDoorEntry) entry = NULL;

  g_return_if_fail (FOYER_IS_DOOR (self));
  g_return_if_fail (words != NULL);

  list = foyer_lists_get_selected (self->lists);
  time = foyer_door_turn_make_clock_text (list);
  entry = foyer_door_entry_new (time, words, connection, attendee);
  add_entry (self, entry);
  foyer_door_set_verdict (self, NULL);
  foyer_door_show_for_a_while (self, words);
}

/**
 * foyer_door_hold:
 * @self: the door
 * @held: whether the verdict stays beyond its pause
 *
 * The next scan shows its own all the same.
 */
void
foyer_door_hold (FoyerDoor *self, gboolean held)
{
  g_return_if_fail (FOYER_IS_DOOR (self));

  if (self->held == held)
    return;

  self->held = held;
  if (!held && self->phase == FOYER_DOOR_VERDICT && self->pause_timer == NULL)
    foyer_timer_set (&self->pause_timer, foyer_workspace_get_clock (self->workspace),
                     self->pause * FOYER_SECOND, pause_over_cb, self);
}

/**
 * foyer_door_set_leaving:
 * @self: the door
 * @leaving: whether who is scanned from now on goes out
 */
void
foyer_door_set_leaving (FoyerDoor *self, gboolean leaving)
{
  g_return_if_fail (FOYER_IS_DOOR (self));

  if (self->leaving == leaving)
    return;

  self->leaving = leaving;
  /* A ticket that came in a moment ago may go out now. */
  foyer_repeats_free (self->repeats);
  self->repeats = foyer_repeats_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEAVING]);
}

/**
 * foyer_door_get_leaving:
 * @self: the door
 *
 * Returns: whether who is scanned goes out
 */
gboolean
foyer_door_get_leaving (FoyerDoor *self)
{
  g_return_val_if_fail (FOYER_IS_DOOR (self), FALSE);

  return self->leaving;
}

/**
 * foyer_door_get_verdict:
 * @self: the door
 * @list: (out) (optional) (nullable) (transfer none): for which list
 *
 * Returns: (transfer none) (nullable): what the words that are shown are about
 */
FoyerVerdict *
foyer_door_get_verdict (FoyerDoor *self, FoyerListChoice **list)
{
  g_return_val_if_fail (FOYER_IS_DOOR (self), NULL);

  if (list != NULL)
    *list = self->shown;
  return self->words != NULL ? self->verdict : NULL;
}

/**
 * foyer_door_clear:
 * @self: the door
 *
 * Takes the verdict off the screen before its time.
 */
void
foyer_door_clear (FoyerDoor *self)
{
  g_return_if_fail (FOYER_IS_DOOR (self));

  if (self->phase == FOYER_DOOR_VERDICT)
    foyer_door_show (self, FOYER_DOOR_READY, NULL);
}

static void
foyer_door_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FoyerDoor *self = FOYER_DOOR (object);

  switch ((FoyerDoorProperty)property_id)
    {
    case PROP_PHASE:
      g_value_set_enum (value, self->phase);
      break;
    case PROP_WORDS:
      g_value_set_boxed (value, self->words);
      break;
    case PROP_LAST:
      g_value_set_object (value, self->last);
      break;
    case PROP_PAUSE:
      g_value_set_uint (value, self->pause);
      break;
    case PROP_LEAVING:
      g_value_set_boolean (value, self->leaving);
      break;
    }
}

static void
foyer_door_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  FoyerDoor *self = FOYER_DOOR (object);

  switch ((FoyerDoorProperty)property_id)
    {
    case PROP_PAUSE:
      self->pause = g_value_get_uint (value);
      break;
    case PROP_PHASE:
    case PROP_WORDS:
    case PROP_LAST:
    case PROP_LEAVING:
      g_assert_not_reached ();
    }
}

static void
foyer_door_dispose (GObject *object)
{
  FoyerDoor *self = FOYER_DOOR (object);

  g_cancellable_cancel (self->cancellable);
  foyer_timer_clear (&self->pause_timer);
  g_queue_clear_full (&self->queue, foyer_door_turn_free);
  g_clear_pointer (&self->turn, foyer_door_turn_free);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (foyer_door_parent_class)->dispose (object);
}

static void
foyer_door_finalize (GObject *object)
{
  FoyerDoor *self = FOYER_DOOR (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->lists);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->last);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->verdict, foyer_verdict_unref);
  g_clear_pointer (&self->repeats, foyer_repeats_free);
  g_clear_pointer (&self->words, foyer_verdict_words_unref);

  G_OBJECT_CLASS (foyer_door_parent_class)->finalize (object);
}

static void
foyer_door_class_init (FoyerDoorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_door_get_property;
  object_class->set_property = foyer_door_set_property;
  object_class->dispose = foyer_door_dispose;
  object_class->finalize = foyer_door_finalize;

  properties[PROP_PHASE] = g_param_spec_enum ("phase", NULL, NULL, FOYER_TYPE_DOOR_PHASE,
                                              FOYER_DOOR_READY, flags);
  properties[PROP_WORDS] = g_param_spec_boxed ("words", NULL, NULL, FOYER_TYPE_VERDICT_WORDS,
                                               flags);
  properties[PROP_LAST] = g_param_spec_object ("last", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_PAUSE] = g_param_spec_uint ("pause", NULL, NULL, 1, 60, DEFAULT_PAUSE,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LEAVING] = g_param_spec_boolean ("leaving", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_VERDICT] = g_signal_new ("verdict", FOYER_TYPE_DOOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, FOYER_TYPE_VERDICT_WORDS);
}

static void
foyer_door_init (FoyerDoor *self)
{
  self->cancellable = g_cancellable_new ();
  self->repeats = foyer_repeats_new ();
  self->last = g_list_store_new (FOYER_TYPE_DOOR_ENTRY);
  self->pause = DEFAULT_PAUSE;
  g_queue_init (&self->queue);
}

/**
 * foyer_door_new:
 * @workspace: where it works
 * @lists: says for which list
 *
 * Returns: (transfer full): a door that is ready
 */
FoyerDoor *
foyer_door_new (FoyerWorkspace *workspace, FoyerLists *lists)
{
  FoyerDoor *self;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (FOYER_IS_LISTS (lists), NULL);

  self = g_object_new (FOYER_TYPE_DOOR, NULL);
  self->workspace = g_object_ref (workspace);
  self->lists = g_object_ref (lists);
  foyer_door_memory_recall (workspace, lists, self->last, N_LAST, self->cancellable);
  return self;
}

/**
 * foyer_door_repeat:
 * @self: the door
 *
 * Shows the last verdict again, to be heard and spoken as well; nothing if there is none, or one is on its way.
 */
void
foyer_door_repeat (FoyerDoor *self)
{
  g_autoptr (FoyerDoorEntry) entry = NULL;
  FoyerVerdictWords *words;

  g_return_if_fail (FOYER_IS_DOOR (self));

  entry = g_list_model_get_item (G_LIST_MODEL (self->last), 0);
  if (entry == NULL || self->turn != NULL)
    return;

  words = foyer_door_entry_get_words (entry);
  foyer_door_show (self, FOYER_DOOR_VERDICT, words);
  foyer_timer_set (&self->pause_timer, foyer_workspace_get_clock (self->workspace),
                   self->pause * FOYER_SECOND, pause_over_cb, self);
  g_signal_emit (self, signals[SIGNAL_VERDICT], 0, words);
}

/**
 * foyer_door_get_phase:
 * @self: the door
 *
 * Returns: what is shown
 */
FoyerDoorPhase
foyer_door_get_phase (FoyerDoor *self)
{
  g_return_val_if_fail (FOYER_IS_DOOR (self), FOYER_DOOR_READY);

  return self->phase;
}

/**
 * foyer_door_get_words:
 * @self: the door
 *
 * Returns: (transfer none) (nullable): the words that are shown
 */
FoyerVerdictWords *
foyer_door_get_words (FoyerDoor *self)
{
  g_return_val_if_fail (FOYER_IS_DOOR (self), NULL);

  return self->words;
}

/**
 * foyer_door_get_last:
 * @self: the door
 *
 * Returns: (transfer none): the last ten
 */
GListModel *
foyer_door_get_last (FoyerDoor *self)
{
  g_return_val_if_fail (FOYER_IS_DOOR (self), NULL);

  return G_LIST_MODEL (self->last);
}

/**
 * foyer_door_is_busy:
 * @self: the door
 *
 * Returns: whether a scan is being decided
 */
gboolean
foyer_door_is_busy (FoyerDoor *self)
{
  g_return_val_if_fail (FOYER_IS_DOOR (self), FALSE);

  return self->turn != NULL;
}
