/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Group commit of changed commands. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-command-writer.h"

#include "foyer-error.h"
#include "foyer-timer.h"

#define RETRY FOYER_SECOND

typedef struct
{
  guint from_states; /* set of 1 << state that the journal may have it in; 0 = any */
  FoyerCommand *to;  /* (owned) */
  GPtrArray *calls;  /* (owned) (nullable) */
  gboolean insist;
  FoyerWrittenFunc func;
  gpointer user_data;
} Write;

struct _FoyerCommandWriter
{
  GObject parent_instance;

  FoyerJournal *journal; /* (owned) */
  FoyerClock *clock;     /* (owned) */
  GPtrArray *queue;      /* (element-type Write) what the next transaction takes */
  GPtrArray *writing;    /* (nullable) (element-type Write) what the running one has */
  GSource *retry;
  gboolean given_up;
};

G_DEFINE_FINAL_TYPE (FoyerCommandWriter, foyer_command_writer, G_TYPE_OBJECT)

static void start (FoyerCommandWriter *self);

static void
write_free (gpointer data)
{
  Write *write = data;

  if (write == NULL)
    return;

  foyer_command_unref (write->to);
  g_clear_pointer (&write->calls, g_ptr_array_unref);
  g_free (write);
}

static void
foyer_command_writer_finalize (GObject *object)
{
  FoyerCommandWriter *self = FOYER_COMMAND_WRITER (object);

  foyer_timer_clear (&self->retry);
  g_clear_pointer (&self->queue, g_ptr_array_unref);
  g_clear_pointer (&self->writing, g_ptr_array_unref);
  g_clear_object (&self->journal);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (foyer_command_writer_parent_class)->finalize (object);
}

static void
foyer_command_writer_class_init (FoyerCommandWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_command_writer_finalize;
}

static void
foyer_command_writer_init (FoyerCommandWriter *self)
{
  self->queue = g_ptr_array_new_with_free_func (write_free);
}

/**
 * foyer_command_writer_new:
 * @journal: the journal
 * @clock: whose time counts for retries
 *
 * Returns: (transfer full): a writer
 */
FoyerCommandWriter *
foyer_command_writer_new (FoyerJournal *journal, FoyerClock *clock)
{
  FoyerCommandWriter *self = g_object_new (FOYER_TYPE_COMMAND_WRITER, NULL);

  self->journal = g_object_ref (journal);
  self->clock = g_object_ref (clock);
  return self;
}

/* Journal's thread. Gives for each write whether it was made. */
static gboolean
write_all (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  GPtrArray *writes = data;
  g_autoptr (GArray) made = g_array_sized_new (FALSE, TRUE, sizeof (gboolean), writes->len);

  for (guint i = 0; i < writes->len; i++)
    {
      Write *write = g_ptr_array_index (writes, i);
      gboolean fits = TRUE;

      if (write->from_states != 0)
        {
          g_autoptr (GError) missing = NULL;
          g_autoptr (FoyerCommand) now = foyer_transaction_get_command (transaction, write->to->id,
                                                                        &missing);

          if (now == NULL && !g_error_matches (missing, FOYER_ERROR, FOYER_ERROR_NOT_FOUND))
            {
              g_propagate_error (error, g_steal_pointer (&missing));
              return FALSE;
            }
          fits = now != NULL && (write->from_states & (1u << now->state)) != 0;
        }
      if (fits && !foyer_transaction_update_command (transaction, write->to, error))
        return FALSE;

      /* The calls were made, whatever became of the command. */
      for (guint j = 0; write->calls != NULL && j < write->calls->len; j++)
        if (!foyer_transaction_append_call (transaction, g_ptr_array_index (write->calls, j),
                                            error))
          return FALSE;
      g_array_append_val (made, fits);
    }

  *result = g_steal_pointer (&made);
  return TRUE;
}

static gboolean
on_retry (gpointer data)
{
  FoyerCommandWriter *self = data;

  foyer_timer_clear (&self->retry);
  start (self);
  return G_SOURCE_REMOVE;
}

/* Puts back, in front, what must be written; tells the others. */
static void
put_back (FoyerCommandWriter *self, GPtrArray *writes, const GError *error)
{
  GPtrArray *again = g_ptr_array_new_with_free_func (write_free);

  for (guint i = 0; i < writes->len; i++)
    {
      Write *write = g_ptr_array_index (writes, i);

      if (!write->insist || self->given_up)
        continue;
      g_ptr_array_add (again, write);
      writes->pdata[i] = NULL;
    }
  g_ptr_array_extend_and_steal (again, self->queue);
  self->queue = again;

  for (guint i = 0; i < writes->len; i++)
    {
      Write *write = g_ptr_array_index (writes, i);

      if (write != NULL)
        write->func (NULL, error, write->user_data);
    }
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerCommandWriter) self = user_data;
  g_autoptr (GPtrArray) writes = g_steal_pointer (&self->writing);
  g_autoptr (GArray) made = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  if (foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      made = value;
      for (guint i = 0; i < writes->len; i++)
        {
          Write *write = g_ptr_array_index (writes, i);

          write->func (g_array_index (made, gboolean, i) ? write->to : NULL, NULL,
                       write->user_data);
        }
      start (self);
      return;
    }

  g_warning ("The journal could not be written: %s", error->message);
  put_back (self, writes, error);
  if (self->queue->len > 0)
    foyer_timer_set (&self->retry, self->clock, RETRY, on_retry, self);
}

static void
start (FoyerCommandWriter *self)
{
  if (self->writing != NULL || self->queue->len == 0 || self->retry != NULL)
    return;

  self->writing = g_steal_pointer (&self->queue);
  self->queue = g_ptr_array_new_with_free_func (write_free);
  foyer_journal_transact_async (self->journal, TRUE, write_all, g_ptr_array_ref (self->writing),
                                (GDestroyNotify)g_ptr_array_unref, (GDestroyNotify)g_array_unref,
                                NULL, on_written, g_object_ref (self));
}

/**
 * foyer_command_writer_write:
 * @self: a writer
 * @from_states: a set of `1 << FoyerCommandState`: only if the journal has the command in one of them;
 *   0: in any
 * @to: the command as it shall be
 * @calls: (element-type FoyerCall) (nullable): audit rows to be written in the same transaction
 * @insist: what is written has happened: try again for ever if the disk fails
 * @func: called when it is on disk, or cannot be
 * @user_data: for @func
 */
void
foyer_command_writer_write (FoyerCommandWriter *self,
                            guint from_states,
                            FoyerCommand *to,
                            GPtrArray *calls,
                            gboolean insist,
                            FoyerWrittenFunc func,
                            gpointer user_data)
{
  Write *write;

  g_return_if_fail (FOYER_IS_COMMAND_WRITER (self));
  g_return_if_fail (to != NULL && func != NULL);

  write = g_new0 (Write, 1);
  write->from_states = from_states;
  write->to = foyer_command_ref (to);
  write->calls = calls != NULL && calls->len > 0 ? g_ptr_array_ref (calls) : NULL;
  write->insist = insist;
  write->func = func;
  write->user_data = user_data;
  g_ptr_array_add (self->queue, write);
  start (self);
}

/**
 * foyer_command_writer_is_idle:
 * @self: a writer
 *
 * Returns: whether everything is on disk
 */
gboolean
foyer_command_writer_is_idle (FoyerCommandWriter *self)
{
  g_return_val_if_fail (FOYER_IS_COMMAND_WRITER (self), TRUE);

  return self->writing == NULL && self->queue->len == 0;
}

/**
 * foyer_command_writer_give_up:
 * @self: a writer
 *
 * The process ends: what cannot be written now is not tried again. The next start finds those commands
 * as being sent, and looks them up.
 */
void
foyer_command_writer_give_up (FoyerCommandWriter *self)
{
  g_autoptr (GPtrArray) writes = NULL;

  g_return_if_fail (FOYER_IS_COMMAND_WRITER (self));

  self->given_up = TRUE;
  if (self->retry == NULL)
    return;

  foyer_timer_clear (&self->retry);
  writes = g_steal_pointer (&self->queue);
  self->queue = g_ptr_array_new_with_free_func (write_free);
  for (guint i = 0; i < writes->len; i++)
    {
      Write *write = g_ptr_array_index (writes, i);

      write->func (NULL, NULL, write->user_data);
    }
}
