/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-json-taint.h"

G_BEGIN_DECLS

/**
 * FoyerJsonCursor:
 * @data: the text
 * @length: its length
 * @at: offset of the next byte
 * @complaint: (nullable): what is wrong at @at, for the log
 * @taint: the first thing that would be read as something else, since it was cleared
 * @taint_offset: where that is
 * @n_taints: how many there were, since it was cleared
 *
 * A place in a JSON text.
 */
typedef struct
{
  const guint8 *data;
  gsize length;
  gsize at;
  const char *complaint;
  FoyerJsonTaint taint;
  gsize taint_offset;
  gsize n_taints;
} FoyerJsonCursor;

/* Each goes behind what it has read, or returns FALSE with a complaint. */
gboolean foyer_json_scan_string (FoyerJsonCursor *self);
gboolean foyer_json_scan_key (FoyerJsonCursor *self, guint64 *hash);
gboolean foyer_json_scan_number (FoyerJsonCursor *self);
gboolean foyer_json_scan_word (FoyerJsonCursor *self, const char *word);

G_END_DECLS
