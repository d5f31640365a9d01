/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "foyer-app"

#include "config.h"

#include "foyer-locale.h"

#include <libintl.h>
#include <locale.h>

/**
 * foyer_locale_begin:
 *
 * Foyer's words in the person's language, from where Foyer is installed. `FOYER_LOCALE_DIR` names another folder: what was
 * built and is not installed has its words beside it.
 */
void
foyer_locale_begin (void)
{
  const char *folder = g_getenv ("FOYER_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : FOYER_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
