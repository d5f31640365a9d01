/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "foyer-fakes"

#include "foyer-kill-journal.h"

struct _FoyerKillJournal
{
  GObject parent_instance;

  FoyerJournal *inner; /* (owned) */
  FoyerKillPoint *point;
};

static void foyer_kill_journal_journal_init (FoyerJournalInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerKillJournal,
                               foyer_kill_journal,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_JOURNAL,
                                                      foyer_kill_journal_journal_init))

typedef struct
{
  FoyerKillPoint *point;
  FoyerTransactionFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->destroy != NULL)
    work->destroy (work->data);
  g_free (work);
}

/* Journal's thread. */
static gboolean
work (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  const Work *what = data;
  gboolean worked = what->func (transaction, what->data, result, error);

  foyer_kill_point_pass (what->point);
  return worked;
}

static void
transact_async (FoyerJournal *journal,
                gboolean urgent,
                FoyerTransactionFunc func,
                gpointer data,
                GDestroyNotify data_destroy,
                GDestroyNotify result_destroy,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  FoyerKillJournal *self = FOYER_KILL_JOURNAL (journal);
  GTask *task = foyer_kill_point_task (self, self->point, callback, user_data);
  Work *what = g_new0 (Work, 1);

  what->point = self->point;
  what->func = func;
  what->data = data;
  what->destroy = data_destroy;
  foyer_journal_transact_async (self->inner, urgent, work, what, work_free, result_destroy,
                                cancellable, foyer_kill_point_forward, task);
}

static gboolean
transact_finish (FoyerJournal *journal, GAsyncResult *result, gpointer *value, GError **error)
{
  g_autoptr (GAsyncResult) inner = foyer_kill_point_open (result);

  return foyer_journal_transact_finish (FOYER_KILL_JOURNAL (journal)->inner, inner, value, error);
}

static gboolean
claim_sender (FoyerJournal *journal)
{
  return foyer_journal_claim_sender (FOYER_KILL_JOURNAL (journal)->inner);
}

static void
poke (FoyerJournal *journal)
{
  foyer_journal_poke (FOYER_KILL_JOURNAL (journal)->inner);
}

static void
foyer_kill_journal_journal_init (FoyerJournalInterface *iface)
{
  iface->transact_async = transact_async;
  iface->transact_finish = transact_finish;
  iface->claim_sender = claim_sender;
  iface->poke = poke;
}

static void
foyer_kill_journal_finalize (GObject *object)
{
  g_clear_object (&FOYER_KILL_JOURNAL (object)->inner);
  G_OBJECT_CLASS (foyer_kill_journal_parent_class)->finalize (object);
}

static void
foyer_kill_journal_class_init (FoyerKillJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_kill_journal_finalize;
}

static void
foyer_kill_journal_init (FoyerKillJournal *self)
{
}

static void
on_changed (FoyerJournal *inner, gpointer self)
{
  g_signal_emit_by_name (self, "changed");
}

FoyerJournal *
foyer_kill_journal_new (FoyerJournal *inner, FoyerKillPoint *point)
{
  FoyerKillJournal *self = g_object_new (FOYER_TYPE_KILL_JOURNAL, NULL);

  self->inner = g_object_ref (inner);
  self->point = point;
  g_signal_connect_object (inner, "changed", G_CALLBACK (on_changed), self, 0);
  return FOYER_JOURNAL (self);
}
