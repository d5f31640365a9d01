/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The error domain. A GError carries the sentence for the person; what else is known (the log's
 * detail, a hint, what became of the request) travels inside it as an extended error. */

#define G_LOG_DOMAIN "foyer-base"

#include "config.h"

#include "foyer-error.h"

#include <glib/gi18n.h>

typedef struct
{
  char *detail; /* (owned) (nullable) for the log: no secret, no personal data */
  char *hint;   /* (owned) (nullable) a second sentence: what to do */
  FoyerOutcome outcome;
  gint64 retry_after; /* microseconds; 0 = not said */
  int status;         /* HTTP status; 0 = none */
} FoyerErrorPrivate;

static void
foyer_error_private_init (FoyerErrorPrivate *priv)
{
  priv->outcome = FOYER_OUTCOME_NEVER_SENT;
}

static void
foyer_error_private_copy (const FoyerErrorPrivate *source, FoyerErrorPrivate *target)
{
  *target = *source;
  target->detail = g_strdup (source->detail);
  target->hint = g_strdup (source->hint);
}

static void
foyer_error_private_clear (FoyerErrorPrivate *priv)
{
  g_clear_pointer (&priv->detail, g_free);
  g_clear_pointer (&priv->hint, g_free);
}

G_DEFINE_EXTENDED_ERROR (FoyerError, foyer_error)

static FoyerErrorPrivate *
private_of (const GError *error)
{
  if (error == NULL || error->domain != FOYER_ERROR)
    return NULL;

  return foyer_error_get_private (error);
}

static GError *
new_valist (FoyerError code, const char *detail, const char *sentence_format, va_list args)
{
  GError *error = g_error_new_valist (FOYER_ERROR, (int)code, sentence_format, args);

  private_of (error)->detail = g_strdup (detail);
  return error;
}

/**
 * foyer_error_new:
 * @code: what the person can do about it
 * @detail: (nullable): for the log; must not hold a secret or personal data
 * @sentence_format: printf() format of the sentence for the person, translated
 * @...: its arguments
 *
 * Returns: (transfer full): a new error in the %FOYER_ERROR domain
 */
GError *
foyer_error_new (FoyerError code, const char *detail, const char *sentence_format, ...)
{
  va_list args;
  GError *error;

  va_start (args, sentence_format);
  error = new_valist (code, detail, sentence_format, args);
  va_end (args);
  return error;
}

/**
 * foyer_error_set:
 * @error: (out) (optional): where to put it
 * @code: what the person can do about it
 * @detail: (nullable): for the log; must not hold a secret or personal data
 * @sentence_format: printf() format of the sentence for the person, translated
 * @...: its arguments
 *
 * g_set_error() for this domain.
 */
void
foyer_error_set (GError **error,
                 FoyerError code,
                 const char *detail,
                 const char *sentence_format,
                 ...)
{
  va_list args;

  if (error == NULL)
    return;

  va_start (args, sentence_format);
  g_propagate_error (error, new_valist (code, detail, sentence_format, args));
  va_end (args);
}

/* What can be said without knowing what was tried. */
static const char *
get_plain_sentence (FoyerError code)
{
  switch (code)
    {
    case FOYER_ERROR_OFFLINE:
      return _ ("The service cannot be reached now.");
    case FOYER_ERROR_TIMEOUT:
      return _ ("The service did not answer in time.");
    case FOYER_ERROR_TLS:
      return _ ("There is no secure connection to the service.");
    case FOYER_ERROR_UNAUTHORIZED:
      return _ ("The service does not accept the key of this connection.");
    case FOYER_ERROR_FORBIDDEN:
      return _ ("The key of this connection does not allow this.");
    case FOYER_ERROR_NOT_FOUND:
      return _ ("This does not exist, or not any more.");
    case FOYER_ERROR_CONFLICT:
      return _ ("This has changed in the meantime. Look again.");
    case FOYER_ERROR_RATE_LIMITED:
      return _ ("The service asks for fewer requests.");
    case FOYER_ERROR_INVALID:
      return _ ("This cannot be accepted as it is.");
    case FOYER_ERROR_SERVER:
      return _ ("The service has a problem of its own.");
    case FOYER_ERROR_PROTOCOL:
      return _ ("The service answered in a way that is not understood.");
    case FOYER_ERROR_STORAGE:
      return _ ("The records on this laptop cannot be read or written.");
    case FOYER_ERROR_KEYRING:
      return _ ("The keyring of this laptop cannot be used.");
    case FOYER_ERROR_CANCELLED:
      return _ ("This was stopped.");
    }

  return _ ("Something went wrong.");
}

/**
 * foyer_error_new_plain:
 * @code: what the person can do about it
 * @detail: (nullable): for the log; must not hold a secret or personal data
 *
 * For layers that have no words: the sentence is the one that fits every error of this code. Who knows
 * more of what was tried says it better, by foyer_error_new().
 *
 * Returns: (transfer full): a new error in the %FOYER_ERROR domain
 */
GError *
foyer_error_new_plain (FoyerError code, const char *detail)
{
  return foyer_error_new (code, detail, "%s", get_plain_sentence (code));
}

/**
 * foyer_error_set_plain:
 * @error: (out) (optional): where to put it
 * @code: what the person can do about it
 * @detail: (nullable): for the log; must not hold a secret or personal data
 *
 * foyer_error_new_plain() for an error to be returned.
 */
void
foyer_error_set_plain (GError **error, FoyerError code, const char *detail)
{
  if (error != NULL)
    g_propagate_error (error, foyer_error_new_plain (code, detail));
}

/**
 * foyer_error_get_detail:
 * @error: any error
 *
 * Returns: (nullable): the detail for the log, if @error is ours and has one
 */
const char *
foyer_error_get_detail (const GError *error)
{
  FoyerErrorPrivate *priv = private_of (error);

  return priv != NULL ? priv->detail : NULL;
}

/**
 * foyer_error_get_hint:
 * @error: any error
 *
 * Returns: (nullable): a sentence that says what to do next
 */
const char *
foyer_error_get_hint (const GError *error)
{
  FoyerErrorPrivate *priv = private_of (error);

  return priv != NULL ? priv->hint : NULL;
}

/**
 * foyer_error_set_hint:
 * @error: an error of this domain
 * @hint: (nullable): a translated sentence that says what to do next
 */
void
foyer_error_set_hint (GError *error, const char *hint)
{
  FoyerErrorPrivate *priv = private_of (error);
  char *copy;

  g_return_if_fail (priv != NULL);

  copy = g_strdup (hint);
  g_free (priv->hint);
  priv->hint = copy;
}

/**
 * foyer_error_get_outcome:
 * @error: any error
 *
 * Returns: what became of the request. An error of another domain is %FOYER_OUTCOME_UNKNOWN, the
 *   careful answer.
 */
FoyerOutcome
foyer_error_get_outcome (const GError *error)
{
  FoyerErrorPrivate *priv = private_of (error);

  return priv != NULL ? priv->outcome : FOYER_OUTCOME_UNKNOWN;
}

/**
 * foyer_error_set_outcome:
 * @error: an error of this domain
 * @outcome: what became of the request
 */
void
foyer_error_set_outcome (GError *error, FoyerOutcome outcome)
{
  FoyerErrorPrivate *priv = private_of (error);

  g_return_if_fail (priv != NULL);
  priv->outcome = outcome;
}

/**
 * foyer_error_get_retry_after:
 * @error: any error
 *
 * Returns: the pause the service asked for, in microseconds, or 0
 */
gint64
foyer_error_get_retry_after (const GError *error)
{
  FoyerErrorPrivate *priv = private_of (error);

  return priv != NULL ? priv->retry_after : 0;
}

/**
 * foyer_error_set_retry_after:
 * @error: an error of this domain
 * @microseconds: the pause the service asked for
 */
void
foyer_error_set_retry_after (GError *error, gint64 microseconds)
{
  FoyerErrorPrivate *priv = private_of (error);

  g_return_if_fail (priv != NULL);
  priv->retry_after = microseconds;
}

/**
 * foyer_error_get_status:
 * @error: any error
 *
 * Returns: the HTTP status that came, or 0
 */
int
foyer_error_get_status (const GError *error)
{
  FoyerErrorPrivate *priv = private_of (error);

  return priv != NULL ? priv->status : 0;
}

/**
 * foyer_error_set_status:
 * @error: an error of this domain
 * @http_status: the HTTP status that came
 */
void
foyer_error_set_status (GError *error, int http_status)
{
  FoyerErrorPrivate *priv = private_of (error);

  g_return_if_fail (priv != NULL);
  priv->status = http_status;
}

/**
 * foyer_error_code_to_name:
 * @code: a code of this domain
 *
 * Returns: the name scripts see, such as `RATE_LIMITED`
 */
const char *
foyer_error_code_to_name (FoyerError code)
{
  switch (code)
    {
    case FOYER_ERROR_OFFLINE:
      return "OFFLINE";
    case FOYER_ERROR_TIMEOUT:
      return "TIMEOUT";
    case FOYER_ERROR_TLS:
      return "TLS";
    case FOYER_ERROR_UNAUTHORIZED:
      return "UNAUTHORIZED";
    case FOYER_ERROR_FORBIDDEN:
      return "FORBIDDEN";
    case FOYER_ERROR_NOT_FOUND:
      return "NOT_FOUND";
    case FOYER_ERROR_CONFLICT:
      return "CONFLICT";
    case FOYER_ERROR_RATE_LIMITED:
      return "RATE_LIMITED";
    case FOYER_ERROR_INVALID:
      return "INVALID";
    case FOYER_ERROR_SERVER:
      return "SERVER";
    case FOYER_ERROR_PROTOCOL:
      return "PROTOCOL";
    case FOYER_ERROR_STORAGE:
      return "STORAGE";
    case FOYER_ERROR_KEYRING:
      return "KEYRING";
    case FOYER_ERROR_CANCELLED:
      return "CANCELLED";
    }

  return "INTERNAL";
}

/**
 * foyer_error_is_transient:
 * @error: any error
 *
 * Returns: %TRUE if the same request may well succeed later without anybody doing anything: the
 *   network, a slow, busy or failing server
 */
gboolean
foyer_error_is_transient (const GError *error)
{
  if (error == NULL || error->domain != FOYER_ERROR)
    return FALSE;

  return error->code == FOYER_ERROR_OFFLINE || error->code == FOYER_ERROR_TIMEOUT
         || error->code == FOYER_ERROR_RATE_LIMITED || error->code == FOYER_ERROR_SERVER;
}
