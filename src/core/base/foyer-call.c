/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The record of one outside call, and the figures made from many. */

#define G_LOG_DOMAIN "foyer-base"

#include "foyer-call.h"

G_DEFINE_BOXED_TYPE (FoyerCall, foyer_call, foyer_call_ref, foyer_call_unref)
G_DEFINE_BOXED_TYPE (FoyerHealth, foyer_health, foyer_health_copy, foyer_health_free)

/**
 * foyer_call_new:
 * @values: the fields; strings are copied
 *
 * Returns: (transfer full): a new record
 */
FoyerCall *
foyer_call_new (const FoyerCall *values)
{
  FoyerCall *self;

  g_return_val_if_fail (values != NULL, NULL);

  self = g_new (FoyerCall, 1);
  *self = *values;
  self->connection = g_strdup (values->connection);
  self->service = g_strdup (values->service);
  self->method = g_strdup (values->method);
  self->route = g_strdup (values->route);
  self->request_id = g_strdup (values->request_id);
  self->error = g_strdup (values->error);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/**
 * foyer_call_ref:
 * @self: a record
 *
 * Returns: (transfer full): @self
 */
FoyerCall *
foyer_call_ref (FoyerCall *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * foyer_call_unref:
 * @self: (transfer full): a record
 */
void
foyer_call_unref (FoyerCall *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->connection);
  g_free (self->service);
  g_free (self->method);
  g_free (self->route);
  g_free (self->request_id);
  g_free (self->error);
  g_free (self);
}

/**
 * foyer_health_copy:
 * @self: the figures
 *
 * Returns: (transfer full): a copy
 */
FoyerHealth *
foyer_health_copy (const FoyerHealth *self)
{
  return g_memdup2 (self, sizeof *self);
}

/**
 * foyer_health_free:
 * @self: (transfer full): the figures
 */
void
foyer_health_free (FoyerHealth *self)
{
  g_free (self);
}
