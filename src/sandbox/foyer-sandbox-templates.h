/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * FoyerSandboxKind:
 *
 * The catalogue's kinds of objects, each with every field that pretix shows.
 */
typedef enum
{
  FOYER_SANDBOX_KIND_EVENT,
  FOYER_SANDBOX_KIND_CATEGORY,
  FOYER_SANDBOX_KIND_ITEM,
  FOYER_SANDBOX_KIND_VARIATION,
  FOYER_SANDBOX_KIND_QUESTION,
  FOYER_SANDBOX_KIND_OPTION,
  FOYER_SANDBOX_KIND_QUOTA,
  FOYER_SANDBOX_KIND_TAX_RULE,
  FOYER_SANDBOX_KIND_LIST,
  FOYER_SANDBOX_KIND_SUBEVENT,
} FoyerSandboxKind;

JsonObject *foyer_sandbox_template_new (FoyerSandboxKind kind, JsonObject *values);
JsonObject *foyer_sandbox_template_parse (FoyerSandboxKind kind, const char *json);
JsonObject *foyer_sandbox_json_parse (const char *json);
gboolean foyer_sandbox_template_is_i18n (FoyerSandboxKind kind, const char *field);

G_END_DECLS
