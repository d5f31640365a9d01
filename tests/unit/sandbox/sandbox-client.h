/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "foyer-sandbox.h"

G_BEGIN_DECLS

/* A plain client: one request over the wire, its answer as text and, if it is JSON, as a tree. */
typedef struct
{
  guint status;
  char *text;
  JsonNode *json;
  char *content_type;
  char *page_generated;
  char *date;
  char *retry_after;
  GError *error;
} Answer;

void answer_free (Answer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

Answer *ask (FoyerSandbox *sandbox,
             const char *authorization,
             const char *method,
             const char *address,
             const char *body);
Answer *ask_with_key (FoyerSandbox *sandbox,
                      const char *key,
                      const char *method,
                      const char *address,
                      const char *body);
JsonObject *answer_object (Answer *self);
JsonArray *answer_results (Answer *self);

G_END_DECLS
