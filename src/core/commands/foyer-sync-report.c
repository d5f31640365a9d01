/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a sync did. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-sync-report.h"

/**
 * foyer_sync_report_clear:
 * @self: a report
 *
 * Empties it and frees what it owns.
 */
void
foyer_sync_report_clear (FoyerSyncReport *self)
{
  g_clear_error (&self->refusal);
  *self = (FoyerSyncReport){ 0 };
}
