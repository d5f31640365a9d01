/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What pretix means by its statuses (contracts/pretix.md 2), in words that help a person. */

#define G_LOG_DOMAIN "foyer-pretix"

#include "config.h"

#include "foyer-pretix-errors.h"

#include <glib/gi18n.h>

#include "foyer-json.h"
#include "foyer-text.h"

/**
 * foyer_pretix_answer_is_refusal:
 * @response: an answer
 *
 * Returns: whether it is what pretix says when it refuses: a JSON object with a `detail`
 */
gboolean
foyer_pretix_answer_is_refusal (FoyerHttpResponse *response)
{
  JsonObject *object = foyer_http_response_has_json (response)
                           ? foyer_http_response_get_object (response, NULL)
                           : NULL;

  return foyer_json_get_string (object, "detail") != NULL;
}

static const char *
first_text (JsonNode *node)
{
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)
      && json_array_get_length (json_node_get_array (node)) > 0)
    node = json_array_get_element (json_node_get_array (node), 0);

  return foyer_json_node_get_string (node);
}

/**
 * foyer_pretix_answer_dup_text:
 * @response: an answer
 *
 * pretix says what is wrong as `{"detail": "..."}`, `["..."]` or `{"field": ["..."]}`.
 *
 * Returns: (transfer full) (nullable): the first such text, on one line, for a person to read
 */
char *
foyer_pretix_answer_dup_text (FoyerHttpResponse *response)
{
  JsonNode *root = foyer_http_response_has_json (response)
                       ? foyer_http_response_get_json (response, NULL)
                       : NULL;
  JsonObject *object = foyer_json_get_root_object (root);
  const char *text = first_text (root);

  if (object != NULL)
    {
      g_autoptr (GList) names = json_object_get_members (object);

      for (const GList *l = names; text == NULL && l != NULL; l = l->next)
        text = first_text (json_object_get_member (object, l->data));
    }

  return text != NULL && *text != '\0' ? foyer_text_clean_line (text, 200) : NULL;
}

static void
copy_extras (const GError *from, GError *to)
{
  foyer_error_set_hint (to, foyer_error_get_hint (from));
  foyer_error_set_outcome (to, foyer_error_get_outcome (from));
  foyer_error_set_retry_after (to, foyer_error_get_retry_after (from));
  foyer_error_set_status (to, foyer_error_get_status (from));
}

/**
 * foyer_pretix_error_with_sentence:
 * @error: an error of ours
 * @sentence: what to tell the person instead
 *
 * Returns: (transfer full): the same error with another sentence
 */
GError *
foyer_pretix_error_with_sentence (const GError *error, const char *sentence)
{
  GError *copy = foyer_error_new ((FoyerError)error->code, foyer_error_get_detail (error), "%s",
                                  sentence);

  copy_extras (error, copy);
  return copy;
}

/**
 * foyer_pretix_error_from_answer:
 * @response: an answer that is no success
 *
 * 409 means that the server could not get hold of a lock: nothing was done, and the same may be
 * sent again after a pause. 404 with a web page has been told from 404 with `detail` before.
 *
 * Returns: (transfer full): the error
 */
GError *
foyer_pretix_error_from_answer (FoyerHttpResponse *response)
{
  g_autoptr (GError) error = foyer_http_response_to_error (response);
  GError *busy;

  if (foyer_http_response_get_status (response) != 409)
    return g_steal_pointer (&error);

  busy = foyer_error_new (FOYER_ERROR_RATE_LIMITED, foyer_error_get_detail (error),
                          _ ("pretix is too busy at the moment. It will be tried again."));
  copy_extras (error, busy);
  foyer_error_set_hint (busy, NULL);
  return busy;
}

/**
 * foyer_pretix_error_is_foreign:
 * @error: an error of the line
 *
 * Returns: whether something answered that is no pretix: a web page, or what nobody can read. A
 *   redirection is none: it says where to go.
 */
gboolean
foyer_pretix_error_is_foreign (const GError *error)
{
  int status = foyer_error_get_status (error);

  return g_error_matches (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL) && status != 0
         && (status < 300 || status >= 400);
}

/**
 * foyer_pretix_error_not_pretix:
 * @client: the client
 * @detail: for the log: what gave it away
 *
 * Returns: (transfer full): that something else lives at this address
 */
GError *
foyer_pretix_error_not_pretix (FoyerPretixClient *client, const char *detail)
{
  GError *error = foyer_error_new (FOYER_ERROR_PROTOCOL, detail, _ ("There is no pretix at %s."),
                                   foyer_http_get_base_url (client->http));

  foyer_error_set_hint (error,
                        _ ("Enter only the address of the server, for example https://pretix.eu, "
                           "without the names of the organiser and the event. In a guest network, "
                           "open its login page in a browser first."));
  foyer_error_set_outcome (error, FOYER_OUTCOME_ANSWERED);
  return error;
}

/**
 * foyer_pretix_error_unauthorized:
 * @client: the client
 *
 * Returns: (transfer full): that the key opens nothing
 */
GError *
foyer_pretix_error_unauthorized (FoyerPretixClient *client)
{
  GError *error;

  if (foyer_pretix_client_is_device (client))
    {
      error = foyer_error_new (FOYER_ERROR_UNAUTHORIZED, "401",
                               _ ("pretix does not accept the key of this device."));
      foyer_error_set_hint (error,
                            _ ("It was revoked, or the device was set up anew elsewhere. Make "
                               "a new device in pretix and connect with its code."));
    }
  else
    {
      error = foyer_error_new (FOYER_ERROR_UNAUTHORIZED, "401",
                               _ ("pretix does not accept this key."));
      foyer_error_set_hint (error,
                            _ ("Check that it was copied whole. If it was deleted, make a new "
                               "one on the team's page in pretix."));
    }

  foyer_error_set_status (error, 401);
  foyer_error_set_outcome (error, FOYER_OUTCOME_ANSWERED);
  return error;
}

/**
 * foyer_pretix_error_event_closed:
 * @client: the client
 * @http_status: 403 or 404
 *
 * pretix answers 403 both for an event that is not there and for one that this key may not see.
 *
 * Returns: (transfer full): that the key does not open the event
 */
GError *
foyer_pretix_error_event_closed (FoyerPretixClient *client, int http_status)
{
  GError *error = foyer_error_new (FOYER_ERROR_FORBIDDEN, "event",
                                   _ ("The key is right, but it does not open the event “%s”."),
                                   client->connection->event);

  foyer_error_set_hint (error,
                        _ ("Either there is no such event, or the team or device has no access "
                           "to it. Choose another event, or have access given in pretix."));
  foyer_error_set_status (error, http_status);
  foyer_error_set_outcome (error, FOYER_OUTCOME_ANSWERED);
  return error;
}

/**
 * foyer_pretix_error_at_host:
 * @client: the client
 * @error: an error of the line
 *
 * While somebody connects, the address may be mistyped: so the sentence names it.
 *
 * Returns: (transfer full): the error
 */
GError *
foyer_pretix_error_at_host (FoyerPretixClient *client, const GError *error)
{
  g_autoptr (GUri) uri = g_uri_parse (foyer_http_get_base_url (client->http), G_URI_FLAGS_NONE,
                                      NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *sentence = NULL;

  if (host == NULL
      || !(g_error_matches (error, FOYER_ERROR, FOYER_ERROR_OFFLINE)
           || g_error_matches (error, FOYER_ERROR, FOYER_ERROR_TIMEOUT)
           || g_error_matches (error, FOYER_ERROR, FOYER_ERROR_TLS)))
    return g_error_copy (error);

  /* Translators: a host name, then a whole sentence: "pretix.eu: The service cannot be reached." */
  sentence = g_strdup_printf (_ ("%s: %s"), host, error->message);
  return foyer_pretix_error_with_sentence (error, sentence);
}
