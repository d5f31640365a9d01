/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers of rows in the mirror: the connection's above, the service's own below. The service's numbers
 * are untrusted: one that does not fit is refused, never cut. */

#define FOYER_MIRROR_ROW_BITS 44
#define FOYER_MIRROR_ROW_ID_END (G_GINT64_CONSTANT (1) << FOYER_MIRROR_ROW_BITS)

static inline gboolean
foyer_mirror_row_id_fits (gint64 id)
{
  return id > 0 && id < FOYER_MIRROR_ROW_ID_END;
}

static inline gint64
foyer_mirror_row_make (gint64 source, gint64 id)
{
  return (source << FOYER_MIRROR_ROW_BITS) | id;
}

static inline gint64
foyer_mirror_row_get_source (gint64 row)
{
  return row >> FOYER_MIRROR_ROW_BITS;
}

static inline gint64
foyer_mirror_row_get_id (gint64 row)
{
  return row & (FOYER_MIRROR_ROW_ID_END - 1);
}

/* The first row of a connection and the one behind its last. */
static inline gint64
foyer_mirror_row_begin (gint64 source)
{
  return source << FOYER_MIRROR_ROW_BITS;
}

static inline gint64
foyer_mirror_row_end (gint64 source)
{
  return (source + 1) << FOYER_MIRROR_ROW_BITS;
}

G_END_DECLS
