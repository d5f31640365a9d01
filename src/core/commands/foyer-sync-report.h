/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-page.h"

G_BEGIN_DECLS

/**
 * FoyerSyncReport:
 * @requests: pages fetched
 * @bytes: size of their bodies
 * @stored: records written
 * @unchanged: records that were there as they came
 * @rejected: records that could not be read or stored: set aside, their pages are kept
 * @deleted: records that are gone
 * @duration: microseconds
 * @complete: everything was fetched to the end
 * @refused: a set of `1 << FoyerResource` that could not be fetched, while the others were
 * @refusal: (nullable) (owned): why, of the first of them
 *
 * What a sync did. A plain struct, cleared with foyer_sync_report_clear().
 */
typedef struct
{
  guint requests;
  guint64 bytes;
  gint64 stored;
  gint64 unchanged;
  gint64 rejected;
  gint64 deleted;
  gint64 duration;
  gboolean complete;
  guint refused;
  GError *refusal;
} FoyerSyncReport;

void foyer_sync_report_clear (FoyerSyncReport *self);

G_END_DECLS
