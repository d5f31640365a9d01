/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sees every key of the window before anybody else (capture phase) and asks the decoder whose it is. The
 * first keys of a burst go on to the focused entry, since a person may type them; when the burst is
 * certain the entry gets back what it held before, with cursor and selection. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-scan-catcher.h"

#include "foyer-scan-decoder.h"

/* What an entry held before the first key of a burst. */
typedef struct
{
  GtkEditable *editable; /* (owned) (nullable) */
  char *text;            /* (owned) */
  int start;             /* of the selection, or the cursor */
  int end;
  gboolean cursor_first; /* the cursor is at the start of the selection */
} Memory;

struct _FoyerScanCatcher
{
  GObject parent_instance;

  FoyerScanDecoder *decoder; /* (owned) */
  GtkEditable *entry;        /* (owned) where typing goes that has no entry of its own */
  GtkEventController *keys;  /* (owned) (nullable) while attached */
  GtkWidget *root;           /* the window, while attached */
  GtkWidget *focus;          /* (owned) (nullable) who had the focus before the burst */
  Memory focused;            /* the entry with the focus */
  Memory searched;           /* the page's own */
  gboolean taking;           /* the burst is certain, and the entries are as before */
  guint silence;
};

G_DEFINE_FINAL_TYPE (FoyerScanCatcher, foyer_scan_catcher, G_TYPE_OBJECT)

typedef enum
{
  PROP_MAX_GAP = 1,
  PROP_PROFILE,
} FoyerScanCatcherProperty;

enum
{
  SIGNAL_SCANNED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_PROFILE + 1];
static guint signals[N_SIGNALS];

static void
memory_clear (Memory *memory)
{
  g_clear_object (&memory->editable);
  g_clear_pointer (&memory->text, g_free);
}

static void
memory_take (Memory *memory, GtkEditable *editable)
{
  memory_clear (memory);
  if (editable == NULL)
    return;

  memory->editable = g_object_ref (editable);
  memory->text = g_strdup (gtk_editable_get_text (editable));
  gtk_editable_get_selection_bounds (editable, &memory->start, &memory->end);
  memory->cursor_first = gtk_editable_get_position (editable) == memory->start;
}

static void
memory_restore (Memory *memory)
{
  int position = 0;

  if (memory->editable == NULL)
    return;

  if (g_strcmp0 (gtk_editable_get_text (memory->editable), memory->text) != 0)
    {
      gtk_editable_delete_text (memory->editable, 0, -1);
      gtk_editable_insert_text (memory->editable, memory->text, -1, &position);
    }
  if (memory->cursor_first)
    gtk_editable_select_region (memory->editable, memory->end, memory->start);
  else
    gtk_editable_select_region (memory->editable, memory->start, memory->end);
}

static GtkEditable *
focused_editable (FoyerScanCatcher *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->root));

  /* The focus is in the GtkText inside; the entry around it is an editable too, and either will do. */
  return GTK_IS_EDITABLE (focus) ? GTK_EDITABLE (focus) : NULL;
}

static gboolean
is_inside (GtkEditable *editable, GtkEditable *entry)
{
  return editable != NULL && gtk_widget_is_ancestor (GTK_WIDGET (editable), GTK_WIDGET (entry));
}

static void
remember (FoyerScanCatcher *self)
{
  GtkEditable *editable = focused_editable (self);

  g_set_object (&self->focus, gtk_root_get_focus (GTK_ROOT (self->root)));
  memory_take (&self->focused, editable);
  memory_take (&self->searched, is_inside (editable, self->entry) ? NULL : self->entry);
  self->taking = FALSE;
}

static void
restore (FoyerScanCatcher *self)
{
  if (self->taking)
    return;

  self->taking = TRUE;
  if (self->focus != NULL && gtk_root_get_focus (GTK_ROOT (self->root)) != self->focus)
    {
      if (GTK_IS_TEXT (self->focus))
        gtk_text_grab_focus_without_selecting (GTK_TEXT (self->focus));
      else
        gtk_widget_grab_focus (self->focus);
    }
  memory_restore (&self->focused);
  memory_restore (&self->searched);
}

static void
forget (FoyerScanCatcher *self)
{
  g_clear_handle_id (&self->silence, g_source_remove);
  memory_clear (&self->focused);
  memory_clear (&self->searched);
  g_clear_object (&self->focus);
  self->taking = FALSE;
}

/* It was a person after all, or a scanner that sends no Enter: nothing that was typed is lost. */
static void
give_back (FoyerScanCatcher *self, const char *typed)
{
  GtkEditable *editable = self->focused.editable != NULL ? self->focused.editable : self->entry;
  int position;

  gtk_editable_delete_selection (editable);
  position = gtk_editable_get_position (editable);
  gtk_editable_insert_text (editable, typed, -1, &position);
  gtk_editable_set_position (editable, position);
}

static void
scanned (FoyerScanCatcher *self)
{
  forget (self);
  g_signal_emit (self, signals[SIGNAL_SCANNED], 0, foyer_scan_decoder_get_code (self->decoder),
                 foyer_scan_decoder_get_alternative (self->decoder));
}

static gboolean
silence_cb (gpointer user_data)
{
  FoyerScanCatcher *self = user_data;
  g_autofree char *typed = NULL;

  self->silence = 0;
  if (foyer_scan_decoder_fall_silent (self->decoder) == FOYER_KEY_SCANNED)
    {
      scanned (self);
      return G_SOURCE_REMOVE;
    }
  typed = foyer_scan_decoder_give_up (self->decoder);
  if (typed != NULL && self->taking)
    give_back (self, typed);
  forget (self);
  return G_SOURCE_REMOVE;
}

/* The keys of a busy moment still come first: the timer waits behind them. */
static void
await_silence (FoyerScanCatcher *self)
{
  g_clear_handle_id (&self->silence, g_source_remove);
  self->silence = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE,
                                      foyer_scan_decoder_get_silence (self->decoder), silence_cb,
                                      self, NULL);
}

static gboolean
is_modifier (guint keyval)
{
  return (keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R)
         || (keyval >= GDK_KEY_ISO_Lock && keyval <= GDK_KEY_ISO_Level5_Lock)
         || keyval == GDK_KEY_Mode_switch || keyval == GDK_KEY_Num_Lock;
}

static gboolean
is_suffix (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter
         || keyval == GDK_KEY_Tab;
}

/* Escape, BackSpace, Delete: they have a character of their own, and nobody means it. */
static gboolean
is_command (guint keyval)
{
  return g_unichar_iscntrl (gdk_keyval_to_unicode (keyval)) && !is_suffix (keyval);
}

static gboolean
key_pressed_cb (FoyerScanCatcher *self, guint keyval, guint keycode, GdkModifierType state)
{
  FoyerKeyPress key = {
    .keycode = keycode,
    .unichar = gdk_keyval_to_unicode (keyval),
    .shift = (state & GDK_SHIFT_MASK) != 0,
    .suffix = is_suffix (keyval),
    .other = (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0
             || is_command (keyval),
    .time = gtk_event_controller_get_current_event_time (self->keys),
  };
  FoyerKeyFate fate;
  g_autofree char *typed = NULL;

  if (is_modifier (keyval))
    return GDK_EVENT_PROPAGATE;

  fate = foyer_scan_decoder_press (self->decoder, &key);
  typed = foyer_scan_decoder_steal_typed (self->decoder);
  if (typed != NULL && self->taking)
    {
      give_back (self, typed);
      forget (self);
    }

  switch (fate)
    {
    case FOYER_KEY_PASS:
      return GDK_EVENT_PROPAGATE;

    case FOYER_KEY_FIRST:
      remember (self);
      await_silence (self);
      return GDK_EVENT_PROPAGATE;

    case FOYER_KEY_TAKE:
      restore (self);
      await_silence (self);
      return GDK_EVENT_STOP;

    case FOYER_KEY_SCANNED:
      scanned (self);
      return GDK_EVENT_STOP;
    }

  g_return_val_if_reached (GDK_EVENT_PROPAGATE);
}

static void
key_released_cb (FoyerScanCatcher *self, guint keyval, guint keycode, GdkModifierType state)
{
  foyer_scan_decoder_release (self->decoder, keycode);
}

static void
foyer_scan_catcher_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  FoyerScanCatcher *self = FOYER_SCAN_CATCHER (object);

  switch ((FoyerScanCatcherProperty)property_id)
    {
    case PROP_MAX_GAP:
      g_value_set_uint (value, foyer_scan_decoder_get_max_gap (self->decoder));
      break;
    case PROP_PROFILE:
      g_value_set_boxed (value, foyer_scan_decoder_get_profile (self->decoder));
      break;
    }
}

static void
foyer_scan_catcher_set_property (GObject *object,
                                 guint property_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  FoyerScanCatcher *self = FOYER_SCAN_CATCHER (object);

  switch ((FoyerScanCatcherProperty)property_id)
    {
    case PROP_MAX_GAP:
      foyer_scan_decoder_set_max_gap (self->decoder, g_value_get_uint (value));
      break;
    case PROP_PROFILE:
      foyer_scan_decoder_set_profile (self->decoder, g_value_get_boxed (value));
      break;
    }
}

static void
foyer_scan_catcher_dispose (GObject *object)
{
  FoyerScanCatcher *self = FOYER_SCAN_CATCHER (object);

  foyer_scan_catcher_detach (self);
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (foyer_scan_catcher_parent_class)->dispose (object);
}

static void
foyer_scan_catcher_finalize (GObject *object)
{
  foyer_scan_decoder_free (FOYER_SCAN_CATCHER (object)->decoder);

  G_OBJECT_CLASS (foyer_scan_catcher_parent_class)->finalize (object);
}

static void
foyer_scan_catcher_class_init (FoyerScanCatcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = foyer_scan_catcher_get_property;
  object_class->set_property = foyer_scan_catcher_set_property;
  object_class->dispose = foyer_scan_catcher_dispose;
  object_class->finalize = foyer_scan_catcher_finalize;

  properties[PROP_MAX_GAP] = g_param_spec_uint ("max-gap", NULL, NULL, 1, 500, 35,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROFILE] = g_param_spec_boxed ("profile", NULL, NULL, FOYER_TYPE_SCANNER_PROFILE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_SCANNED] = g_signal_new ("scanned", FOYER_TYPE_SCAN_CATCHER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                          G_TYPE_STRING);
}

static void
foyer_scan_catcher_init (FoyerScanCatcher *self)
{
  self->decoder = foyer_scan_decoder_new ();
}

/**
 * foyer_scan_catcher_new:
 * @entry: where letters go that were taken for a scan and were none, if nothing else has the focus
 *
 * Returns: (transfer full): a catcher that is attached to nothing
 */
FoyerScanCatcher *
foyer_scan_catcher_new (GtkEditable *entry)
{
  FoyerScanCatcher *self;

  g_return_val_if_fail (GTK_IS_EDITABLE (entry), NULL);

  self = g_object_new (FOYER_TYPE_SCAN_CATCHER, NULL);
  self->entry = g_object_ref (entry);
  return self;
}

/**
 * foyer_scan_catcher_attach:
 * @self: a catcher
 * @root: a window
 *
 * Catches in that window from now on.
 */
void
foyer_scan_catcher_attach (FoyerScanCatcher *self, GtkWidget *root)
{
  g_return_if_fail (FOYER_IS_SCAN_CATCHER (self));
  g_return_if_fail (GTK_IS_ROOT (root));

  foyer_scan_catcher_detach (self);
  self->root = root;
  self->keys = g_object_ref (gtk_event_controller_key_new ());
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (self->keys, "key-released", G_CALLBACK (key_released_cb), self);
  gtk_widget_add_controller (root, self->keys);
}

/**
 * foyer_scan_catcher_detach:
 * @self: a catcher
 *
 * Lets go of the window.
 */
void
foyer_scan_catcher_detach (FoyerScanCatcher *self)
{
  g_return_if_fail (FOYER_IS_SCAN_CATCHER (self));

  forget (self);
  if (self->keys != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->keys, self);
      gtk_widget_remove_controller (self->root, self->keys);
      g_clear_object (&self->keys);
      self->root = NULL;
    }
}
