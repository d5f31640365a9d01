/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "foyer-fakes"

#include "foyer-kill-mirror.h"

struct _FoyerKillMirror
{
  GObject parent_instance;

  FoyerMirror *inner; /* (owned) */
  FoyerKillPoint *point;
};

static void foyer_kill_mirror_mirror_init (FoyerMirrorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerKillMirror,
                               foyer_kill_mirror,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_MIRROR,
                                                      foyer_kill_mirror_mirror_init))

static FoyerMirror *
inner_of (FoyerMirror *mirror)
{
  return FOYER_KILL_MIRROR (mirror)->inner;
}

static GTask *
begin (FoyerMirror *mirror, GAsyncReadyCallback callback, gpointer user_data)
{
  return foyer_kill_point_task (mirror, FOYER_KILL_MIRROR (mirror)->point, callback, user_data);
}

static void
ingest_async (FoyerMirror *mirror,
              const char *connection,
              FoyerPage *page,
              gboolean first,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  foyer_mirror_ingest_async (inner_of (mirror), connection, page, first, cancellable,
                             foyer_kill_point_forward, begin (mirror, callback, user_data));
}

static FoyerIngestReport *
ingest_finish (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  g_autoptr (GAsyncResult) inner = foyer_kill_point_open (result);

  return foyer_mirror_ingest_finish (inner_of (mirror), inner, error);
}

static void
apply_result_async (FoyerMirror *mirror,
                    const char *connection,
                    FoyerScan *scan,
                    FoyerStepResult *result,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  foyer_mirror_apply_result_async (inner_of (mirror), connection, scan, result, cancellable,
                                   foyer_kill_point_forward, begin (mirror, callback, user_data));
}

static gboolean
apply_result_finish (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  g_autoptr (GAsyncResult) inner = foyer_kill_point_open (result);

  return foyer_mirror_apply_result_finish (inner_of (mirror), inner, error);
}

static void
load_states_async (FoyerMirror *mirror,
                   const char *connection,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  foyer_mirror_load_states_async (inner_of (mirror), connection, cancellable,
                                  foyer_kill_point_forward, begin (mirror, callback, user_data));
}

static GPtrArray *
load_states_finish (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  g_autoptr (GAsyncResult) inner = foyer_kill_point_open (result);

  return foyer_mirror_load_states_finish (inner_of (mirror), inner, error);
}

static void
forget_async (FoyerMirror *mirror,
              const char *connection,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  foyer_mirror_forget_async (inner_of (mirror), connection, cancellable, foyer_kill_point_forward,
                             begin (mirror, callback, user_data));
}

static gboolean
forget_finish (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  g_autoptr (GAsyncResult) inner = foyer_kill_point_open (result);

  return foyer_mirror_forget_finish (inner_of (mirror), inner, error);
}

static void
foyer_kill_mirror_mirror_init (FoyerMirrorInterface *iface)
{
  iface->ingest_async = ingest_async;
  iface->ingest_finish = ingest_finish;
  iface->apply_result_async = apply_result_async;
  iface->apply_result_finish = apply_result_finish;
  iface->load_states_async = load_states_async;
  iface->load_states_finish = load_states_finish;
  iface->forget_async = forget_async;
  iface->forget_finish = forget_finish;
}

static void
foyer_kill_mirror_finalize (GObject *object)
{
  g_clear_object (&FOYER_KILL_MIRROR (object)->inner);
  G_OBJECT_CLASS (foyer_kill_mirror_parent_class)->finalize (object);
}

static void
foyer_kill_mirror_class_init (FoyerKillMirrorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_kill_mirror_finalize;
}

static void
foyer_kill_mirror_init (FoyerKillMirror *self)
{
}

static void
on_changed (FoyerMirror *inner, const char *connection, guint resources, gpointer self)
{
  g_signal_emit_by_name (self, "changed", connection, resources);
}

FoyerMirror *
foyer_kill_mirror_new (FoyerMirror *inner, FoyerKillPoint *point)
{
  FoyerKillMirror *self = g_object_new (FOYER_TYPE_KILL_MIRROR, NULL);

  self->inner = g_object_ref (inner);
  self->point = point;
  g_signal_connect_object (inner, "changed", G_CALLBACK (on_changed), self, 0);
  return FOYER_MIRROR (self);
}
