/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "foyer-app"

#include "config.h"

#include "foyer-application.h"
#include "foyer-locale.h"

#include <glib/gi18n.h>

int
main (int argc, char **argv)
{
  g_autoptr (FoyerApplication) application = NULL;

  /* Before the first session: HTTP/2 resends what must not go out twice (drivers/http says more). */
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);

  foyer_locale_begin ();
  g_set_application_name (_ ("Foyer"));

  application = foyer_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
