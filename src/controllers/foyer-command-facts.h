/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "foyer-command.h"

G_BEGIN_DECLS

void foyer_command_facts_append (GListStore *facts,
                                 const FoyerCommand *command,
                                 const char *list_name,
                                 FoyerTime now,
                                 GTimeZone *zone);

G_END_DECLS
