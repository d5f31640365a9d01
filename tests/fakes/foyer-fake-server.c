/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The far end of a fake service. */

#include "foyer-fake-server.h"

#include <stdlib.h>

#include "foyer-check-in-list.h"
#include "foyer-event.h"
#include "foyer-product.h"

typedef struct
{
  FoyerCheckIn *check_in; /* (owned) */
  char *nonce;
} Entry;

typedef struct
{
  gint64 id;
  char *secret;
  char *name;
  char *order;
  char *refusal;      /* (nullable) */
  GPtrArray *entries; /* (element-type Entry) */
} Ticket;

struct _FoyerFakeServer
{
  GObject parent_instance;

  FoyerClock *clock;
  GPtrArray *tickets;
  GQueue faults;
  guint forbidden;
  guint sends;
  guint annulled;
  gboolean keeps;       /* annuls nothing */
  GHashTable *refusals; /* set of nonces */
  guint pulls;
  gint64 skew;
  gint64 delay;
  guint page_size;
  gboolean down;
};

G_DEFINE_FINAL_TYPE (FoyerFakeServer, foyer_fake_server, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  foyer_check_in_unref (entry->check_in);
  g_free (entry->nonce);
  g_free (entry);
}

static void
ticket_free (gpointer data)
{
  Ticket *ticket = data;

  g_free (ticket->secret);
  g_free (ticket->name);
  g_free (ticket->order);
  g_free (ticket->refusal);
  g_ptr_array_unref (ticket->entries);
  g_free (ticket);
}

static void
foyer_fake_server_finalize (GObject *object)
{
  FoyerFakeServer *self = FOYER_FAKE_SERVER (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->tickets, g_ptr_array_unref);
  g_queue_clear (&self->faults);
  g_clear_pointer (&self->refusals, g_hash_table_unref);
  G_OBJECT_CLASS (foyer_fake_server_parent_class)->finalize (object);
}

static void
foyer_fake_server_class_init (FoyerFakeServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_fake_server_finalize;
}

static void
foyer_fake_server_init (FoyerFakeServer *self)
{
  self->tickets = g_ptr_array_new_with_free_func (ticket_free);
  g_queue_init (&self->faults);
  self->refusals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->page_size = 2;
}

FoyerFakeServer *
foyer_fake_server_new (FoyerClock *clock)
{
  FoyerFakeServer *self = g_object_new (FOYER_TYPE_FAKE_SERVER, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

static Ticket *
find_ticket (FoyerFakeServer *self, const char *secret)
{
  for (guint i = 0; i < self->tickets->len; i++)
    {
      Ticket *ticket = g_ptr_array_index (self->tickets, i);

      if (g_strcmp0 (ticket->secret, secret) == 0)
        return ticket;
    }
  return NULL;
}

/* Sells a ticket; gives its id. */
gint64
foyer_fake_server_sell (FoyerFakeServer *self, const char *secret, const char *name)
{
  Ticket *ticket = g_new0 (Ticket, 1);

  ticket->id = 100 + self->tickets->len;
  ticket->secret = g_strdup (secret);
  ticket->name = g_strdup (name);
  ticket->order = g_strdup_printf ("ORD%u", self->tickets->len);
  ticket->entries = g_ptr_array_new_with_free_func (entry_free);
  g_ptr_array_add (self->tickets, ticket);
  return ticket->id;
}

/* From now on this code is refused; NULL: no more. */
void
foyer_fake_server_refuse (FoyerFakeServer *self, const char *secret, const char *reason)
{
  Ticket *ticket = find_ticket (self, secret);

  g_free (ticket->refusal);
  ticket->refusal = g_strdup (reason);
}

static void
add_entry (Ticket *ticket,
           FoyerTime datetime,
           gint64 device_id,
           gboolean leaving,
           const char *nonce)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->check_in = foyer_check_in_new ();
  entry->check_in->id = 1000 + ticket->id * 10 + ticket->entries->len;
  entry->check_in->list = FOYER_FAKE_LIST;
  entry->check_in->datetime = datetime;
  entry->check_in->device_id = device_id;
  entry->check_in->exit = leaving;
  entry->nonce = g_strdup (nonce);
  g_ptr_array_add (ticket->entries, entry);
}

/* Another desk lets somebody in. */
void
foyer_fake_server_enter (FoyerFakeServer *self,
                         const char *secret,
                         FoyerTime datetime,
                         gint64 device_id)
{
  add_entry (find_ticket (self, secret), datetime, device_id, FALSE, NULL);
}

/* How many check-ins a ticket has. */
guint
foyer_fake_server_count (FoyerFakeServer *self, const char *secret)
{
  return find_ticket (self, secret)->entries->len;
}

/* Its check-ins in the order in which they came: 'i' for in, 'o' for out. */
char *
foyer_fake_server_dup_ways (FoyerFakeServer *self, const char *secret)
{
  GString *ways = g_string_new (NULL);
  const GPtrArray *entries = find_ticket (self, secret)->entries;

  for (guint i = 0; i < entries->len; i++)
    g_string_append_c (ways, ((Entry *)g_ptr_array_index (entries, i))->check_in->exit ? 'o' : 'i');
  return g_string_free (ways, FALSE);
}

/* From now on it takes nothing back. */
void
foyer_fake_server_forbid_annulment (FoyerFakeServer *self)
{
  self->keeps = TRUE;
}

/* How many check-ins were annulled. */
guint
foyer_fake_server_count_annulled (FoyerFakeServer *self)
{
  return self->annulled;
}

/* How many refusals it was told of, each once. */
guint
foyer_fake_server_count_refusals (FoyerFakeServer *self)
{
  return g_hash_table_size (self->refusals);
}

/* How many steps came, simulated ones not counted. */
guint
foyer_fake_server_get_sends (FoyerFakeServer *self)
{
  return self->sends;
}

guint
foyer_fake_server_get_pulls (FoyerFakeServer *self)
{
  return self->pulls;
}

void
foyer_fake_server_set_skew (FoyerFakeServer *self, gint64 skew)
{
  self->skew = skew;
}

gint64
foyer_fake_server_get_skew (FoyerFakeServer *self)
{
  return self->skew;
}

/* How long every answer takes. */
void
foyer_fake_server_set_delay (FoyerFakeServer *self, gint64 microseconds)
{
  self->delay = microseconds;
}

gint64
foyer_fake_server_get_delay (FoyerFakeServer *self)
{
  return self->delay;
}

void
foyer_fake_server_set_page_size (FoyerFakeServer *self, guint records)
{
  self->page_size = records;
}

void
foyer_fake_server_set_down (FoyerFakeServer *self, gboolean down)
{
  self->down = down;
}

gboolean
foyer_fake_server_get_down (FoyerFakeServer *self)
{
  return self->down;
}

/* What becomes of the next step (each call takes one). */
void
foyer_fake_server_add_fault (FoyerFakeServer *self, FoyerFakeFault fault)
{
  g_queue_push_tail (&self->faults, GINT_TO_POINTER (fault));
}

void
foyer_fake_server_forbid (FoyerFakeServer *self, FoyerResource resource)
{
  self->forbidden |= 1u << resource;
}

static void
set_error (GError **error, FoyerError code, FoyerOutcome outcome)
{
  foyer_error_set (error, code, "fake", "It did not work");
  if (error != NULL)
    foyer_error_set_outcome (*error, outcome);
}

static FoyerAttendee *
make_attendee (Ticket *ticket)
{
  FoyerAttendee *attendee = foyer_attendee_new ();

  attendee->id = ticket->id;
  attendee->positionid = 1;
  attendee->order = g_strdup (ticket->order);
  attendee->product = FOYER_FAKE_PRODUCT;
  attendee->secret = g_strdup (ticket->secret);
  attendee->name = g_strdup (ticket->name);
  if (attendee->check_ins == NULL)
    attendee->check_ins = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_check_in_unref);
  for (guint i = 0; i < ticket->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (ticket->entries, i);

      g_ptr_array_add (attendee->check_ins, foyer_check_in_ref (entry->check_in));
    }
  return attendee;
}

static FoyerOrder *
make_order (Ticket *ticket, gboolean whole)
{
  FoyerOrder *order = foyer_order_new ();

  order->code = g_strdup (ticket->order);
  order->status = FOYER_ORDER_PAID;
  order->datetime = 0;
  if (whole)
    {
      if (order->attendees == NULL)
        order->attendees = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_attendee_unref);
      g_ptr_array_add (order->attendees, make_attendee (ticket));
    }
  return order;
}

static gboolean
is_inside (Ticket *ticket)
{
  Entry *last;

  if (ticket->entries->len == 0)
    return FALSE;
  last = g_ptr_array_index (ticket->entries, ticket->entries->len - 1);
  return !last->check_in->exit;
}

static FoyerStepResult *
annul (FoyerFakeServer *self, FoyerStep *step, gint64 device_id)
{
  FoyerStepResult *result = foyer_step_result_new ();
  Ticket *ticket = find_ticket (self, step->scan->secret);

  result->list = FOYER_FAKE_LIST;
  result->outcome = FOYER_STEP_REFUSED;
  result->reason = g_strdup ("unknown");
  for (guint i = 0; ticket != NULL && i < ticket->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (ticket->entries, i);

      if (g_strcmp0 (entry->nonce, step->key) != 0 || entry->check_in->device_id != device_id)
        continue;
      g_free (result->reason);
      result->reason = g_strdup ("too_late");
      if (self->keeps || step->at - entry->check_in->datetime > 15 * FOYER_MINUTE)
        break;
      g_clear_pointer (&result->reason, g_free);
      result->outcome = FOYER_STEP_DONE;
      g_ptr_array_remove_index (ticket->entries, i);
      self->annulled++;
      break;
    }
  return result;
}

static FoyerStepResult *
hear_refusal (FoyerFakeServer *self, FoyerStep *step)
{
  FoyerStepResult *result = foyer_step_result_new ();

  g_assert_nonnull (step->key);
  g_hash_table_add (self->refusals, g_strdup (step->key));
  result->outcome = FOYER_STEP_DONE;
  return result;
}

static FoyerStepResult *
decide_scan (FoyerFakeServer *self, FoyerStep *step, gint64 device_id)
{
  FoyerStepResult *result = foyer_step_result_new ();
  Ticket *ticket = find_ticket (self, step->scan->secret);
  gboolean known = FALSE;

  result->list = FOYER_FAKE_LIST;
  result->outcome = FOYER_STEP_REFUSED;
  if (ticket == NULL)
    {
      result->reason = g_strdup ("invalid");
      return result;
    }

  result->attendee = make_attendee (ticket);
  result->order = make_order (ticket, FALSE);
  for (guint i = 0; i < ticket->entries->len; i++)
    if (g_strcmp0 (((Entry *)g_ptr_array_index (ticket->entries, i))->nonce, step->key) == 0)
      known = TRUE;

  if (ticket->refusal != NULL && !step->scan->force)
    {
      result->reason = g_strdup (ticket->refusal);
      if (g_str_equal (ticket->refusal, "incomplete"))
        result->outcome = FOYER_STEP_NEEDS_ANSWERS;
    }
  else if (known)
    {
      result->outcome = FOYER_STEP_DONE;
      result->replayed = TRUE;
    }
  else if (!step->scan->exit && is_inside (ticket) && !step->scan->force)
    result->reason = g_strdup ("already_redeemed");
  else
    {
      result->outcome = FOYER_STEP_DONE;
      if (!step->simulate)
        add_entry (ticket, step->scan->datetime, device_id, step->scan->exit, step->key);
    }
  return result;
}

static FoyerStepResult *
decide (FoyerFakeServer *self, FoyerStep *step, gint64 device_id)
{
  switch (step->kind)
    {
    case FOYER_STEP_CHECK_IN:
      return decide_scan (self, step, device_id);
    case FOYER_STEP_ANNUL:
      return annul (self, step, device_id);
    case FOYER_STEP_REFUSAL:
      return hear_refusal (self, step);
    }
  g_assert_not_reached ();
}

FoyerStepResult *
foyer_fake_server_perform (FoyerFakeServer *self, FoyerStep *step, gint64 device_id, GError **error)
{
  FoyerFakeFault fault = FOYER_FAKE_NONE;

  if (self->down)
    fault = FOYER_FAKE_NEVER_SENT;
  else if (!g_queue_is_empty (&self->faults))
    fault = GPOINTER_TO_INT (g_queue_pop_head (&self->faults));

  if (!step->simulate && fault != FOYER_FAKE_NEVER_SENT)
    self->sends++;

  switch (fault)
    {
    case FOYER_FAKE_NONE:
      return decide (self, step, device_id);
    case FOYER_FAKE_LOST_ANSWER:
      foyer_step_result_unref (decide (self, step, device_id));
      set_error (error, FOYER_ERROR_TIMEOUT, FOYER_OUTCOME_UNKNOWN);
      return NULL;
    case FOYER_FAKE_LOST_REQUEST:
      set_error (error, FOYER_ERROR_TIMEOUT, FOYER_OUTCOME_UNKNOWN);
      return NULL;
    case FOYER_FAKE_NEVER_SENT:
      set_error (error, FOYER_ERROR_OFFLINE, FOYER_OUTCOME_NEVER_SENT);
      return NULL;
    case FOYER_FAKE_BUSY:
      set_error (error, FOYER_ERROR_RATE_LIMITED, FOYER_OUTCOME_ANSWERED);
      if (error != NULL)
        foyer_error_set_retry_after (*error, 7 * FOYER_SECOND);
      return NULL;
    case FOYER_FAKE_BROKEN:
      set_error (error, FOYER_ERROR_SERVER, FOYER_OUTCOME_ANSWERED);
      return NULL;
    case FOYER_FAKE_UNAUTHORIZED:
      set_error (error, FOYER_ERROR_UNAUTHORIZED, FOYER_OUTCOME_ANSWERED);
      return NULL;
    case FOYER_FAKE_FORBIDDEN:
      set_error (error, FOYER_ERROR_FORBIDDEN, FOYER_OUTCOME_ANSWERED);
      return NULL;
    case FOYER_FAKE_INVALID:
      set_error (error, FOYER_ERROR_INVALID, FOYER_OUTCOME_ANSWERED);
      return NULL;
    }
  g_assert_not_reached ();
}

/* It was done if it is there no more. */
static FoyerStepResult *
look_up_annulled (Ticket *ticket, FoyerStep *step)
{
  FoyerStepResult *result;

  for (guint i = 0; ticket != NULL && i < ticket->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (ticket->entries, i);

      if (entry->check_in->datetime == step->scan->datetime
          && entry->check_in->exit == step->scan->exit)
        return NULL;
    }
  result = foyer_step_result_new ();
  result->outcome = FOYER_STEP_DONE;
  result->list = FOYER_FAKE_LIST;
  return result;
}

FoyerStepResult *
foyer_fake_server_lookup (FoyerFakeServer *self, FoyerStep *step, gint64 device_id, GError **error)
{
  Ticket *ticket = find_ticket (self, step->scan->secret);

  if (self->down)
    {
      set_error (error, FOYER_ERROR_OFFLINE, FOYER_OUTCOME_NEVER_SENT);
      return NULL;
    }

  if (step->kind == FOYER_STEP_REFUSAL)
    return NULL;
  if (step->kind == FOYER_STEP_ANNUL)
    return look_up_annulled (ticket, step);

  for (guint i = 0; ticket != NULL && i < ticket->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (ticket->entries, i);
      FoyerStepResult *result;

      if (entry->check_in->datetime != step->scan->datetime
          || entry->check_in->device_id != device_id)
        continue;
      result = foyer_step_result_new ();
      result->outcome = FOYER_STEP_DONE;
      result->replayed = TRUE;
      result->list = FOYER_FAKE_LIST;
      result->attendee = make_attendee (ticket);
      result->order = make_order (ticket, FALSE);
      return result;
    }
  return NULL;
}

static gpointer
make_record (FoyerFakeServer *self, FoyerResource resource)
{
  if (resource == FOYER_RESOURCE_EVENT)
    {
      FoyerEvent *event = foyer_event_new ();

      event->slug = g_strdup ("conf");
      event->name = g_strdup ("Conference");
      event->zone = g_strdup ("UTC");
      event->currency = g_strdup ("EUR");
      return event;
    }
  if (resource == FOYER_RESOURCE_PRODUCTS)
    {
      FoyerProduct *product = foyer_product_new ();

      product->id = FOYER_FAKE_PRODUCT;
      product->name = g_strdup ("Regular");
      return product;
    }
  if (resource == FOYER_RESOURCE_LISTS)
    {
      FoyerCheckInList *list = foyer_check_in_list_new ();

      list->id = FOYER_FAKE_LIST;
      list->name = g_strdup ("Door");
      list->all_products = TRUE;
      list->allow_entry_after_exit = TRUE;
      return list;
    }
  return NULL;
}

static GDestroyNotify
get_free_func (FoyerResource resource)
{
  if (resource == FOYER_RESOURCE_EVENT)
    return (GDestroyNotify)foyer_event_unref;
  if (resource == FOYER_RESOURCE_PRODUCTS)
    return (GDestroyNotify)foyer_product_unref;
  if (resource == FOYER_RESOURCE_LISTS)
    return (GDestroyNotify)foyer_check_in_list_unref;
  return (GDestroyNotify)foyer_order_unref;
}

FoyerPage *
foyer_fake_server_pull (FoyerFakeServer *self, FoyerPullRequest *request, GError **error)
{
  g_autoptr (FoyerPage) page = NULL;
  guint begin = request->cursor != NULL ? (guint)atoi (request->cursor) : 0;

  self->pulls++;
  if (self->down)
    {
      set_error (error, FOYER_ERROR_OFFLINE, FOYER_OUTCOME_NEVER_SENT);
      return NULL;
    }
  if (self->forbidden & (1u << request->resource))
    {
      set_error (error, FOYER_ERROR_FORBIDDEN, FOYER_OUTCOME_ANSWERED);
      return NULL;
    }

  page = foyer_page_new (request->resource);
  if (page->records == NULL)
    page->records = g_ptr_array_new_with_free_func (get_free_func (request->resource));
  page->bytes = 100;
  page->watermark = g_strdup ("mark");
  page->generated = foyer_clock_now (self->clock) + self->skew;
  if (request->resource != FOYER_RESOURCE_ORDERS)
    {
      gpointer record = make_record (self, request->resource);

      page->whole = TRUE;
      if (record != NULL)
        g_ptr_array_add (page->records, record);
      return g_steal_pointer (&page);
    }

  page->total = self->tickets->len;
  page->whole = request->watermark == NULL;
  for (guint i = begin; i < self->tickets->len && i < begin + self->page_size; i++)
    g_ptr_array_add (page->records, make_order (g_ptr_array_index (self->tickets, i), TRUE));
  if (begin + self->page_size < self->tickets->len)
    page->next = g_strdup_printf ("%u", begin + self->page_size);
  return g_steal_pointer (&page);
}
