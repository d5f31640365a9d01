/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "foyer-time.h"

G_BEGIN_DECLS

char *foyer_rule_words_for_refusal (const char *hint, FoyerTime now, GTimeZone *zone);
char *foyer_rule_words_for_times (const char *hint, FoyerTime now, GTimeZone *zone);

G_END_DECLS
