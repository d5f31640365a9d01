/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean foyer_letter_is_joint (gunichar ch);
gboolean foyer_letter_is_dropped_mark (gunichar ch);
gboolean foyer_letter_is_hangul_syllable (gunichar ch);
gboolean foyer_letter_is_cjk (gunichar ch);
gboolean foyer_letter_is_word_char (gunichar ch);
gboolean foyer_letter_is_blank (gunichar ch);
void foyer_letter_append (GString *out, gunichar ch, gboolean spelled);

G_END_DECLS
