/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sandbox that is killed comes back as it was: every write is a line in a file, and is made again
 * at its own time when the file is opened. As all that is random is drawn from the seed, ids, keys and
 * kept answers come back the same. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-state-log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "foyer-error.h"
#include "foyer-json.h"
#include "foyer-sandbox-router.h"

struct _FoyerSandboxStateLog
{
  int fd;
  char **lines;
};

/**
 * foyer_sandbox_state_log_open:
 * @path: the file; it is made if it is not there
 * @error: return location; %FOYER_ERROR_STORAGE
 */
FoyerSandboxStateLog *
foyer_sandbox_state_log_open (const char *path, GError **error)
{
  g_autoptr (FoyerSandboxStateLog) self = g_new0 (FoyerSandboxStateLog, 1);
  g_autofree char *text = NULL;
  char *end;

  self->fd = open (path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd < 0 || !g_file_get_contents (path, &text, NULL, NULL))
    {
      foyer_error_set (error, FOYER_ERROR_STORAGE, g_strerror (errno),
                       "The sandbox's state file cannot be opened.");
      return NULL;
    }
  /* a line without its end was being written when the power went: it was never answered */
  end = strrchr (text, '\n');
  if (end != NULL ? end[1] != '\0' : *text != '\0')
    {
      gsize whole = end != NULL ? (gsize)(end + 1 - text) : 0;

      if (ftruncate (self->fd, (off_t)whole) != 0)
        {
          foyer_error_set (error, FOYER_ERROR_STORAGE, g_strerror (errno),
                           "The sandbox's state file cannot be opened.");
          return NULL;
        }
      text[whole] = '\0';
    }
  self->lines = g_strsplit (text, "\n", -1);
  return g_steal_pointer (&self);
}

void
foyer_sandbox_state_log_free (FoyerSandboxStateLog *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_strfreev (self->lines);
  g_free (self);
}

static JsonObject *
parse_line (const char *line)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (!json_parser_load_from_data (parser, line, -1, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root)
             ? json_object_ref (json_node_get_object (root))
             : NULL;
}

static gboolean
write_line (FoyerSandboxStateLog *self, GString *line)
{
  gsize done = 0;

  g_string_append_c (line, '\n');
  while (done < line->len)
    {
      ssize_t n = write (self->fd, line->str + done, line->len - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      done += (gsize)n;
    }
  return TRUE;
}

/**
 * foyer_sandbox_state_log_get_origin:
 * @origin: (out caller-allocates): what the file's world was grown from; free its date
 *
 * Returns: %FALSE if the file is new
 */
gboolean
foyer_sandbox_state_log_get_origin (FoyerSandboxStateLog *self, FoyerSandboxOrigin *origin)
{
  g_autoptr (JsonObject) first = self->lines[0] != NULL && *self->lines[0] != '\0'
                                     ? parse_line (self->lines[0])
                                     : NULL;

  if (first == NULL)
    return FALSE;
  origin->seed = (guint64)foyer_json_get_int (first, "seed", 0);
  origin->attendees = (guint64)foyer_json_get_int (first, "attendees", 0);
  origin->born = foyer_json_get_int (first, "born", 0);
  origin->date = g_strdup (foyer_json_get_string (first, "date"));
  return TRUE;
}

gboolean
foyer_sandbox_state_log_begin (FoyerSandboxStateLog *self,
                               const FoyerSandboxOrigin *origin,
                               GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  FoyerSandboxOut out = { .text = line };

  foyer_sandbox_out_open (&out, NULL, '{');
  foyer_sandbox_out_int (&out, "seed", (gint64)origin->seed);
  foyer_sandbox_out_int (&out, "attendees", (gint64)origin->attendees);
  foyer_sandbox_out_int (&out, "born", origin->born);
  foyer_sandbox_out_string (&out, "date", origin->date);
  foyer_sandbox_out_close (&out, '}');
  if (write_line (self, line))
    return TRUE;
  foyer_error_set (error, FOYER_ERROR_STORAGE, g_strerror (errno),
                   "The sandbox's state file cannot be written.");
  return FALSE;
}

static void
replay_line (JsonObject *line, FoyerSandboxWorld *world)
{
  const char *body = foyer_json_get_string (line, "body");
  g_autoptr (FoyerSandboxCall) call = NULL;
  const char *method = foyer_json_get_string (line, "method");
  const char *path = foyer_json_get_string (line, "path");
  const char *base = foyer_json_get_string (line, "base");

  if (method == NULL || path == NULL || base == NULL)
    return;
  world->now = foyer_json_get_int (line, "now", world->now);
  call = foyer_sandbox_call_new (world, method, path, foyer_json_get_string (line, "query"), base);
  call->authorization = foyer_json_get_string (line, "authorization");
  call->idempotency_key = foyer_json_get_string (line, "key");
  call->request_type = foyer_json_get_string (line, "type");
  if (body != NULL)
    call->body = g_bytes_new_static (body, strlen (body));
  foyer_sandbox_route (call);
  g_clear_pointer (&call->body, g_bytes_unref);
}

/* Makes every write of the file again. */
void
foyer_sandbox_state_log_replay (FoyerSandboxStateLog *self, FoyerSandboxWorld *world)
{
  for (guint i = 1; self->lines[0] != NULL && self->lines[i] != NULL; i++)
    {
      g_autoptr (JsonObject) line = *self->lines[i] != '\0' ? parse_line (self->lines[i]) : NULL;

      if (line != NULL)
        replay_line (line, world);
    }
  g_clear_pointer (&self->lines, g_strfreev);
}

/**
 * foyer_sandbox_state_log_append:
 * @self: the file
 * @call: a write that is about to be carried out
 * @query: (nullable): its query as sent
 *
 * Written before the effect: what is answered is always in the file.
 */
void
foyer_sandbox_state_log_append (FoyerSandboxStateLog *self,
                                FoyerSandboxCall *call,
                                const char *query)
{
  g_autoptr (GString) line = g_string_new (NULL);
  FoyerSandboxOut out = { .text = line };
  gsize length = 0;
  const char *data = call->body != NULL ? g_bytes_get_data (call->body, &length) : NULL;
  g_autofree char *body = data != NULL && length > 0 ? g_utf8_make_valid (data, (gssize)length)
                                                     : NULL;

  foyer_sandbox_out_open (&out, NULL, '{');
  foyer_sandbox_out_int (&out, "now", call->world->now);
  foyer_sandbox_out_string (&out, "method", call->method);
  foyer_sandbox_out_string (&out, "path", call->path);
  foyer_sandbox_out_string (&out, "query", query);
  foyer_sandbox_out_string (&out, "base", call->base);
  foyer_sandbox_out_string (&out, "authorization", call->authorization);
  foyer_sandbox_out_string (&out, "key", call->idempotency_key);
  foyer_sandbox_out_string (&out, "type", call->request_type);
  foyer_sandbox_out_string (&out, "body", body);
  foyer_sandbox_out_close (&out, '}');
  if (!write_line (self, line))
    g_warning ("The sandbox's state file cannot be written: %s", g_strerror (errno));
}
