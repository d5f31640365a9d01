/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-pulse.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define FOYER_TYPE_PULSE_VIEW (foyer_pulse_view_get_type ())
G_DECLARE_FINAL_TYPE (FoyerPulseView, foyer_pulse_view, FOYER, PULSE_VIEW, AdwBin)

GtkWidget *foyer_pulse_view_new (FoyerPulse *pulse);

G_END_DECLS
