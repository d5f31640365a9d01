/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be wrong with a value of well-formed JSON. */

#define G_LOG_DOMAIN "foyer-http"

#include "foyer-json-taint.h"

/**
 * foyer_json_taint_to_name:
 * @taint: what is wrong
 *
 * Returns: (nullable): words for the log, %NULL for %FOYER_JSON_CLEAN
 */
const char *
foyer_json_taint_to_name (FoyerJsonTaint taint)
{
  switch (taint)
    {
    case FOYER_JSON_TAINT_NUMBER:
      return "a number out of range";
    case FOYER_JSON_TAINT_NUL:
      return "a NUL character";
    case FOYER_JSON_TAINT_SURROGATE:
      return "half a surrogate pair";
    case FOYER_JSON_TAINT_DUPLICATE_KEY:
      return "a key twice";
    case FOYER_JSON_CLEAN:
      break;
    }

  return NULL;
}
