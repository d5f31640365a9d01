/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *foyer_text_fold (const char *text);
char *foyer_text_fold_for_index (const char *text);
char **foyer_text_fold_words (const char *text);
char *foyer_text_isolate (const char *text);
char *foyer_text_clean_line (const char *text, gsize max_chars);
char *foyer_text_ellipsize (const char *text, gsize max_chars);

G_END_DECLS
