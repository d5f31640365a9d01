/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-json-taint.h"

G_BEGIN_DECLS

/**
 * FoyerJsonLimits:
 * @max_bytes: longest text
 * @max_depth: deepest nesting of arrays and objects, at most %FOYER_JSON_MAX_DEPTH
 * @max_members: most members of one object
 *
 * What a text may be at most. A field of 0 means the default.
 */
typedef struct
{
  gsize max_bytes;
  guint max_depth;
  guint max_members;
} FoyerJsonLimits;

#define FOYER_JSON_MAX_BYTES (64 * 1024 * 1024)
#define FOYER_JSON_MAX_DEPTH 64
#define FOYER_JSON_MAX_MEMBERS 65536

/**
 * FoyerJsonSlice:
 * @start: offset of the first byte
 * @end: offset behind the last byte
 * @taint: the first thing that is wrong inside, or %FOYER_JSON_CLEAN
 * @taint_offset: where that is
 *
 * A stretch of the text: one value.
 */
typedef struct
{
  gsize start;
  gsize end;
  FoyerJsonTaint taint;
  gsize taint_offset;
} FoyerJsonSlice;

/**
 * FoyerJsonMap:
 * @root: the whole value; its taint is the first one *outside* of the records
 * @has_results: whether the root is an object with an array `results`
 * @results: that array, brackets included; only if @has_results
 * @records: (element-type FoyerJsonSlice): the array's direct children, in order
 * @n_taints: all taints, inside records and outside
 *
 * What foyer_json_check() found: where the records of a page lie, and which values must not be
 * given to a parser.
 */
typedef struct
{
  FoyerJsonSlice root;
  gboolean has_results;
  FoyerJsonSlice results;
  GArray *records;
  gsize n_taints;
} FoyerJsonMap;

FoyerJsonMap *foyer_json_check (const char *data,
                                gsize length,
                                const FoyerJsonLimits *limits,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean foyer_json_map_is_clean (const FoyerJsonMap *self);
void foyer_json_map_free (FoyerJsonMap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerJsonMap, foyer_json_map_free)

G_END_DECLS
