/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

void foyer_sandbox_root (FoyerSandboxCall *call);
void foyer_sandbox_version (FoyerSandboxCall *call);
void foyer_sandbox_organizers (FoyerSandboxCall *call);
void foyer_sandbox_organizer (FoyerSandboxCall *call);
void foyer_sandbox_events_list (FoyerSandboxCall *call);
void foyer_sandbox_events_detail (FoyerSandboxCall *call);
void foyer_sandbox_events_create (FoyerSandboxCall *call);
void foyer_sandbox_settings (FoyerSandboxCall *call);
void foyer_sandbox_catalogue_list (FoyerSandboxCall *call);
void foyer_sandbox_catalogue_detail (FoyerSandboxCall *call);
void foyer_sandbox_catalogue_create (FoyerSandboxCall *call);
void foyer_sandbox_catalogue_patch (FoyerSandboxCall *call);
void foyer_sandbox_catalogue_delete (FoyerSandboxCall *call);
void foyer_sandbox_subevents_all (FoyerSandboxCall *call);
void foyer_sandbox_nothing (FoyerSandboxCall *call);

G_END_DECLS
