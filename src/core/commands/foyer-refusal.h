/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-admission.h"
#include "foyer-desk.h"
#include "foyer-dispatcher.h"
#include "foyer-scan.h"

G_BEGIN_DECLS

gboolean foyer_refusal_is_to_be_recorded (const FoyerScan *scan, const FoyerAdmission *admission);
void foyer_refusal_record_async (FoyerDesk *desk,
                                 FoyerDispatcher *dispatcher,
                                 const FoyerScan *scan,
                                 const FoyerAdmission *admission,
                                 gboolean unsure,
                                 const char *actor,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean foyer_refusal_record_finish (GAsyncResult *result, GError **error);

G_END_DECLS
