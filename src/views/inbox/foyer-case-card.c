/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A case of the inbox. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-case-card.h"

#include "foyer-pair.h"

#include <glib/gi18n.h>

struct _FoyerCaseCard
{
  AdwBin parent_instance;

  FoyerInboxController *controller; /* (owned) */
  FoyerRow *row;                    /* (owned) */
  GtkLabel *headline;
  GtkLabel *name;
  GtkLabel *ticket;
  GtkLabel *ours;
  GtkLabel *ours_at;
  GtkLabel *ours_by;
  GtkLabel *theirs;
  GtkLabel *theirs_at;
  GtkLabel *theirs_by;
  GtkLabel *meaning;
  GtkEditable *note;
  GtkButton *keep;
  GtkButton *accept;
};

G_DEFINE_FINAL_TYPE (FoyerCaseCard, foyer_case_card, ADW_TYPE_BIN)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* The words of a button may need two lines. */
static void
set_words (GtkButton *button, const char *text)
{
  GtkWidget *label = gtk_button_get_child (button);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
update (FoyerCaseCard *self)
{
  g_autoptr (FoyerCaseWords) words = foyer_inbox_controller_describe (self->controller, self->row);
  g_autofree char *spoken = NULL;

  if (words == NULL)
    return;

  set_text (self->headline, words->headline);
  set_text (self->name, words->name);
  set_text (self->ticket, words->ticket);
  set_text (self->ours, words->ours);
  set_text (self->ours_at, words->ours_at);
  set_text (self->ours_by, words->ours_by);
  set_text (self->theirs, words->theirs);
  set_text (self->theirs_at, words->theirs_at);
  set_text (self->theirs_by, words->theirs_by);
  set_text (self->meaning, words->meaning);
  set_words (self->keep, words->keep);
  set_words (self->accept, words->accept);
  gtk_widget_set_sensitive (GTK_WIDGET (self),
                            !foyer_inbox_controller_is_busy (self->controller, self->row));

  spoken = g_strdup_printf ("%s. %s", words->name, words->headline);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words->meaning, -1);
}

static void
keep_cb (FoyerCaseCard *self)
{
  foyer_inbox_controller_keep (self->controller, self->row, gtk_editable_get_text (self->note));
}

static void
accept_cb (FoyerCaseCard *self)
{
  foyer_inbox_controller_accept (self->controller, self->row, gtk_editable_get_text (self->note));
}

static void
foyer_case_card_dispose (GObject *object)
{
  FoyerCaseCard *self = FOYER_CASE_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_CASE_CARD);
  g_clear_object (&self->controller);
  g_clear_object (&self->row);

  G_OBJECT_CLASS (foyer_case_card_parent_class)->dispose (object);
}

static void
foyer_case_card_class_init (FoyerCaseCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = foyer_case_card_dispose;

  g_type_ensure (FOYER_TYPE_PAIR);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/foyerdesk/Foyer/ui/foyer-case-card.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, headline);
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, name);
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, ticket);
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, ours);
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, ours_at);
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, ours_by);
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, theirs);
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, theirs_at);
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, theirs_by);
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, meaning);
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, note);
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, keep);
  gtk_widget_class_bind_template_child (widget_class, FoyerCaseCard, accept);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
}

static void
foyer_case_card_init (FoyerCaseCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_case_card_new:
 * @controller: the inbox
 * @row: one of its cases
 *
 * Returns: (transfer floating): a card
 */
GtkWidget *
foyer_case_card_new (FoyerInboxController *controller, FoyerRow *row)
{
  FoyerCaseCard *self;

  g_return_val_if_fail (FOYER_IS_INBOX_CONTROLLER (controller), NULL);
  g_return_val_if_fail (FOYER_IS_ROW (row), NULL);

  self = g_object_new (FOYER_TYPE_CASE_CARD, NULL);
  self->controller = g_object_ref (controller);
  self->row = g_object_ref (row);
  g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "words-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * foyer_case_card_focus:
 * @self: a card
 *
 * Puts the keyboard on its first answer.
 */
void
foyer_case_card_focus (FoyerCaseCard *self)
{
  g_return_if_fail (FOYER_IS_CASE_CARD (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->keep));
}
