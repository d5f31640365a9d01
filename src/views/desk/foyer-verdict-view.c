/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A verdict, as large as there is room: an icon, a word, a colour, each enough alone; under them who it
 * is, what must not be overlooked, why, and who decided. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-verdict-view.h"

#include "foyer-headline.h"

#include <glib/gi18n.h>

/* A name of more characters is written smaller: it wraps, but it must not push the verdict away. */
#define LONG_NAME 28

struct _FoyerVerdictView
{
  AdwBin parent_instance;

  FoyerVerdictWords *words; /* (owned) (nullable) */
  GtkWidget *surface;
  GtkImage *icon;
  FoyerHeadline *headline;
  GtkLabel *name;
  GtkLabel *ticket;
  GtkWidget *note_box;
  GtkLabel *note;
  GtkLabel *sentence;
  GtkLabel *source;
  GtkWidget *spinner;
  GtkButton *offer_button;
  GtkWidget *undo_button;
  GtkButton *order_button;
};

G_DEFINE_FINAL_TYPE (FoyerVerdictView, foyer_verdict_view, ADW_TYPE_BIN)

typedef enum
{
  PROP_WORDS = 1,
} FoyerVerdictViewProperty;

static GParamSpec *properties[PROP_WORDS + 1];

static const char *const tone_classes[] = { "neutral", "go", "care", "stop", "out" };

/**
 * foyer_tone_to_css_class:
 * @tone: how a verdict looks
 *
 * Returns: (transfer none): its class in style.css
 */
const char *
foyer_tone_to_css_class (FoyerTone tone)
{
  g_return_val_if_fail ((guint)tone < G_N_ELEMENTS (tone_classes), tone_classes[0]);

  return tone_classes[tone];
}

static void
set_line (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update (FoyerVerdictView *self)
{
  const FoyerVerdictWords *words = self->words;
  gboolean asking = words->tone == FOYER_TONE_NEUTRAL;

  for (gsize i = 0; i < G_N_ELEMENTS (tone_classes); i++)
    set_class (self->surface, tone_classes[i], i == (gsize)words->tone);

  gtk_image_set_from_icon_name (self->icon, words->icon);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), !asking);
  gtk_widget_set_visible (self->spinner, asking);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), asking);
  foyer_headline_set_label (self->headline, words->headline);
  set_line (self->name, words->name);
  set_class (GTK_WIDGET (self->name), "long",
             words->name != NULL && g_utf8_strlen (words->name, -1) > LONG_NAME);
  set_line (self->ticket, words->ticket);
  set_line (self->note, words->note);
  gtk_widget_set_visible (self->note_box, words->note != NULL);
  set_line (self->sentence, words->sentence);
  set_line (self->source, words->source);

  gtk_widget_set_visible (GTK_WIDGET (self->offer_button), words->offer_label != NULL);
  if (words->offer_label != NULL)
    gtk_button_set_label (self->offer_button, words->offer_label);
  gtk_widget_set_visible (self->undo_button, words->command != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->order_button), words->order != NULL && !asking);
  if (words->order != NULL)
    {
      /* Translators: a button that opens an order: "Order XKPBK" */
      g_autofree char *label = g_strdup_printf (_ ("Order %s"), words->order);

      gtk_button_set_label (self->order_button, label);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->order_button), "s", words->order);
    }
}

static void
foyer_verdict_view_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_WORDS);

  g_value_set_boxed (value, FOYER_VERDICT_VIEW (object)->words);
}

static void
foyer_verdict_view_set_property (GObject *object,
                                 guint property_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_WORDS);

  foyer_verdict_view_set_words (FOYER_VERDICT_VIEW (object), g_value_get_boxed (value));
}

static void
foyer_verdict_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_VERDICT_VIEW);

  G_OBJECT_CLASS (foyer_verdict_view_parent_class)->dispose (object);
}

static void
foyer_verdict_view_finalize (GObject *object)
{
  g_clear_pointer (&FOYER_VERDICT_VIEW (object)->words, foyer_verdict_words_unref);

  G_OBJECT_CLASS (foyer_verdict_view_parent_class)->finalize (object);
}

static void
foyer_verdict_view_class_init (FoyerVerdictViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = foyer_verdict_view_get_property;
  object_class->set_property = foyer_verdict_view_set_property;
  object_class->dispose = foyer_verdict_view_dispose;
  object_class->finalize = foyer_verdict_view_finalize;

  properties[PROP_WORDS] = g_param_spec_boxed ("words", NULL, NULL, FOYER_TYPE_VERDICT_WORDS,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/foyerdesk/Foyer/ui/foyer-verdict-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, surface);
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, icon);
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, headline);
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, name);
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, ticket);
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, note_box);
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, note);
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, sentence);
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, source);
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, spinner);
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, offer_button);
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, undo_button);
  gtk_widget_class_bind_template_child (widget_class, FoyerVerdictView, order_button);
}

static void
foyer_verdict_view_init (FoyerVerdictView *self)
{
  g_type_ensure (FOYER_TYPE_HEADLINE);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_verdict_view_new:
 *
 * Returns: (transfer floating): an empty surface
 */
GtkWidget *
foyer_verdict_view_new (void)
{
  return g_object_new (FOYER_TYPE_VERDICT_VIEW, NULL);
}

/**
 * foyer_verdict_view_set_words:
 * @self: the surface
 * @words: (nullable): what it shows; %NULL keeps what stands there
 */
void
foyer_verdict_view_set_words (FoyerVerdictView *self, FoyerVerdictWords *words)
{
  FoyerVerdictWords *old;

  g_return_if_fail (FOYER_IS_VERDICT_VIEW (self));

  if (words == NULL)
    return;

  old = self->words;
  self->words = foyer_verdict_words_ref (words);
  g_clear_pointer (&old, foyer_verdict_words_unref);
  update (self);
}
