/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_SALVAGE_REPORT (foyer_salvage_report_get_type ())

/**
 * FoyerSalvageReport:
 * @damaged_file: where the damaged journal was put aside
 * @commands: commands that were saved
 * @commands_lost: commands that are known to be missing, by gaps in their numbers
 * @calls: audit rows that were saved
 * @connections: connections that were saved
 * @settings: settings that were saved
 *
 * What became of a damaged journal. The rows that were saved are in the journal now.
 */
typedef struct
{
  char *damaged_file;
  gint64 commands;
  gint64 commands_lost;
  gint64 calls;
  gint64 connections;
  gint64 settings;
} FoyerSalvageReport;

GType foyer_salvage_report_get_type (void) G_GNUC_CONST;
FoyerSalvageReport *foyer_salvage_report_copy (const FoyerSalvageReport *self);
void foyer_salvage_report_free (FoyerSalvageReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerSalvageReport, foyer_salvage_report_free)

G_END_DECLS
