/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_ERROR (foyer_error_quark ())

/**
 * FoyerError:
 * @FOYER_ERROR_OFFLINE: the service could not be reached: no network, no such host, refused
 * @FOYER_ERROR_TIMEOUT: the service did not answer in time
 * @FOYER_ERROR_TLS: the certificate is not trusted, or there is no secure connection
 * @FOYER_ERROR_UNAUTHORIZED: the credential is wrong, revoked or expired
 * @FOYER_ERROR_FORBIDDEN: the credential is right, but may not do this
 * @FOYER_ERROR_NOT_FOUND: the thing is not there
 * @FOYER_ERROR_CONFLICT: the thing is in another state than we thought
 * @FOYER_ERROR_RATE_LIMITED: too many requests; see foyer_error_get_retry_after()
 * @FOYER_ERROR_INVALID: what we (or the person) sent is not acceptable
 * @FOYER_ERROR_SERVER: the service failed (5xx)
 * @FOYER_ERROR_PROTOCOL: the service said something we cannot read
 * @FOYER_ERROR_STORAGE: the disk or the database failed
 * @FOYER_ERROR_KEYRING: the system keyring is missing, locked or failed
 * @FOYER_ERROR_CANCELLED: the person stopped it; never shown as a failure
 *
 * The one error domain of Foyer, ordered by what the person can do about it.
 */
typedef enum
{
  FOYER_ERROR_OFFLINE,
  FOYER_ERROR_TIMEOUT,
  FOYER_ERROR_TLS,
  FOYER_ERROR_UNAUTHORIZED,
  FOYER_ERROR_FORBIDDEN,
  FOYER_ERROR_NOT_FOUND,
  FOYER_ERROR_CONFLICT,
  FOYER_ERROR_RATE_LIMITED,
  FOYER_ERROR_INVALID,
  FOYER_ERROR_SERVER,
  FOYER_ERROR_PROTOCOL,
  FOYER_ERROR_STORAGE,
  FOYER_ERROR_KEYRING,
  FOYER_ERROR_CANCELLED,
} FoyerError;

/**
 * FoyerOutcome:
 * @FOYER_OUTCOME_NEVER_SENT: no byte of the request reached the wire: it may be sent again at will
 * @FOYER_OUTCOME_UNKNOWN: it was (or may have been) sent and no complete answer came: look first
 * @FOYER_OUTCOME_ANSWERED: the service answered; the error is its answer
 *
 * What is known of a failed request: the difference between "try again" and "look before you try again".
 * Errors that do not come from a request are %FOYER_OUTCOME_NEVER_SENT.
 */
typedef enum
{
  FOYER_OUTCOME_NEVER_SENT,
  FOYER_OUTCOME_UNKNOWN,
  FOYER_OUTCOME_ANSWERED,
} FoyerOutcome;

GQuark foyer_error_quark (void) G_GNUC_CONST;

GError *foyer_error_new (FoyerError code, const char *detail, const char *sentence_format, ...)
    G_GNUC_PRINTF (3, 4) G_GNUC_WARN_UNUSED_RESULT;
void foyer_error_set (GError **error,
                      FoyerError code,
                      const char *detail,
                      const char *sentence_format,
                      ...) G_GNUC_PRINTF (4, 5);
GError *foyer_error_new_plain (FoyerError code, const char *detail) G_GNUC_WARN_UNUSED_RESULT;
void foyer_error_set_plain (GError **error, FoyerError code, const char *detail);

const char *foyer_error_get_detail (const GError *error);
const char *foyer_error_get_hint (const GError *error);
void foyer_error_set_hint (GError *error, const char *hint);
FoyerOutcome foyer_error_get_outcome (const GError *error);
void foyer_error_set_outcome (GError *error, FoyerOutcome outcome);
gint64 foyer_error_get_retry_after (const GError *error);
void foyer_error_set_retry_after (GError *error, gint64 microseconds);
int foyer_error_get_status (const GError *error);
void foyer_error_set_status (GError *error, int http_status);

const char *foyer_error_code_to_name (FoyerError code);
gboolean foyer_error_is_transient (const GError *error);

G_END_DECLS
