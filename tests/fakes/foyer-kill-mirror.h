/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-kill-point.h"
#include "foyer-mirror.h"

G_BEGIN_DECLS

#define FOYER_TYPE_KILL_MIRROR (foyer_kill_mirror_get_type ())

/**
 * FoyerKillMirror:
 *
 * A mirror that stands before the real one and counts
 * instants: before each write of an answer, and between it and the hearing of it.
 */
G_DECLARE_FINAL_TYPE (FoyerKillMirror, foyer_kill_mirror, FOYER, KILL_MIRROR, GObject)

FoyerMirror *foyer_kill_mirror_new (FoyerMirror *inner, FoyerKillPoint *point);

G_END_DECLS
