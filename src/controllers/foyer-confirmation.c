/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question before something that cannot be undone. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-confirmation.h"

struct _FoyerConfirmation
{
  GObject parent_instance;

  char *heading;
  char *body;
  char *dismiss;
  char *confirm;
  gboolean is_resolved;
};

G_DEFINE_FINAL_TYPE (FoyerConfirmation, foyer_confirmation, G_TYPE_OBJECT)

enum
{
  SIGNAL_RESOLVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
foyer_confirmation_dispose (GObject *object)
{
  /* Nobody can answer any more. */
  foyer_confirmation_resolve (FOYER_CONFIRMATION (object), FALSE);

  G_OBJECT_CLASS (foyer_confirmation_parent_class)->dispose (object);
}

static void
foyer_confirmation_finalize (GObject *object)
{
  FoyerConfirmation *self = FOYER_CONFIRMATION (object);

  g_free (self->heading);
  g_free (self->body);
  g_free (self->dismiss);
  g_free (self->confirm);

  G_OBJECT_CLASS (foyer_confirmation_parent_class)->finalize (object);
}

static void
foyer_confirmation_class_init (FoyerConfirmationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = foyer_confirmation_dispose;
  G_OBJECT_CLASS (klass)->finalize = foyer_confirmation_finalize;

  /**
   * FoyerConfirmation::resolved:
   * @yes: whether it is to be done
   *
   * The person has answered.
   */
  signals[SIGNAL_RESOLVED] = g_signal_new ("resolved", FOYER_TYPE_CONFIRMATION, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
foyer_confirmation_init (FoyerConfirmation *self)
{
}

/**
 * foyer_confirmation_new:
 * @heading: the question
 * @body: what will happen
 * @dismiss: the answer that leaves all as it is, as a button says it
 * @confirm: the answer that does it
 *
 * Returns: (transfer full): a question
 */
FoyerConfirmation *
foyer_confirmation_new (const char *heading,
                        const char *body,
                        const char *dismiss,
                        const char *confirm)
{
  FoyerConfirmation *self = g_object_new (FOYER_TYPE_CONFIRMATION, NULL);

  self->heading = g_strdup (heading);
  self->body = g_strdup (body);
  self->dismiss = g_strdup (dismiss);
  self->confirm = g_strdup (confirm);
  return self;
}

/**
 * foyer_confirmation_get_heading:
 * @self: a question
 *
 * Returns: the question
 */
const char *
foyer_confirmation_get_heading (FoyerConfirmation *self)
{
  g_return_val_if_fail (FOYER_IS_CONFIRMATION (self), NULL);

  return self->heading;
}

/**
 * foyer_confirmation_get_body:
 * @self: a question
 *
 * Returns: what will happen
 */
const char *
foyer_confirmation_get_body (FoyerConfirmation *self)
{
  g_return_val_if_fail (FOYER_IS_CONFIRMATION (self), NULL);

  return self->body;
}

/**
 * foyer_confirmation_get_dismiss:
 * @self: a question
 *
 * Returns: the answer that leaves all as it is
 */
const char *
foyer_confirmation_get_dismiss (FoyerConfirmation *self)
{
  g_return_val_if_fail (FOYER_IS_CONFIRMATION (self), NULL);

  return self->dismiss;
}

/**
 * foyer_confirmation_get_confirm:
 * @self: a question
 *
 * Returns: the answer that does it
 */
const char *
foyer_confirmation_get_confirm (FoyerConfirmation *self)
{
  g_return_val_if_fail (FOYER_IS_CONFIRMATION (self), NULL);

  return self->confirm;
}

/**
 * foyer_confirmation_resolve:
 * @self: a question
 * @yes: the answer; only the first one counts
 */
void
foyer_confirmation_resolve (FoyerConfirmation *self, gboolean yes)
{
  g_return_if_fail (FOYER_IS_CONFIRMATION (self));

  if (self->is_resolved)
    return;

  self->is_resolved = TRUE;
  g_signal_emit (self, signals[SIGNAL_RESOLVED], 0, yes);
}
