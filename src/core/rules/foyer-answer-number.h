/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *foyer_answer_number_to_canonical (const char *text, gboolean *is_zero);

G_END_DECLS
