/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's life: a thread with its own main context, one lock around the world. What goes over the
 * wire is in foyer-sandbox-wire.c, what it means in foyer-sandbox-router.c. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox.h"

#include <string.h>

#include <libsoup/soup.h>

#include "foyer-sandbox-case.h"
#include "foyer-sandbox-control.h"
#include "foyer-sandbox-faults.h"
#include "foyer-sandbox-router.h"
#include "foyer-sandbox-seed.h"
#include "foyer-sandbox-state-log.h"
#include "foyer-sandbox-wire.h"

/**
 * FoyerSandbox:
 *
 * pretix, played on loopback: the same addresses, answers, rules and traps, over a made-up conference
 * of any size. It runs in a thread of its own, so the program that holds it keeps its main loop to
 * itself. Everything random is drawn from the seed.
 */
struct _FoyerSandbox
{
  GObject parent_instance;

  guint64 attendees;
  guint64 seed;
  guint port;
  char *state_file;
  char *date;
  char *faults_spec;
  gint64 skew;
  GTlsCertificate *certificate;

  GMutex lock;
  GCond ready;
  FoyerSandboxWorld *world;
  FoyerSandboxFaults *faults;
  FoyerSandboxStateLog *log;

  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  gboolean is_ready;
  GError *listen_error;

  char *url;
  char *token;
  char *door_token;
  char *read_token;
  char *device_init;
  char *desk_token;
  char *desk_name;
  gint64 desk_device;
};

typedef enum
{
  PROP_ATTENDEES = 1,
  PROP_SEED,
  PROP_PORT,
  PROP_STATE_FILE,
  PROP_DATE,
  PROP_FAULTS,
  PROP_SKEW,
  PROP_CERTIFICATE,
} FoyerSandboxProperty;

G_DEFINE_FINAL_TYPE (FoyerSandbox, foyer_sandbox, G_TYPE_OBJECT)

static FoyerTime
now (FoyerSandbox *self)
{
  return g_get_real_time () + self->skew + foyer_sandbox_faults_get_skew (self->faults);
}

/* Carries one call out. The lock is held. */
static void
carry_out (FoyerSandbox *self, FoyerSandboxCall *call, const char *query)
{
  self->world->now = now (self);
  if (self->log != NULL && !g_str_equal (call->method, "GET")
      && !g_str_equal (call->method, "HEAD"))
    foyer_sandbox_state_log_append (self->log, call, query);
  foyer_sandbox_route (call);
}

/* The wire's way in: draws the trouble of a request. */
static void
draw_trouble (const char *method, const char *path, FoyerSandboxTrouble *trouble, gpointer data)
{
  FoyerSandbox *self = data;

  g_mutex_lock (&self->lock);
  foyer_sandbox_faults_draw (self->faults, method, path, trouble);
  g_mutex_unlock (&self->lock);
}

static void
copy_reply (FoyerSandboxCall *call, FoyerSandboxReply *reply)
{
  reply->status = call->status;
  reply->content_type = call->content_type;
  reply->body = g_bytes_new (call->out.text->str, call->out.text->len);
  reply->headers = g_ptr_array_ref (call->headers);
  reply->at = call->world->now;
}

static gboolean
control_set_faults (gpointer data, const char *spec, GError **error)
{
  FoyerSandboxFaults *faults = foyer_sandbox_faults_parse (spec, FOYER_SANDBOX (data)->seed, error);

  if (faults == NULL)
    return FALSE;
  g_clear_pointer (&FOYER_SANDBOX (data)->faults, foyer_sandbox_faults_free);
  FOYER_SANDBOX (data)->faults = faults;
  return TRUE;
}

/* A POST of somebody else. The lock is held. */
static char *
control_ask (gpointer data,
             const char *authorization,
             const char *address,
             const char *body,
             guint *status)
{
  FoyerSandbox *self = data;
  g_autofree char *own = g_strconcat ("Token ", self->token, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));
  g_autoptr (FoyerSandboxCall) call = foyer_sandbox_call_new (
      self->world, "POST", address, NULL, self->url != NULL ? self->url : "http://127.0.0.1");

  call->authorization = authorization != NULL ? authorization : own;
  call->request_type = "application/json";
  call->body = bytes;
  carry_out (self, call, NULL);
  if (status != NULL)
    *status = call->status;
  return g_strdup (call->out.text->str);
}

static void
control (FoyerSandbox *self, FoyerSandboxCall *call)
{
  FoyerSandboxControl control = { &self->skew, control_set_faults, control_ask, self };

  self->world->now = now (self);
  foyer_sandbox_control_handle (&control, call);
}

/* The wire's way in: one request, answered. In the server's thread. */
static void
answer (const FoyerSandboxRequest *request, FoyerSandboxReply *reply, gpointer data)
{
  FoyerSandbox *self = data;
  g_autoptr (FoyerSandboxCall) call = NULL;

  g_mutex_lock (&self->lock);
  call = foyer_sandbox_call_new (self->world, request->method, request->path, request->query,
                                 request->base);
  call->authorization = request->authorization;
  call->accept = request->accept;
  call->request_type = request->content_type;
  call->idempotency_key = request->idempotency_key;
  call->body = request->body;
  if (g_str_has_prefix (request->path, "/sandbox/"))
    control (self, call);
  else
    carry_out (self, call, request->query);
  copy_reply (call, reply);
  g_mutex_unlock (&self->lock);
}

static void
announce (FoyerSandbox *self, GError *error)
{
  g_mutex_lock (&self->lock);
  self->listen_error = error;
  self->is_ready = TRUE;
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
}

static gpointer
serve (gpointer data)
{
  FoyerSandbox *self = data;
  FoyerSandboxWire wire = { answer, draw_trouble, self };
  g_autoptr (SoupServer) server = NULL;
  GError *error = NULL;

  g_main_context_push_thread_default (self->context);
  server = foyer_sandbox_wire_listen (&wire, self->port, self->certificate, &self->url, &error);
  announce (self, error);
  if (server != NULL)
    {
      g_main_loop_run (self->loop);
      soup_server_disconnect (server);
      g_clear_object (&server);
      while (g_main_context_iteration (self->context, FALSE))
        ;
    }
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* Grows the world: from the state file if there is one, else afresh. */
static gboolean
grow (FoyerSandbox *self, GError **error)
{
  FoyerSandboxOrigin origin = { self->seed, self->attendees, g_get_real_time () + self->skew,
                                g_strdup (self->date) };
  g_autofree char *date = NULL;
  gboolean known = FALSE;

  if (self->state_file != NULL)
    {
      self->log = foyer_sandbox_state_log_open (self->state_file, error);
      if (self->log == NULL)
        {
          g_free (origin.date);
          return FALSE;
        }
      known = foyer_sandbox_state_log_get_origin (self->log, &origin);
      if (!known && !foyer_sandbox_state_log_begin (self->log, &origin, error))
        {
          g_free (origin.date);
          return FALSE;
        }
    }
  date = origin.date;
  self->world = foyer_sandbox_world_new (origin.seed);
  self->world->now = origin.born;
  foyer_sandbox_seed (self->world, origin.attendees, date);
  if (known)
    foyer_sandbox_state_log_replay (self->log, self->world);
  return TRUE;
}

static void
remember_credentials (FoyerSandbox *self)
{
  FoyerSandboxDevice *device = g_ptr_array_index (self->world->devices, 0);

  self->token = g_strdup (self->world->token_full);
  self->door_token = g_strdup (self->world->token_door);
  self->read_token = g_strdup (self->world->token_read);
  self->device_init = g_strdup (device->init_token);
  device = g_ptr_array_index (self->world->devices, 1);
  self->desk_token = g_strdup (device->api_token);
  self->desk_name = g_strdup (device->name);
  self->desk_device = device->id;
}

/**
 * foyer_sandbox_start:
 * @self: a sandbox that was not started yet
 * @error: return location: a bad fault rule, an unusable state file, a port in use
 *
 * Grows the world (a second for a few hundred thousand attendees: call it from a thread if there are
 * many) and begins to serve on loopback. Returns once the port is open.
 */
gboolean
foyer_sandbox_start (FoyerSandbox *self, GError **error)
{
  g_return_val_if_fail (FOYER_IS_SANDBOX (self), FALSE);
  g_return_val_if_fail (self->thread == NULL, FALSE);

  if (self->world == NULL)
    {
      self->faults = foyer_sandbox_faults_parse (self->faults_spec, self->seed, error);
      if (self->faults == NULL || !grow (self, error))
        return FALSE;
      remember_credentials (self);
    }
  g_clear_pointer (&self->url, g_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("sandbox", serve, self);
  g_mutex_lock (&self->lock);
  while (!self->is_ready)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
  if (self->listen_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->listen_error));
  foyer_sandbox_stop (self);
  return FALSE;
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/**
 * foyer_sandbox_stop:
 * @self: a sandbox
 *
 * Closes all connections and waits for the thread. May be called from any thread but the server's, and
 * again. Started again, the world goes on where it was.
 */
void
foyer_sandbox_stop (FoyerSandbox *self)
{
  g_autoptr (GSource) source = NULL;

  g_return_if_fail (FOYER_IS_SANDBOX (self));

  if (self->thread == NULL)
    return;
  source = g_idle_source_new ();
  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (g_steal_pointer (&self->thread));
  g_source_destroy (source);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  self->is_ready = FALSE;
}

/* Address of the server, without a slash at the end; %NULL until it is started. Kept when it stops. */
const char *
foyer_sandbox_get_url (FoyerSandbox *self)
{
  return self->url;
}

const char *
foyer_sandbox_get_organizer (FoyerSandbox *self)
{
  return "demo";
}

/* The sample event; `series` and `empty` are there too. */
const char *
foyer_sandbox_get_event (FoyerSandbox *self)
{
  return "sample";
}

/* A token that may do everything. */
const char *
foyer_sandbox_get_token (FoyerSandbox *self)
{
  return self->token;
}

/* A token that may check in and nothing else. */
const char *
foyer_sandbox_get_door_token (FoyerSandbox *self)
{
  return self->door_token;
}

/* A token that may read orders and nothing else. */
const char *
foyer_sandbox_get_read_token (FoyerSandbox *self)
{
  return self->read_token;
}

/* The key of a device that is set up already, of that name and number. */
const char *
foyer_sandbox_get_desk_token (FoyerSandbox *self)
{
  return self->desk_token;
}

const char *
foyer_sandbox_get_desk_name (FoyerSandbox *self)
{
  return self->desk_name;
}

gint64
foyer_sandbox_get_desk_device (FoyerSandbox *self)
{
  return self->desk_device;
}

/* Works once. */
const char *
foyer_sandbox_get_device_init_token (FoyerSandbox *self)
{
  return self->device_init;
}

/**
 * foyer_sandbox_set_faults:
 * @self: a sandbox
 * @spec: (nullable): what goes wrong from now on (docs/sandbox.md); %NULL: nothing
 * @error: return location; %FOYER_ERROR_INVALID
 *
 * From any thread.
 */
gboolean
foyer_sandbox_set_faults (FoyerSandbox *self, const char *spec, GError **error)
{
  gboolean good;

  g_return_val_if_fail (FOYER_IS_SANDBOX (self) && self->faults != NULL, FALSE);

  g_mutex_lock (&self->lock);
  good = control_set_faults (self, spec, error);
  g_mutex_unlock (&self->lock);
  return good;
}

/**
 * foyer_sandbox_ask:
 * @self: a sandbox that was started
 * @authorization: (nullable): `Authorization` header; %NULL: the token that may do everything
 * @method: `GET`, ...
 * @address: path and query, from `/api/v1/` on; or from `/sandbox/` on
 * @body: (nullable): JSON
 * @status: (out) (optional): status of the answer
 *
 * The same as a request, without a wire and its faults: what another desk does meanwhile. From any
 * thread.
 *
 * Returns: (transfer full): the answer's body
 */
char *
foyer_sandbox_ask (FoyerSandbox *self,
                   const char *authorization,
                   const char *method,
                   const char *address,
                   const char *body,
                   guint *status)
{
  g_auto (GStrv) parts = g_strsplit (address, "?", 2);
  g_autoptr (FoyerSandboxCall) call = NULL;
  g_autofree char *own = g_strconcat ("Token ", self->token, NULL);
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autofree char *base = NULL;
  char *text;

  g_mutex_lock (&self->lock);
  base = g_strdup (self->url != NULL ? self->url : "http://127.0.0.1");
  call = foyer_sandbox_call_new (self->world, method, parts[0], parts[0] != NULL ? parts[1] : NULL,
                                 base);
  call->authorization = authorization != NULL ? authorization : own;
  call->request_type = "application/json";
  call->body = bytes;
  carry_out (self, call, parts[1]);
  text = g_strdup (call->out.text->str);
  if (status != NULL)
    *status = call->status;
  g_mutex_unlock (&self->lock);
  return text;
}

/**
 * foyer_sandbox_load_case:
 * @self: a sandbox that was started
 * @file: the file of admission cases
 * @admission_case: one of its cases
 * @error: return location; %FOYER_ERROR_INVALID
 *
 * Replaces the world by the one of an admission case. The tokens stay; the devices of the file are
 * there, with `case-<name>` as their keys.
 */
gboolean
foyer_sandbox_load_case (FoyerSandbox *self,
                         JsonObject *file,
                         JsonObject *admission_case,
                         GError **error)
{
  FoyerSandboxWorld *world = foyer_sandbox_world_new (self->seed);

  world->now = now (self);
  if (!foyer_sandbox_case_load (world, file, admission_case, error))
    {
      foyer_sandbox_world_free (world);
      return FALSE;
    }
  g_mutex_lock (&self->lock);
  foyer_sandbox_world_free (self->world);
  self->world = world;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static void
foyer_sandbox_finalize (GObject *object)
{
  FoyerSandbox *self = FOYER_SANDBOX (object);

  foyer_sandbox_stop (self);
  g_clear_pointer (&self->log, foyer_sandbox_state_log_free);
  g_clear_pointer (&self->world, foyer_sandbox_world_free);
  g_clear_pointer (&self->faults, foyer_sandbox_faults_free);
  g_clear_object (&self->certificate);
  g_free (self->state_file);
  g_free (self->date);
  g_free (self->faults_spec);
  g_free (self->url);
  g_free (self->token);
  g_free (self->door_token);
  g_free (self->read_token);
  g_free (self->device_init);
  g_free (self->desk_token);
  g_free (self->desk_name);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
  G_OBJECT_CLASS (foyer_sandbox_parent_class)->finalize (object);
}

static void
foyer_sandbox_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FoyerSandbox *self = FOYER_SANDBOX (object);

  switch ((FoyerSandboxProperty)id)
    {
    case PROP_ATTENDEES:
      self->attendees = g_value_get_uint64 (value);
      break;
    case PROP_SEED:
      self->seed = g_value_get_uint64 (value);
      break;
    case PROP_PORT:
      self->port = g_value_get_uint (value);
      break;
    case PROP_STATE_FILE:
      self->state_file = g_value_dup_string (value);
      break;
    case PROP_DATE:
      self->date = g_value_dup_string (value);
      break;
    case PROP_FAULTS:
      self->faults_spec = g_value_dup_string (value);
      break;
    case PROP_SKEW:
      self->skew = g_value_get_int64 (value);
      break;
    case PROP_CERTIFICATE:
      self->certificate = g_value_dup_object (value);
      break;
    }
}

static void
foyer_sandbox_class_init (FoyerSandboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = foyer_sandbox_set_property;
  object_class->finalize = foyer_sandbox_finalize;
  /* how many tickets the sample event has sold */
  g_object_class_install_property (
      object_class, PROP_ATTENDEES,
      g_param_spec_uint64 ("attendees", NULL, NULL, 0, 5000000, 5000, flags));
  g_object_class_install_property (
      object_class, PROP_SEED, g_param_spec_uint64 ("seed", NULL, NULL, 0, G_MAXINT64, 1, flags));
  /* 0: any free one */
  g_object_class_install_property (object_class, PROP_PORT,
                                   g_param_spec_uint ("port", NULL, NULL, 0, 65535, 0, flags));
  /* where every effect is written to; opened again, the world is as it was */
  g_object_class_install_property (object_class, PROP_STATE_FILE,
                                   g_param_spec_string ("state-file", NULL, NULL, NULL, flags));
  /* first day of the sample event, YYYY-MM-DD; NULL: today in Berlin */
  g_object_class_install_property (object_class, PROP_DATE,
                                   g_param_spec_string ("date", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_FAULTS,
                                   g_param_spec_string ("faults", NULL, NULL, NULL, flags));
  /* the server's clock minus the true one, microseconds */
  g_object_class_install_property (
      object_class, PROP_SKEW,
      g_param_spec_int64 ("skew", NULL, NULL, -G_MAXINT64, G_MAXINT64, 0, flags));
  /* serve HTTPS with it */
  g_object_class_install_property (
      object_class, PROP_CERTIFICATE,
      g_param_spec_object ("certificate", NULL, NULL, G_TYPE_TLS_CERTIFICATE, flags));
}

static void
foyer_sandbox_init (FoyerSandbox *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
}

/**
 * foyer_sandbox_new:
 * @attendees: how many tickets the sample event has sold
 * @seed: what all that is random is drawn from
 *
 * Returns: (transfer full): a sandbox on any free port, without a state file; start it
 */
FoyerSandbox *
foyer_sandbox_new (guint64 attendees, guint64 seed)
{
  return g_object_new (FOYER_TYPE_SANDBOX, "attendees", attendees, "seed", seed, NULL);
}
