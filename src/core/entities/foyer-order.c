/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An order with its tickets. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-order.h"

G_DEFINE_BOXED_TYPE (FoyerOrder, foyer_order, foyer_order_ref, foyer_order_unref)

static void
foyer_order_clear (gpointer data)
{
  FoyerOrder *self = data;

  g_free (self->code);
  g_free (self->checkin_text);
  g_free (self->email);
  g_free (self->phone);
  g_free (self->name);
  g_free (self->company);
  g_free (self->locale);
  g_free (self->total);
  g_free (self->document);
  g_clear_pointer (&self->attendees, g_ptr_array_unref);
}

/**
 * foyer_order_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerOrder *
foyer_order_new (void)
{
  FoyerOrder *self = g_atomic_rc_box_new0 (FoyerOrder);

  self->datetime = FOYER_TIME_NONE;
  self->expires = FOYER_TIME_NONE;
  self->last_modified = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_order_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerOrder *
foyer_order_ref (FoyerOrder *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_order_unref:
 * @self: (transfer full): a value
 */
void
foyer_order_unref (FoyerOrder *self)
{
  g_atomic_rc_box_release_full (self, foyer_order_clear);
}

/**
 * foyer_order_status_to_code:
 * @status: a status
 *
 * Returns: pretix's letter, `p` `n` `e` `c`
 */
const char *
foyer_order_status_to_code (FoyerOrderStatus status)
{
  switch (status)
    {
    case FOYER_ORDER_PENDING:
      return "n";
    case FOYER_ORDER_PAID:
      return "p";
    case FOYER_ORDER_EXPIRED:
      return "e";
    case FOYER_ORDER_CANCELED:
      return "c";
    }

  g_return_val_if_reached ("n");
}

/**
 * foyer_order_status_from_code:
 * @code: (nullable): pretix's letter
 * @status: (out): the status
 *
 * Returns: %FALSE if the letter is unknown
 */
gboolean
foyer_order_status_from_code (const char *code, FoyerOrderStatus *status)
{
  if (g_strcmp0 (code, "n") == 0)
    *status = FOYER_ORDER_PENDING;
  else if (g_strcmp0 (code, "p") == 0)
    *status = FOYER_ORDER_PAID;
  else if (g_strcmp0 (code, "e") == 0)
    *status = FOYER_ORDER_EXPIRED;
  else if (g_strcmp0 (code, "c") == 0 || g_strcmp0 (code, "r") == 0)
    *status = FOYER_ORDER_CANCELED;
  else
    return FALSE;

  return TRUE;
}
