/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What foyerctl says: JSON lines and answers on standard output, everything else on standard error. */

#define G_LOG_DOMAIN "foyer-ctl"

#include "config.h"

#include "foyerctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

/**
 * foyerctl_exit_of_error:
 * @error: what went wrong
 *
 * Returns: the exit code that says it
 */
FoyerctlExit
foyerctl_exit_of_error (const GError *error)
{
  if (error->domain != FOYER_ERROR)
    return FOYERCTL_INTERNAL;

  switch ((FoyerError)error->code)
    {
    case FOYER_ERROR_OFFLINE:
    case FOYER_ERROR_TIMEOUT:
    case FOYER_ERROR_TLS:
    case FOYER_ERROR_RATE_LIMITED:
    case FOYER_ERROR_SERVER:
      return FOYERCTL_UNREACHED;
    case FOYER_ERROR_UNAUTHORIZED:
    case FOYER_ERROR_FORBIDDEN:
    case FOYER_ERROR_NOT_FOUND:
    case FOYER_ERROR_INVALID:
      return FOYERCTL_REFUSED;
    case FOYER_ERROR_CONFLICT:
      return FOYERCTL_PERSON;
    case FOYER_ERROR_PROTOCOL:
      return FOYERCTL_PROTOCOL;
    case FOYER_ERROR_STORAGE:
    case FOYER_ERROR_KEYRING:
      return FOYERCTL_STORAGE;
    case FOYER_ERROR_CANCELLED:
      return FOYERCTL_INTERNAL;
    }
  return FOYERCTL_INTERNAL;
}

static void
print_error (Foyerctl *self,
             const char *name,
             const char *message,
             const char *hint,
             const char *connection)
{
  g_autoptr (JsonBuilder) line = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  if (!self->json)
    {
      g_printerr ("foyerctl: %s\n", message);
      if (hint != NULL)
        g_printerr ("%s\n", hint);
      return;
    }

  line = foyerctl_line_new ();
  foyerctl_add_string (line, "error", name);
  foyerctl_add_string (line, "message", message);
  foyerctl_add_string (line, "hint", hint);
  foyerctl_add_string (line, "connection", connection);
  json_builder_end_object (line);
  root = json_builder_get_root (line);
  text = json_to_string (root, FALSE);
  g_printerr ("%s\n", text);
}

/* What to do, where who failed did not say it. */
static const char *
hint_of_error (const GError *error)
{
  const char *hint = foyer_error_get_hint (error);

  if (hint != NULL || error->domain != FOYER_ERROR)
    return hint;

  switch ((FoyerError)error->code)
    {
    case FOYER_ERROR_OFFLINE:
    case FOYER_ERROR_TIMEOUT:
    case FOYER_ERROR_TLS:
      return _ ("Check the network of this laptop, then try again.");
    case FOYER_ERROR_RATE_LIMITED:
    case FOYER_ERROR_SERVER:
      return _ ("Try again in a moment.");
    case FOYER_ERROR_PROTOCOL:
      return _ ("Try again. If it stays so, check the address of the connection, and tell who runs "
                "the service.");
    case FOYER_ERROR_NOT_FOUND:
      return foyer_error_get_status (error) != 0
                 ? _ ("Check organizer and event of the connection, and what its key may see.")
                 : NULL;
    case FOYER_ERROR_UNAUTHORIZED:
    case FOYER_ERROR_FORBIDDEN:
    case FOYER_ERROR_CONFLICT:
    case FOYER_ERROR_INVALID:
    case FOYER_ERROR_STORAGE:
    case FOYER_ERROR_KEYRING:
    case FOYER_ERROR_CANCELLED:
      return NULL;
    }
  return NULL;
}

/**
 * foyerctl_fail:
 * @self: the run
 * @error: what went wrong
 * @connection: (nullable): with whom
 *
 * Says it on standard error.
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_fail (Foyerctl *self, const GError *error, const char *connection)
{
  const char *name = error->domain == FOYER_ERROR
                         ? foyer_error_code_to_name ((FoyerError)error->code)
                         : "INTERNAL";

  print_error (self, name, error->message, hint_of_error (error), connection);
  return foyerctl_exit_of_error (error);
}

/**
 * foyerctl_misuse:
 * @self: the run
 * @format: printf() format of a sentence
 * @...: its arguments
 *
 * The command line cannot be understood.
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_misuse (Foyerctl *self, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  print_error (self, "USAGE", message, _ ("“foyerctl --help” says what there is."), NULL);
  return FOYERCTL_USAGE;
}

/**
 * foyerctl_say:
 * @self: the run
 * @format: printf() format of a sentence
 * @...: its arguments
 *
 * Tells a person how it goes, on standard error, unless it should be quiet.
 */
void
foyerctl_say (Foyerctl *self, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  if (self->quiet)
    return;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("%s\n", message);
}

/**
 * foyerctl_print:
 * @format: printf() format of an answer for people
 * @...: its arguments
 *
 * Prints a line of the answer on standard output.
 */
void
foyerctl_print (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("%s\n", message);
}

/**
 * foyerctl_line_new:
 *
 * Returns: (transfer full): a JSON object that has been begun
 */
JsonBuilder *
foyerctl_line_new (void)
{
  JsonBuilder *line = json_builder_new ();

  json_builder_begin_object (line);
  return line;
}

/**
 * foyerctl_line_print:
 * @line: what foyerctl_line_new() began
 *
 * Ends the object and prints it, at once: who reads must not wait for the next.
 */
void
foyerctl_line_print (JsonBuilder *line)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (line);
  root = json_builder_get_root (line);
  text = json_to_string (root, FALSE);
  fputs (text, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

/**
 * foyerctl_add_string:
 * @line: a line
 * @name: member
 * @value: (nullable): `null` if %NULL
 */
void
foyerctl_add_string (JsonBuilder *line, const char *name, const char *value)
{
  json_builder_set_member_name (line, name);
  if (value != NULL)
    json_builder_add_string_value (line, value);
  else
    json_builder_add_null_value (line);
}

/**
 * foyerctl_add_int:
 * @line: a line
 * @name: member
 * @value: a number
 */
void
foyerctl_add_int (JsonBuilder *line, const char *name, gint64 value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_int_value (line, value);
}

/**
 * foyerctl_add_boolean:
 * @line: a line
 * @name: member
 * @value: true or false
 */
void
foyerctl_add_boolean (JsonBuilder *line, const char *name, gboolean value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_boolean_value (line, value);
}

/**
 * foyerctl_add_time:
 * @line: a line
 * @name: member
 * @time: an instant, `null` if %FOYER_TIME_NONE
 * @zone: (nullable): in which zone; %NULL: UTC
 */
void
foyerctl_add_time (JsonBuilder *line, const char *name, FoyerTime time, GTimeZone *zone)
{
  g_autofree char *text = time != FOYER_TIME_NONE ? foyer_time_format (time, zone) : NULL;

  foyerctl_add_string (line, name, text);
}

/**
 * foyerctl_add_json:
 * @line: a line
 * @name: member
 * @json: (nullable): JSON text of ours; `null` if %NULL or damaged
 */
void
foyerctl_add_json (JsonBuilder *line, const char *name, const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;

  json_builder_set_member_name (line, name);
  if (node != NULL)
    json_builder_add_value (line, g_steal_pointer (&node));
  else
    json_builder_add_null_value (line);
}
