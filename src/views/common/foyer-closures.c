/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What templates make of a controller's values: pure, so that a test needs no display. The first
 * argument is the widget, as GTK gives it, and is not looked at. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-closures.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/**
 * foyer_closure_has_text:
 * @object: ignored
 * @text: (nullable): a text
 *
 * Returns: whether there is something to read
 */
gboolean
foyer_closure_has_text (gpointer object, const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * foyer_closure_not:
 * @object: ignored
 * @value: a value
 *
 * Returns: the contrary
 */
gboolean
foyer_closure_not (gpointer object, gboolean value)
{
  return !value;
}

/**
 * foyer_closure_any:
 * @object: ignored
 * @number: a count
 *
 * Returns: whether there is any
 */
gboolean
foyer_closure_any (gpointer object, gint64 number)
{
  return number > 0;
}

/**
 * foyer_closure_number:
 * @object: ignored
 * @number: a count
 *
 * Returns: (transfer full): the number as people write it
 */
char *
foyer_closure_number (gpointer object, gint64 number)
{
  return g_strdup_printf ("%'" PRId64, number);
}

/**
 * foyer_closure_waiting:
 * @object: ignored
 * @number: how many admissions wait to be sent
 *
 * Returns: (transfer full): "3 waiting"
 */
char *
foyer_closure_waiting (gpointer object, gint64 number)
{
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%'" PRId64 " waiting", "%'" PRId64 " waiting", (gulong)number),
      number);
}

/**
 * foyer_closure_what_to_scan:
 * @object: ignored
 * @leaving: whether who is scanned goes out
 *
 * Returns: (transfer full): what there is to do at the door
 */
char *
foyer_closure_what_to_scan (gpointer object, gboolean leaving)
{
  return g_strdup (leaving ? _ ("Scan who goes out, or type a name")
                           : _ ("Scan a ticket, or type a name"));
}
