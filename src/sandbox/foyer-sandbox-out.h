/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "foyer-time.h"

G_BEGIN_DECLS

/**
 * FoyerSandboxOut:
 * @text: what has been written
 * @include: (nullable) (element-type utf8): `include=` values; only these fields are written
 * @exclude: (nullable) (element-type utf8): `exclude=` values; these are left out
 * @scope: (nullable): the list of children that is being written (`positions`), for dotted values
 *
 * Writes JSON straight into a string, page by page: a tree of objects for 50 orders would cost ten
 * times as much. Letters outside of ASCII are escaped, as pretix does.
 */
typedef struct
{
  GString *text;
  GPtrArray *include;
  GPtrArray *exclude;
  const char *scope;
} FoyerSandboxOut;

gboolean foyer_sandbox_out_wants (const FoyerSandboxOut *out, const char *key);
gboolean foyer_sandbox_out_open (FoyerSandboxOut *out, const char *key, char bracket);
void foyer_sandbox_out_close (FoyerSandboxOut *out, char bracket);
void foyer_sandbox_out_string (FoyerSandboxOut *out, const char *key, const char *value);
void foyer_sandbox_out_int (FoyerSandboxOut *out, const char *key, gint64 value);
void foyer_sandbox_out_id (FoyerSandboxOut *out, const char *key, gint64 id);
void foyer_sandbox_out_bool (FoyerSandboxOut *out, const char *key, gboolean value);
void foyer_sandbox_out_raw (FoyerSandboxOut *out, const char *key, const char *json);
void foyer_sandbox_out_money (FoyerSandboxOut *out, const char *key, gint64 minor);
void
foyer_sandbox_out_time (FoyerSandboxOut *out, const char *key, FoyerTime time, GTimeZone *zone);
void foyer_sandbox_out_node (FoyerSandboxOut *out, const char *key, JsonNode *node);
void foyer_sandbox_out_object (FoyerSandboxOut *out, const char *key, JsonObject *object);
void foyer_sandbox_out_members (FoyerSandboxOut *out, JsonObject *object);

G_END_DECLS
