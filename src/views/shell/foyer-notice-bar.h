/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FOYER_TYPE_NOTICE_BAR (foyer_notice_bar_get_type ())

/**
 * FoyerNoticeBar:
 *
 * One sentence above the page that stays until somebody has read it and closes it: for what must not go by unseen and
 * asks nothing.
 */
G_DECLARE_FINAL_TYPE (FoyerNoticeBar, foyer_notice_bar, FOYER, NOTICE_BAR, AdwBin)

void foyer_notice_bar_show (FoyerNoticeBar *self, const char *text);

G_END_DECLS
