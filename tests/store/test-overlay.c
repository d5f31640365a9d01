/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The overlay is there twice: as a pure function in core/commands, and as SQL over both files. Random
 * mirrors with random commands over them: whoever asks gets what the function says. */

#include "foyer-list-summary.h"
#include "foyer-overlay.h"
#include "foyer-person.h"
#include "store-fixture.h"

#define WORLDS 12
#define ORDERS 5
#define TICKETS 2 /* an order */
#define LISTS 3
#define MOMENTS 8 /* few, so that scans meet */

typedef struct
{
  GRand *rand;
  GPtrArray *orders;   /* (element-type FoyerOrder) */
  GPtrArray *commands; /* (element-type FoyerCommand) in the journal's order */
} World;

static gboolean
one_in (World *self, int n)
{
  return g_rand_int_range (self->rand, 0, n) == 0;
}

static FoyerTime
draw_moment (World *self)
{
  return AT (g_rand_int_range (self->rand, 0, MOMENTS) * 60);
}

static gint64
draw_attendee (World *self)
{
  /* The last one is nobody's. */
  return g_rand_int_range (self->rand, 1, ORDERS * TICKETS + 2);
}

static void
make_orders (World *self)
{
  gint64 id = 1;
  gint64 check_in = 1;

  for (guint i = 0; i < ORDERS; i++)
    {
      g_autofree char *code = g_strdup_printf ("ORD%u", i);
      FoyerOrder *order = make_order (code,
                                      one_in (self, 4) ? FOYER_ORDER_PENDING : FOYER_ORDER_PAID);

      for (guint j = 0; j < TICKETS; j++, id++)
        {
          g_autofree char *secret = g_strdup_printf ("secret-%" G_GINT64_FORMAT, id);
          g_autofree char *name = g_strdup_printf ("Person %" G_GINT64_FORMAT, id);
          FoyerAttendee *attendee = add_attendee (order, id, name, secret,
                                                  one_in (self, 2) ? 1 : 2);

          for (int n = g_rand_int_range (self->rand, 0, 4); n > 0; n--)
            add_check_in (attendee, check_in++, g_rand_int_range (self->rand, 1, LISTS + 1),
                          draw_moment (self), one_in (self, 3));
        }
      g_ptr_array_add (self->orders, order);
    }
}

static void
make_commands (World *self, FoyerJournal *journal)
{
  for (int n = g_rand_int_range (self->rand, 5, 30); n > 0; n--)
    {
      FoyerCommand *command = make_command (draw_attendee (self),
                                            g_rand_int_range (self->rand, 1, LISTS + 1),
                                            draw_moment (self), one_in (self, 3));

      command->state = (FoyerCommandState)g_rand_int_range (self->rand, FOYER_STATE_PENDING,
                                                            FOYER_STATE_WITHDRAWN + 1);
      if (one_in (self, 8))
        command->kind = FOYER_COMMAND_REFUSAL;
      else if (one_in (self, 4))
        command->kind = FOYER_COMMAND_UNDO;
      if (one_in (self, 8))
        {
          g_free (command->connection);
          command->connection = g_strdup ("elsewhere");
        }
      else
        g_ptr_array_add (self->commands, foyer_command_ref (command));
      g_free (insert_command (journal, command));
    }
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* "AT:in:waits ...": what can be compared. */
static char *
describe (GPtrArray *check_ins, gint64 list)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < check_ins->len; i++)
    {
      const FoyerCheckIn *check_in = g_ptr_array_index (check_ins, i);

      if (check_in->list == list)
        g_ptr_array_add (words, g_strdup_printf ("%" G_GINT64_FORMAT "%s%s", check_in->datetime,
                                                 check_in->exit ? ":out" : ":in",
                                                 check_in->waiting ? ":waits" : ""));
    }
  g_ptr_array_sort (words, compare_words);
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s ", (char *)g_ptr_array_index (words, i));
  return g_string_free (text, FALSE);
}

typedef struct
{
  FoyerTime first_entry;
  FoyerTime last_entry;
  FoyerTime last_exit;
} Presence;

static Presence
get_presence (GPtrArray *laid)
{
  Presence presence = { FOYER_TIME_NONE, FOYER_TIME_NONE, FOYER_TIME_NONE };

  for (guint i = 0; i < laid->len; i++)
    {
      const FoyerCheckIn *check_in = g_ptr_array_index (laid, i);

      if (check_in->exit)
        presence.last_exit = MAX (presence.last_exit, check_in->datetime);
      else
        {
          if (presence.first_entry == FOYER_TIME_NONE)
            presence.first_entry = check_in->datetime;
          presence.first_entry = MIN (presence.first_entry, check_in->datetime);
          presence.last_entry = MAX (presence.last_entry, check_in->datetime);
        }
    }
  return presence;
}

static gboolean
is_inside (const Presence *presence)
{
  return presence->last_entry != FOYER_TIME_NONE
         && (presence->last_exit == FOYER_TIME_NONE || presence->last_exit < presence->last_entry);
}

static gboolean
has_command (World *self, gint64 attendee, gint64 list)
{
  g_autofree char *target = foyer_overlay_make_target (attendee, list);

  for (guint i = 0; i < self->commands->len; i++)
    {
      const FoyerCommand *command = g_ptr_array_index (self->commands, i);

      if (foyer_overlay_counts (command) && g_str_equal (command->target, target))
        return TRUE;
    }
  return FALSE;
}

static void
compare_decision (Fixture *store, const FoyerAttendee *attendee, gint64 list, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerAdmissionFacts) facts = fixture_gather (store->journal, "conf", attendee->secret,
                                                          0, list, &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < facts->candidates->len; i++)
    {
      const FoyerAdmissionCandidate *candidate = g_ptr_array_index (facts->candidates, i);
      g_autofree char *got = NULL;

      if (candidate->attendee->id != attendee->id)
        continue;
      found = TRUE;
      got = describe (candidate->attendee->check_ins, list);
      g_assert_cmpstr (got, ==, expected);
    }
  g_assert_true (found);
}

static void
compare_order (Fixture *store, const FoyerAttendee *attendee, gint64 list, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerOrder) order = fixture_load_order (store->query, "conf", attendee->order, list,
                                                     &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < order->attendees->len; i++)
    {
      const FoyerAttendee *one = g_ptr_array_index (order->attendees, i);
      g_autofree char *got = NULL;

      if (one->id != attendee->id)
        continue;
      found = TRUE;
      got = describe (one->check_ins, list);
      g_assert_cmpstr (got, ==, expected);
    }
  g_assert_true (found);
}

static void
compare_person (World *self,
                Fixture *store,
                const FoyerAttendee *attendee,
                gint64 list,
                const Presence *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = fixture_find (store->query, "conf", attendee->secret, list,
                                               &error);
  const FoyerPerson *person;

  g_assert_no_error (error);
  g_assert_cmpuint (people->len, >=, 1);
  person = g_ptr_array_index (people, 0);
  g_assert_cmpint (person->attendee->id, ==, attendee->id);
  g_assert_cmpint (person->admitted_at, ==, expected->first_entry);
  g_assert_cmpint (person->inside, ==, is_inside (expected));
  g_assert_cmpint (person->waiting, ==, has_command (self, attendee->id, list));
}

static gboolean
counts_on (const FoyerListSummary *summary, const FoyerOrder *order, const FoyerAttendee *attendee)
{
  return (order->status == FOYER_ORDER_PAID || summary->list->include_pending)
         && foyer_check_in_list_has_product (summary->list, attendee->product);
}

/* What is said of each product adds up to what is said of the list. */
static void
compare_products (const FoyerListSummary *summary)
{
  gint64 expected = 0, admitted = 0, inside = 0;

  for (guint i = 0; i < summary->by_product->len; i++)
    {
      const FoyerProductCount *count = g_ptr_array_index (summary->by_product, i);

      g_assert_true (foyer_check_in_list_has_product (summary->list, count->product));
      expected += count->expected;
      admitted += count->admitted;
      inside += count->inside;
    }
  g_assert_cmpint (summary->expected, ==, expected);
  g_assert_cmpint (summary->admitted, ==, admitted);
  g_assert_cmpint (summary->inside, ==, inside);
}

static void
compare_counts (World *self, Fixture *store)
{
  g_autoptr (GPtrArray) lists = fixture_load_lists (store->query, "conf");

  for (guint l = 0; l < lists->len; l++)
    {
      const FoyerListSummary *summary = g_ptr_array_index (lists, l);
      gint64 expected = 0, admitted = 0, inside = 0;

      if (summary->list->id > LISTS)
        continue;
      for (guint i = 0; i < self->orders->len; i++)
        {
          const FoyerOrder *order = g_ptr_array_index (self->orders, i);

          for (guint j = 0; j < order->attendees->len; j++)
            {
              const FoyerAttendee *attendee = g_ptr_array_index (order->attendees, j);
              g_autoptr (GPtrArray) laid = foyer_overlay_lay (attendee->check_ins, self->commands,
                                                              attendee->id, summary->list->id);
              Presence presence = get_presence (laid);

              if (!counts_on (summary, order, attendee))
                continue;
              expected++;
              admitted += presence.last_entry != FOYER_TIME_NONE;
              inside += is_inside (&presence);
            }
        }
      g_assert_cmpint (summary->expected, ==, expected);
      g_assert_cmpint (summary->admitted, ==, admitted);
      g_assert_cmpint (summary->inside, ==, inside);
      compare_products (summary);
    }
}

static void
compare_all (World *self, Fixture *store)
{
  for (guint i = 0; i < self->orders->len; i++)
    {
      const FoyerOrder *order = g_ptr_array_index (self->orders, i);

      for (guint j = 0; j < order->attendees->len; j++)
        for (gint64 list = 1; list <= LISTS; list++)
          {
            const FoyerAttendee *attendee = g_ptr_array_index (order->attendees, j);
            g_autoptr (GPtrArray) laid = foyer_overlay_lay (attendee->check_ins, self->commands,
                                                            attendee->id, list);
            g_autofree char *expected = describe (laid, list);
            Presence presence = get_presence (laid);

            compare_decision (store, attendee, list, expected);
            compare_order (store, attendee, list, expected);
            compare_person (self, store, attendee, list, &presence);
          }
    }
  compare_counts (self, store);
}

static void
move_commands (World *self, FoyerJournal *journal)
{
  for (guint i = 0; i < self->commands->len; i++)
    {
      FoyerCommand *command = g_ptr_array_index (self->commands, i);
      FoyerCommand *moved;

      if (!one_in (self, 2))
        continue;
      moved = foyer_command_copy (command);
      moved->state = (FoyerCommandState)g_rand_int_range (self->rand, FOYER_STATE_PENDING,
                                                          FOYER_STATE_WITHDRAWN + 1);
      set_command_state (journal, moved->id, moved->state);
      foyer_command_unref (command);
      self->commands->pdata[i] = moved;
    }
}

static void
test_random_worlds (void)
{
  for (guint32 seed = 1; seed <= WORLDS; seed++)
    {
      World world = { .rand = g_rand_new_with_seed (seed) };
      Fixture store = { 0 };

      g_test_message ("world %u", seed);
      world.orders = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_order_unref);
      world.commands = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_command_unref);
      fixture_set_up (&store, NULL);
      make_world (store.mirror, "conf");
      make_orders (&world);
      fixture_ingest_all (store.mirror, "conf", FOYER_RESOURCE_ORDERS, world.orders);
      make_commands (&world, store.journal);
      compare_all (&world, &store);

      /* Commands go their way, and what was laid over is laid over no more. */
      move_commands (&world, store.journal);
      compare_all (&world, &store);
      fixture_close (&store);
      fixture_open (&store);
      compare_counts (&world, &store);

      fixture_tear_down (&store, NULL);
      g_ptr_array_unref (world.orders);
      g_ptr_array_unref (world.commands);
      g_rand_free (world.rand);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/overlay/random-worlds", test_random_worlds);
  return g_test_run ();
}
