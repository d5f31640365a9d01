/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "foyer-fakes"

#include "foyer-kill-service.h"

struct _FoyerKillService
{
  GObject parent_instance;

  FoyerService *inner; /* (owned) */
  FoyerKillPoint *point;
};

enum
{
  PROP_REACH = 1
};

static void foyer_kill_service_service_init (FoyerServiceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerKillService,
                               foyer_kill_service,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_SERVICE,
                                                      foyer_kill_service_service_init))

static FoyerService *
inner_of (FoyerService *service)
{
  return FOYER_KILL_SERVICE (service)->inner;
}

static GTask *
begin (FoyerService *service, GAsyncReadyCallback callback, gpointer user_data)
{
  return foyer_kill_point_task (service, FOYER_KILL_SERVICE (service)->point, callback, user_data);
}

static FoyerConnection *
get_connection (FoyerService *service)
{
  return foyer_service_get_connection (inner_of (service));
}

static FoyerReach
get_reach (FoyerService *service)
{
  return foyer_service_get_reach (inner_of (service));
}

static FoyerHealth *
dup_health (FoyerService *service)
{
  return foyer_service_dup_health (inner_of (service));
}

static void
check_async (FoyerService *service,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  foyer_service_check_async (inner_of (service), cancellable, foyer_kill_point_forward,
                             begin (service, callback, user_data));
}

static FoyerServiceReport *
check_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  g_autoptr (GAsyncResult) inner = foyer_kill_point_open (result);

  return foyer_service_check_finish (inner_of (service), inner, error);
}

static void
pull_async (FoyerService *service,
            FoyerPullRequest *request,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  foyer_service_pull_async (inner_of (service), request, cancellable, foyer_kill_point_forward,
                            begin (service, callback, user_data));
}

static FoyerPage *
pull_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  g_autoptr (GAsyncResult) inner = foyer_kill_point_open (result);

  return foyer_service_pull_finish (inner_of (service), inner, error);
}

static gboolean
can_perform (FoyerService *service, FoyerStepKind kind)
{
  return foyer_service_can_perform (inner_of (service), kind);
}

static void
perform_async (FoyerService *service,
               FoyerStep *step,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  foyer_service_perform_async (inner_of (service), step, cancellable, foyer_kill_point_forward,
                               begin (service, callback, user_data));
}

static FoyerStepResult *
perform_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  g_autoptr (GAsyncResult) inner = foyer_kill_point_open (result);

  return foyer_service_perform_finish (inner_of (service), inner, error);
}

static void
lookup_async (FoyerService *service,
              FoyerStep *step,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  foyer_service_lookup_async (inner_of (service), step, cancellable, foyer_kill_point_forward,
                              begin (service, callback, user_data));
}

static FoyerStepResult *
lookup_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  g_autoptr (GAsyncResult) inner = foyer_kill_point_open (result);

  return foyer_service_lookup_finish (inner_of (service), inner, error);
}

static void
foyer_kill_service_service_init (FoyerServiceInterface *iface)
{
  iface->get_connection = get_connection;
  iface->get_reach = get_reach;
  iface->dup_health = dup_health;
  iface->check_async = check_async;
  iface->check_finish = check_finish;
  iface->pull_async = pull_async;
  iface->pull_finish = pull_finish;
  iface->can_perform = can_perform;
  iface->perform_async = perform_async;
  iface->perform_finish = perform_finish;
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
}

static void
foyer_kill_service_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, (int)get_reach (FOYER_SERVICE (object)));
}

static void
foyer_kill_service_finalize (GObject *object)
{
  g_clear_object (&FOYER_KILL_SERVICE (object)->inner);
  G_OBJECT_CLASS (foyer_kill_service_parent_class)->finalize (object);
}

static void
foyer_kill_service_class_init (FoyerKillServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = foyer_kill_service_get_property;
  object_class->finalize = foyer_kill_service_finalize;
  g_object_class_install_property (object_class, PROP_REACH,
                                   g_param_spec_int ("reach", NULL, NULL, FOYER_REACH_UNKNOWN,
                                                     FOYER_REACH_OFFLINE, FOYER_REACH_UNKNOWN,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
foyer_kill_service_init (FoyerKillService *self)
{
}

static void
on_reach_changed (FoyerService *inner, GParamSpec *pspec, gpointer self)
{
  g_object_notify (self, "reach");
}

FoyerService *
foyer_kill_service_new (FoyerService *inner, FoyerKillPoint *point)
{
  FoyerKillService *self = g_object_new (FOYER_TYPE_KILL_SERVICE, NULL);

  self->inner = g_object_ref (inner);
  self->point = point;
  g_signal_connect_object (inner, "notify::reach", G_CALLBACK (on_reach_changed), self, 0);
  return FOYER_SERVICE (self);
}
