/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A call to the outside as the audit shows it: in the laptop's own time, since that is what it was
 * recorded by. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-call-words.h"

#include "foyer-text.h"
#include "foyer-time.h"

#include <glib/gi18n.h>

#define NAME_MAX_CHARS 120
#define FIRST_ERROR_STATUS 400

G_DEFINE_BOXED_TYPE (FoyerCallWords, foyer_call_words, foyer_call_words_ref, foyer_call_words_unref)

/**
 * foyer_call_words_for_duration:
 * @microseconds: how long it took
 *
 * Returns: (transfer full): "84 ms", "1.2 s"
 */
char *
foyer_call_words_for_duration (gint64 microseconds)
{
  gint64 milliseconds = (MAX (microseconds, 0) + 500) / 1000;

  if (milliseconds < 1000)
    return g_strdup_printf (_ ("%d ms"), (int)milliseconds);

  return g_strdup_printf (_ ("%.1f s"), (double)milliseconds / 1000);
}

static char *
describe_answer (const FoyerCall *call)
{
  g_autofree char *duration = foyer_call_words_for_duration (call->duration);

  if (call->status != 0)
    return g_strdup_printf ("%d · %s", call->status, duration);
  if (g_strcmp0 (call->error, "CANCELLED") == 0)
    /* Translators: %s is how long it took, "1.2 s" */
    return g_strdup_printf (_ ("Stopped · %s"), duration);

  return g_strdup_printf (_ ("No answer · %s"), duration);
}

/**
 * foyer_call_words_new:
 * @call: a call
 *
 * Returns: (transfer full): the call in words
 */
FoyerCallWords *
foyer_call_words_new (const FoyerCall *call)
{
  FoyerCallWords *self;
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autoptr (GDateTime) at = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (call != NULL, NULL);

  self = g_atomic_rc_box_new0 (FoyerCallWords);
  at = foyer_time_to_date_time (call->at, local);
  name = foyer_text_clean_line (call->connection != NULL ? call->connection : call->service,
                                NAME_MAX_CHARS);
  /* Translators: day, month and time to the second in digits, such as "16/05 10:42:07" */
  self->at = at != NULL ? g_date_time_format (at, _ ("%d/%m %H:%M:%S")) : g_strdup ("");
  self->connection = foyer_text_isolate (name);
  self->request = g_strdup_printf ("%s %s", call->method, call->route);
  self->answer = describe_answer (call);
  self->failed = call->error != NULL || call->status == 0 || call->status >= FIRST_ERROR_STATUS;
  return self;
}

/**
 * foyer_call_words_ref:
 * @self: the words
 *
 * Returns: (transfer full): @self
 */
FoyerCallWords *
foyer_call_words_ref (FoyerCallWords *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
foyer_call_words_clear (gpointer data)
{
  FoyerCallWords *self = data;

  g_free (self->at);
  g_free (self->connection);
  g_free (self->request);
  g_free (self->answer);
}

/**
 * foyer_call_words_unref:
 * @self: (transfer full): the words
 */
void
foyer_call_words_unref (FoyerCallWords *self)
{
  g_atomic_rc_box_release_full (self, foyer_call_words_clear);
}
