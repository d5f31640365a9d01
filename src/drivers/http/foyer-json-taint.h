/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FoyerJsonTaint:
 * @FOYER_JSON_CLEAN: nothing is wrong
 * @FOYER_JSON_TAINT_NUMBER: an integer beyond 64 bits, or a number beyond a double
 * @FOYER_JSON_TAINT_NUL: `\u0000` in a string
 * @FOYER_JSON_TAINT_SURROGATE: half of a surrogate pair in a string
 * @FOYER_JSON_TAINT_DUPLICATE_KEY: a key that its object already has
 *
 * Well-formed JSON that the parser or the database would silently turn into something else. It
 * spoils the record that it stands in, not the page.
 */
typedef enum
{
  FOYER_JSON_CLEAN,
  FOYER_JSON_TAINT_NUMBER,
  FOYER_JSON_TAINT_NUL,
  FOYER_JSON_TAINT_SURROGATE,
  FOYER_JSON_TAINT_DUPLICATE_KEY,
} FoyerJsonTaint;

const char *foyer_json_taint_to_name (FoyerJsonTaint taint);

G_END_DECLS
