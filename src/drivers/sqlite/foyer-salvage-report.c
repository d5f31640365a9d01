/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of a damaged journal. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-salvage-report.h"

G_DEFINE_BOXED_TYPE (FoyerSalvageReport,
                     foyer_salvage_report,
                     foyer_salvage_report_copy,
                     foyer_salvage_report_free)

/**
 * foyer_salvage_report_copy:
 * @self: a report
 *
 * Returns: (transfer full): a copy
 */
FoyerSalvageReport *
foyer_salvage_report_copy (const FoyerSalvageReport *self)
{
  FoyerSalvageReport *copy = g_memdup2 (self, sizeof *self);

  copy->damaged_file = g_strdup (self->damaged_file);
  return copy;
}

/**
 * foyer_salvage_report_free:
 * @self: (transfer full): a report
 */
void
foyer_salvage_report_free (FoyerSalvageReport *self)
{
  g_free (self->damaged_file);
  g_free (self);
}
