/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scriptable FoyerService. */

#include "foyer-fake-service.h"

#include "foyer-uuid.h"

struct _FoyerFakeService
{
  GObject parent_instance;

  FoyerFakeServer *server;
  FoyerConnection *connection;
  FoyerClock *clock;
  FoyerReach reach;
  guint faults;
  guint checks;
  FoyerTime last_answer;
  gboolean dead;
  GFunc watch;
  gpointer watch_data;
};

typedef struct
{
  GTask *task;
  gpointer value;
  GDestroyNotify destroy;
  GError *error;
} Answer;

enum
{
  PROP_REACH = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void foyer_fake_service_service_init (FoyerServiceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerFakeService,
                               foyer_fake_service,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_SERVICE,
                                                      foyer_fake_service_service_init))

static void
set_reach (FoyerFakeService *self, FoyerReach reach)
{
  if (self->reach == reach)
    return;
  self->reach = reach;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REACH]);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  /* The dead return no tasks; one that is freed without having returned is an error in GLib 2.84. */
  if (!FOYER_FAKE_SERVICE (g_task_get_source_object (answer->task))->dead)
    g_clear_object (&answer->task);
  if (answer->value != NULL)
    answer->destroy (answer->value);
  g_clear_error (&answer->error);
  g_free (answer);
}

static gboolean
on_answer (gpointer data)
{
  Answer *answer = data;
  FoyerFakeService *self = g_task_get_source_object (answer->task);

  if (self->dead)
    return G_SOURCE_REMOVE;
  if (self->watch != NULL)
    self->watch (self, self->watch_data);
  if (self->dead)
    return G_SOURCE_REMOVE;

  if (answer->error != NULL && foyer_error_get_outcome (answer->error) != FOYER_OUTCOME_ANSWERED)
    {
      if (++self->faults >= 2)
        set_reach (self, FOYER_REACH_OFFLINE);
    }
  else
    {
      self->faults = 0;
      self->last_answer = MAX (foyer_clock_now (self->clock), self->last_answer + 1);
      set_reach (self, FOYER_REACH_ONLINE);
    }

  if (answer->error != NULL)
    g_task_return_error (answer->task, g_steal_pointer (&answer->error));
  else
    g_task_return_pointer (answer->task, g_steal_pointer (&answer->value), answer->destroy);
  return G_SOURCE_REMOVE;
}

static void
answer_later (GTask *task, gpointer value, GDestroyNotify destroy, GError *error)
{
  FoyerFakeService *self = g_task_get_source_object (task);
  g_autoptr (GSource) timer = foyer_clock_create_timer (self->clock,
                                                        foyer_fake_server_get_delay (self->server));
  Answer *answer = g_new0 (Answer, 1);

  answer->task = task;
  answer->value = value;
  answer->destroy = destroy;
  answer->error = error;
  g_source_set_callback (timer, on_answer, answer, answer_free);
  g_source_attach (timer, NULL);
  if (self->watch != NULL)
    self->watch (self, self->watch_data);
}

static FoyerConnection *
foyer_fake_service_get_connection (FoyerService *service)
{
  return FOYER_FAKE_SERVICE (service)->connection;
}

static FoyerReach
foyer_fake_service_get_reach (FoyerService *service)
{
  return FOYER_FAKE_SERVICE (service)->reach;
}

static FoyerHealth *
foyer_fake_service_dup_health (FoyerService *service)
{
  FoyerFakeService *self = FOYER_FAKE_SERVICE (service);
  FoyerHealth health = { .reach = self->reach, .last_answer = self->last_answer };

  health.skew_known = self->last_answer != FOYER_TIME_NONE;
  health.skew = foyer_fake_server_get_skew (self->server);
  return foyer_health_copy (&health);
}

static void
foyer_fake_service_check_async (FoyerService *service,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  FoyerFakeService *self = FOYER_FAKE_SERVICE (service);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  self->checks++;
  if (foyer_fake_server_get_down (self->server))
    error = foyer_error_new (FOYER_ERROR_OFFLINE, NULL, "It is down");
  answer_later (task, error == NULL ? foyer_service_report_new () : NULL,
                (GDestroyNotify)foyer_service_report_unref, error);
}

static FoyerServiceReport *
foyer_fake_service_check_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
foyer_fake_service_pull_async (FoyerService *service,
                               FoyerPullRequest *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  FoyerFakeService *self = FOYER_FAKE_SERVICE (service);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  FoyerPage *page = foyer_fake_server_pull (self->server, request, &error);

  answer_later (task, page, (GDestroyNotify)foyer_page_unref, error);
}

static FoyerPage *
foyer_fake_service_pull_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
foyer_fake_service_can_perform (FoyerService *service, FoyerStepKind kind)
{
  return TRUE;
}

static void
log_call (FoyerFakeService *self, FoyerStep *step)
{
  g_autofree char *id = foyer_uuid_new_v7 (foyer_clock_now (self->clock));
  FoyerCall call = { .at = foyer_clock_now (self->clock),
                     .connection = self->connection->name,
                     .service = (char *)"fake",
                     .method = (char *)"POST",
                     .route = (char *)"/redeem/",
                     .status = 201,
                     .request_id = id };

  if (step->call_log != NULL)
    g_ptr_array_add (step->call_log, foyer_call_new (&call));
}

static void
foyer_fake_service_perform_async (FoyerService *service,
                                  FoyerStep *step,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  FoyerFakeService *self = FOYER_FAKE_SERVICE (service);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  FoyerStepResult *result = foyer_fake_server_perform (self->server, step,
                                                       self->connection->device_id, &error);

  log_call (self, step);
  answer_later (task, result, (GDestroyNotify)foyer_step_result_unref, error);
}

static FoyerStepResult *
foyer_fake_service_perform_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
foyer_fake_service_lookup_async (FoyerService *service,
                                 FoyerStep *step,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  FoyerFakeService *self = FOYER_FAKE_SERVICE (service);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  FoyerStepResult *result = foyer_fake_server_lookup (self->server, step,
                                                      self->connection->device_id, &error);

  log_call (self, step);
  answer_later (task, result, (GDestroyNotify)foyer_step_result_unref, error);
}

static FoyerStepResult *
foyer_fake_service_lookup_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
foyer_fake_service_service_init (FoyerServiceInterface *iface)
{
  iface->get_connection = foyer_fake_service_get_connection;
  iface->get_reach = foyer_fake_service_get_reach;
  iface->dup_health = foyer_fake_service_dup_health;
  iface->check_async = foyer_fake_service_check_async;
  iface->check_finish = foyer_fake_service_check_finish;
  iface->pull_async = foyer_fake_service_pull_async;
  iface->pull_finish = foyer_fake_service_pull_finish;
  iface->can_perform = foyer_fake_service_can_perform;
  iface->perform_async = foyer_fake_service_perform_async;
  iface->perform_finish = foyer_fake_service_perform_finish;
  iface->lookup_async = foyer_fake_service_lookup_async;
  iface->lookup_finish = foyer_fake_service_lookup_finish;
}

static void
foyer_fake_service_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, (int)FOYER_FAKE_SERVICE (object)->reach);
}

static void
foyer_fake_service_finalize (GObject *object)
{
  FoyerFakeService *self = FOYER_FAKE_SERVICE (object);

  g_clear_object (&self->server);
  g_clear_object (&self->clock);
  foyer_connection_unref (self->connection);
  G_OBJECT_CLASS (foyer_fake_service_parent_class)->finalize (object);
}

static void
foyer_fake_service_class_init (FoyerFakeServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = foyer_fake_service_get_property;
  object_class->finalize = foyer_fake_service_finalize;
  properties[PROP_REACH] = g_param_spec_int ("reach", NULL, NULL, FOYER_REACH_UNKNOWN,
                                             FOYER_REACH_OFFLINE, FOYER_REACH_UNKNOWN,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
foyer_fake_service_init (FoyerFakeService *self)
{
  self->last_answer = FOYER_TIME_NONE;
}

FoyerFakeService *
foyer_fake_service_new (FoyerFakeServer *server, FoyerConnection *connection, FoyerClock *clock)
{
  FoyerFakeService *self = g_object_new (FOYER_TYPE_FAKE_SERVICE, NULL);

  self->server = g_object_ref (server);
  self->connection = foyer_connection_ref (connection);
  self->clock = g_object_ref (clock);
  return self;
}

/* The process is gone: what was asked has happened or not, nobody hears the answer. */
void
foyer_fake_service_kill (FoyerFakeService *self)
{
  self->dead = TRUE;
}

/* Called after each call has taken effect, and before each answer: where a process may die. */
void
foyer_fake_service_set_watch (FoyerFakeService *self, GFunc watch, gpointer data)
{
  self->watch = watch;
  self->watch_data = data;
}

guint
foyer_fake_service_get_checks (FoyerFakeService *self)
{
  return self->checks;
}
