/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void foyer_csv_append_text (GString *line, const char *text);
void foyer_csv_append_number (GString *line, const char *number);
void foyer_csv_end_line (GString *line);

G_END_DECLS
