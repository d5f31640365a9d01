/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of a paged list: it stays the same object while what it shows is read, changes or goes. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-row.h"

struct _FoyerRow
{
  GObject parent_instance;

  gint64 id;
  GType type;
  gpointer value; /* (owned) (nullable) boxed, of @type */
};

G_DEFINE_FINAL_TYPE (FoyerRow, foyer_row, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
foyer_row_finalize (GObject *object)
{
  FoyerRow *self = FOYER_ROW (object);

  if (self->value != NULL)
    g_boxed_free (self->type, self->value);

  G_OBJECT_CLASS (foyer_row_parent_class)->finalize (object);
}

static void
foyer_row_class_init (FoyerRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_row_finalize;

  /**
   * FoyerRow::changed:
   *
   * The value is another one now.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", FOYER_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
foyer_row_init (FoyerRow *self)
{
}

/**
 * foyer_row_new:
 * @id: the store's id of the row
 * @type: the boxed type of its value
 *
 * Returns: (transfer full): a row without a value
 */
FoyerRow *
foyer_row_new (gint64 id, GType type)
{
  FoyerRow *self;

  g_return_val_if_fail (G_TYPE_IS_BOXED (type), NULL);

  self = g_object_new (FOYER_TYPE_ROW, NULL);
  self->id = id;
  self->type = type;
  return self;
}

/**
 * foyer_row_get_id:
 * @self: a row
 *
 * Returns: the store's id
 */
gint64
foyer_row_get_id (FoyerRow *self)
{
  g_return_val_if_fail (FOYER_IS_ROW (self), 0);

  return self->id;
}

/**
 * foyer_row_get_value:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the boxed value (FoyerPerson, FoyerCommand, FoyerCall by the model's
 *   kind); %NULL if the row is gone from the store
 */
gpointer
foyer_row_get_value (FoyerRow *self)
{
  g_return_val_if_fail (FOYER_IS_ROW (self), NULL);

  return self->value;
}

/**
 * foyer_row_set_value:
 * @self: a row
 * @value: (transfer none) (nullable): the boxed value, which is copied (by reference for our values)
 *
 * Only for the model that owns the row.
 */
void
foyer_row_set_value (FoyerRow *self, gpointer value)
{
  gpointer old;

  g_return_if_fail (FOYER_IS_ROW (self));

  if (value == self->value)
    return;

  old = self->value;
  self->value = value != NULL ? g_boxed_copy (self->type, value) : NULL;
  if (old != NULL)
    g_boxed_free (self->type, old);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
