/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people type, paste or scan when they connect: pure functions over text. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-connect-input.h"

#include "foyer-error.h"
#include "foyer-json.h"

#include <glib/gi18n.h>
#include <string.h>

#define CODE_MAX_BYTES 4096
#define ADDRESS_MAX_BYTES 2000
#define KEY_MAX_BYTES 512

/* Places of pretix that people copy from the browser's bar; everything from there on is not the address. */
static const char *const known_paths[] = { "/control", "/api/v1", "/api/" };

/**
 * foyer_connect_input_clean_address:
 * @text: (nullable): what was typed
 *
 * `pretix.eu/control/` becomes `https://pretix.eu`: a missing scheme is https (http on the loopback), blanks
 * and what follows a place of pretix's own pages go, and so does the last slash.
 *
 * Returns: (transfer full): the address of the installation
 */
char *
foyer_connect_input_clean_address (const char *text)
{
  g_autofree char *address = g_strstrip (g_strdup (text != NULL ? text : ""));
  char *cut = NULL;

  if (*address != '\0' && strstr (address, "://") == NULL)
    {
      gboolean local = g_str_has_prefix (address, "localhost")
                       || g_str_has_prefix (address, "127.");
      char *full = g_strconcat (local ? "http://" : "https://", address, NULL);

      g_free (address);
      address = full;
    }

  cut = strpbrk (address, "?#");
  if (cut != NULL)
    *cut = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (known_paths); i++)
    {
      char *scheme_end = strstr (address, "://");

      cut = scheme_end != NULL ? strstr (scheme_end + 3, known_paths[i]) : NULL;
      if (cut != NULL)
        *cut = '\0';
    }
  while (g_str_has_suffix (address, "/") && !g_str_has_suffix (address, "://"))
    address[strlen (address) - 1] = '\0';
  return g_steal_pointer (&address);
}

/**
 * foyer_connect_input_parse_code:
 * @text: (nullable): what was pasted or scanned
 * @address: (out): the address in it
 * @token: (out): the initialisation token in it
 *
 * Reads the code that pretix's device page shows: `{"handshake_version": 1, "url": ..., "token": ...}`.
 *
 * Returns: whether @text is such a code
 */
gboolean
foyer_connect_input_parse_code (const char *text, char **address, char **token)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *object;
  gsize length = text != NULL ? strlen (text) : 0;
  guint depth = 0;

  if (length == 0 || length > CODE_MAX_BYTES || strchr (text, '{') == NULL)
    return FALSE;

  /* The code is flat; json-glib is not to be trusted with a deep one. */
  for (gsize i = 0; i < length; i++)
    if ((text[i] == '{' || text[i] == '[') && ++depth > 4)
      return FALSE;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return FALSE;

  object = foyer_json_get_root_object (json_parser_get_root (parser));
  if (foyer_json_get_string (object, "url") == NULL
      || foyer_json_get_string (object, "token") == NULL)
    return FALSE;

  *address = g_strdup (foyer_json_get_string (object, "url"));
  *token = g_strdup (foyer_json_get_string (object, "token"));
  return TRUE;
}

static gboolean
is_printable_ascii (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;

  return TRUE;
}

/**
 * foyer_connect_input_validate:
 * @address: (nullable): what was typed as the address
 * @key: (nullable): what was typed as the key
 * @key_known: whether a key is held already, so that none has to be typed
 * @error: return location
 *
 * Returns: %FALSE with %FOYER_ERROR_INVALID, which says what is missing, before anything is asked of a
 *   service
 */
gboolean
foyer_connect_input_validate (const char *address,
                              const char *key,
                              gboolean key_known,
                              GError **error)
{
  g_autofree char *clean = foyer_connect_input_clean_address (address);
  g_autoptr (GUri) uri = NULL;
  g_autofree char *stripped = NULL;

  if (*clean == '\0')
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, NULL,
                       _ ("Enter the address of pretix, for example https://pretix.eu."));
      return FALSE;
    }

  uri = strlen (clean) <= ADDRESS_MAX_BYTES ? g_uri_parse (clean, G_URI_FLAGS_NONE, NULL) : NULL;
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, NULL,
                       _ ("This is not an address. It looks like https://pretix.eu."));
      return FALSE;
    }

  if (key_known)
    return TRUE;

  stripped = g_strstrip (g_strdup (key != NULL ? key : ""));
  if (*stripped == '\0')
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, NULL,
                       _ ("Enter the token that pretix shows for the device or the team."));
      return FALSE;
    }
  if (strlen (stripped) > KEY_MAX_BYTES || !is_printable_ascii (stripped))
    {
      foyer_error_set (
          error, FOYER_ERROR_INVALID, NULL,
          _ ("This is not a token. Copy it again from pretix: letters and digits only."));
      return FALSE;
    }

  return TRUE;
}
