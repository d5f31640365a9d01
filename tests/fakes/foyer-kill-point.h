/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FoyerKillPoint:
 * @armed: whether instants count yet; atomic
 * @left: how many instants the process still lives through; atomic
 *
 * Where a process dies: by SIGKILL, of its own hand, in whatever thread comes to the fatal instant. The
 * ports that count instants share one.
 */
typedef struct
{
  int armed;
  int left;
} FoyerKillPoint;

void foyer_kill_point_arm (FoyerKillPoint *self, int instants);
void foyer_kill_point_pass (FoyerKillPoint *self);
void foyer_kill_point_forward (GObject *source, GAsyncResult *result, gpointer task);
GTask *foyer_kill_point_task (gpointer source,
                              FoyerKillPoint *point,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GAsyncResult *foyer_kill_point_open (GAsyncResult *result);

G_END_DECLS
