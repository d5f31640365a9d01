/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-page.h"
#include "foyer-pretix-client.h"

G_BEGIN_DECLS

/**
 * FoyerPretixMapFunc:
 * @node: a record
 * @reader: for whom
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the entity, or %NULL with an error
 */
typedef gpointer (*FoyerPretixMapFunc) (JsonNode *node, FoyerPretixReader *reader, GError **error);

/**
 * FoyerPretixResource:
 * @resource: which
 * @route: template of its route
 * @map: reads a record
 * @free: lets an entity go
 * @since: (nullable): the parameter that asks for what changed only; %NULL: always the whole list
 * @first_ordering: (nullable): the order of a whole run
 * @delta_ordering: (nullable): the order of a run of changes
 *
 * How one resource is pulled (contracts/pretix.md 3.1).
 */
typedef struct
{
  FoyerResource resource;
  const char *route;
  FoyerPretixMapFunc map;
  GDestroyNotify free;
  const char *since;
  const char *first_ordering;
  const char *delta_ordering;
} FoyerPretixResource;

const FoyerPretixResource *foyer_pretix_resource_get (FoyerResource resource);

/**
 * FoyerPretixCursor:
 * @delta: a run of changes; else a whole one
 * @since: (nullable): of a run of changes: since when; of a whole run: where it was taken up again
 * @page: number of the page, from 1
 * @answers: whether the answers to questions are fetched with the orders
 *
 * Where a run stands, as its cursor tells it. All of the run is in the cursor: the driver keeps
 * nothing between two pages.
 */
typedef struct
{
  gboolean delta;
  char *since;
  gint64 page;
  gboolean answers;
} FoyerPretixCursor;

void foyer_pretix_cursor_clear (FoyerPretixCursor *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FoyerPretixCursor, foyer_pretix_cursor_clear)

char *foyer_pretix_cursor_to_text (const FoyerPretixCursor *self);
gboolean foyer_pretix_cursor_parse (FoyerPretixCursor *self, const char *text, GError **error);
char *foyer_pretix_watermark_to_text (FoyerTime generated, gboolean answers);
gboolean foyer_pretix_watermark_parse (const char *text, FoyerTime *generated, gboolean *answers);

FoyerHttpRequest *foyer_pretix_resource_new_request (const FoyerPretixResource *self,
                                                     FoyerPretixClient *client,
                                                     const FoyerPretixCursor *cursor,
                                                     int page_size);
gboolean foyer_pretix_read_next (JsonObject *envelope,
                                 const char *path,
                                 gint64 page,
                                 gint64 *next,
                                 GError **error);

G_END_DECLS
