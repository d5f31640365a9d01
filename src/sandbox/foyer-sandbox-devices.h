/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

FoyerSandboxDevice *
foyer_sandbox_device_add (FoyerSandboxWorld *world, const char *name, const char *profile);
FoyerSandboxDevice *foyer_sandbox_device_add_desk (FoyerSandboxWorld *world, const char *name);
FoyerSandboxDevice *foyer_sandbox_device_find (FoyerSandboxWorld *world, const char *api_token);

void foyer_sandbox_device_initialize (FoyerSandboxCall *call);
void foyer_sandbox_device_info (FoyerSandboxCall *call);
void foyer_sandbox_device_update (FoyerSandboxCall *call);
void foyer_sandbox_device_roll (FoyerSandboxCall *call);
void foyer_sandbox_device_revoke (FoyerSandboxCall *call);
void foyer_sandbox_device_event_selection (FoyerSandboxCall *call);
void foyer_sandbox_devices_list (FoyerSandboxCall *call);
void foyer_sandbox_devices_detail (FoyerSandboxCall *call);
void foyer_sandbox_devices_patch (FoyerSandboxCall *call);
void foyer_sandbox_devices_create (FoyerSandboxCall *call);

G_END_DECLS
