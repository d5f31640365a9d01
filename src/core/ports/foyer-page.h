/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

/**
 * FoyerResource:
 * @FOYER_RESOURCE_ORGANIZERS: FoyerOrganizer: what the account sees, to choose from; never mirrored
 * @FOYER_RESOURCE_EVENTS: FoyerEvent: the organiser's events, to choose from; never mirrored
 * @FOYER_RESOURCE_EVENT: FoyerEvent: the connection's one event, whole
 * @FOYER_RESOURCE_SUBEVENTS: FoyerSubevent
 * @FOYER_RESOURCE_CATEGORIES: FoyerCategory
 * @FOYER_RESOURCE_PRODUCTS: FoyerProduct, variations inside
 * @FOYER_RESOURCE_QUESTIONS: FoyerQuestion, options inside
 * @FOYER_RESOURCE_LISTS: FoyerCheckInList
 * @FOYER_RESOURCE_REVOKED: FoyerSecretMark
 * @FOYER_RESOURCE_BLOCKED: FoyerSecretMark
 * @FOYER_RESOURCE_ORDERS: FoyerOrder, tickets and their check-ins inside
 *
 * What can be pulled, in the order in which a sync pulls it: small and needed first, so that a door
 * can ask the service about unknown tickets while the orders still come. The type of a page's
 * records stands behind each.
 */
typedef enum
{
  FOYER_RESOURCE_ORGANIZERS,
  FOYER_RESOURCE_EVENTS,
  FOYER_RESOURCE_EVENT,
  FOYER_RESOURCE_SUBEVENTS,
  FOYER_RESOURCE_CATEGORIES,
  FOYER_RESOURCE_PRODUCTS,
  FOYER_RESOURCE_QUESTIONS,
  FOYER_RESOURCE_LISTS,
  FOYER_RESOURCE_REVOKED,
  FOYER_RESOURCE_BLOCKED,
  FOYER_RESOURCE_ORDERS,
} FoyerResource;

#define FOYER_N_RESOURCES (FOYER_RESOURCE_ORDERS + 1)

const char *foyer_resource_to_word (FoyerResource resource);
gboolean foyer_resource_from_word (const char *word, FoyerResource *resource);

#define FOYER_TYPE_PAGE (foyer_page_get_type ())

/**
 * FoyerPage:
 * @resource: of what
 * @records: (element-type gpointer): the records, of the type that belongs to @resource
 * @rejects: (element-type utf8) (nullable): of each record that could not be read, a detail for the
 *   log ("results[17]: secret is a number"), without personal data
 * @next: (nullable): the driver's cursor of the following page; %NULL on the last
 * @watermark: (nullable): the driver's mark from which a later pull goes on; the store keeps the
 *   *first* page's until the last page is in, and only then makes it the current one
 * @resume: (nullable): a cursor from which an interrupted *first* run can go on even after a restart
 *   (pretix: created_since of the last order); %NULL: @next does for that
 * @total: records the service says there are, or -1
 * @whole: this run lists everything: what the store has and the run did not bring is gone
 * @generated: the service's clock when the page was made, or %FOYER_TIME_NONE: check-ins written
 *   locally after it are newer than the page
 * @bytes: size of the body
 *
 * One page of one resource. Immutable once made.
 */
typedef struct _FoyerPage FoyerPage;
struct _FoyerPage
{
  FoyerResource resource;
  GPtrArray *records;
  GPtrArray *rejects;
  char *next;
  char *watermark;
  char *resume;
  gint64 total;
  gboolean whole;
  FoyerTime generated;
  gsize bytes;
};

GType foyer_page_get_type (void) G_GNUC_CONST;
FoyerPage *foyer_page_new (FoyerResource resource);
FoyerPage *foyer_page_ref (FoyerPage *self);
void foyer_page_unref (FoyerPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerPage, foyer_page_unref)

#define FOYER_TYPE_PULL_REQUEST (foyer_pull_request_get_type ())

/**
 * FoyerPullRequest:
 * @resource: of what
 * @cursor: (nullable): a former page's next (or resume) cursor; %NULL begins
 * @watermark: (nullable): the mark of the last finished run: only what changed since; %NULL: all
 * @page_size: records wanted, 0 for the driver's choice
 *
 * Which page is wanted. Immutable once made.
 */
typedef struct _FoyerPullRequest FoyerPullRequest;
struct _FoyerPullRequest
{
  FoyerResource resource;
  char *cursor;
  char *watermark;
  int page_size;
};

GType foyer_pull_request_get_type (void) G_GNUC_CONST;
FoyerPullRequest *
foyer_pull_request_new (FoyerResource resource, const char *cursor, const char *watermark);
FoyerPullRequest *foyer_pull_request_ref (FoyerPullRequest *self);
void foyer_pull_request_unref (FoyerPullRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerPullRequest, foyer_pull_request_unref)

G_END_DECLS
