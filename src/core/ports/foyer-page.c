/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One page of one resource, and the request for it. */

#define G_LOG_DOMAIN "foyer-ports"

#include "foyer-page.h"

G_DEFINE_BOXED_TYPE (FoyerPage, foyer_page, foyer_page_ref, foyer_page_unref)
G_DEFINE_BOXED_TYPE (FoyerPullRequest,
                     foyer_pull_request,
                     foyer_pull_request_ref,
                     foyer_pull_request_unref)

static const char *const resource_words[FOYER_N_RESOURCES] = {
  "organizers", "events", "event",   "subevents", "categories", "products",
  "questions",  "lists",  "revoked", "blocked",   "orders",
};

/**
 * foyer_resource_to_word:
 * @resource: a resource
 *
 * Returns: its word, as the store keeps it
 */
const char *
foyer_resource_to_word (FoyerResource resource)
{
  g_return_val_if_fail ((guint)resource < FOYER_N_RESOURCES, NULL);

  return resource_words[resource];
}

/**
 * foyer_resource_from_word:
 * @word: (nullable): a word
 * @resource: (out): the resource
 *
 * Returns: %FALSE if the word is unknown
 */
gboolean
foyer_resource_from_word (const char *word, FoyerResource *resource)
{
  for (guint i = 0; i < FOYER_N_RESOURCES; i++)
    if (g_strcmp0 (word, resource_words[i]) == 0)
      {
        *resource = i;
        return TRUE;
      }

  return FALSE;
}

static void
foyer_page_clear (gpointer data)
{
  FoyerPage *self = data;

  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  g_free (self->next);
  g_free (self->watermark);
  g_free (self->resume);
}

/**
 * foyer_page_new:
 * @resource: of what
 *
 * Returns: (transfer full): a page without records, to be filled in by its maker before anybody else sees it
 */
FoyerPage *
foyer_page_new (FoyerResource resource)
{
  FoyerPage *self = g_atomic_rc_box_new0 (FoyerPage);

  self->resource = resource;
  self->total = -1;
  self->generated = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_page_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerPage *
foyer_page_ref (FoyerPage *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_page_unref:
 * @self: (transfer full): a value
 */
void
foyer_page_unref (FoyerPage *self)
{
  g_atomic_rc_box_release_full (self, foyer_page_clear);
}

static void
foyer_pull_request_clear (gpointer data)
{
  FoyerPullRequest *self = data;

  g_free (self->cursor);
  g_free (self->watermark);
}

/**
 * foyer_pull_request_new:
 * @resource: of what
 * @cursor: (nullable): where to go on
 * @watermark: (nullable): since when
 *
 * Returns: (transfer full): the request
 */
FoyerPullRequest *
foyer_pull_request_new (FoyerResource resource, const char *cursor, const char *watermark)
{
  FoyerPullRequest *self = g_atomic_rc_box_new0 (FoyerPullRequest);

  self->resource = resource;
  self->cursor = g_strdup (cursor);
  self->watermark = g_strdup (watermark);
  return self;
}

/**
 * foyer_pull_request_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerPullRequest *
foyer_pull_request_ref (FoyerPullRequest *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_pull_request_unref:
 * @self: (transfer full): a value
 */
void
foyer_pull_request_unref (FoyerPullRequest *self)
{
  g_atomic_rc_box_release_full (self, foyer_pull_request_clear);
}
