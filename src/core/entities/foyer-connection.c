/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection to an outside service. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-connection.h"

G_DEFINE_BOXED_TYPE (FoyerConnection,
                     foyer_connection,
                     foyer_connection_ref,
                     foyer_connection_unref)

static void
foyer_connection_clear (gpointer data)
{
  FoyerConnection *self = data;

  g_free (self->name);
  g_free (self->service);
  g_free (self->base_url);
  g_free (self->organizer);
  g_free (self->event);
  g_free (self->auth_scheme);
  g_free (self->secret_ref);
  g_free (self->desk);
  g_free (self->gate_name);
  g_free (self->security_profile);
  g_free (self->ca_file);
  g_free (self->version);
}

/**
 * foyer_connection_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerConnection *
foyer_connection_new (void)
{
  return g_atomic_rc_box_new0 (FoyerConnection);
}

/**
 * foyer_connection_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerConnection *
foyer_connection_ref (FoyerConnection *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_connection_unref:
 * @self: (transfer full): a value
 */
void
foyer_connection_unref (FoyerConnection *self)
{
  g_atomic_rc_box_release_full (self, foyer_connection_clear);
}
