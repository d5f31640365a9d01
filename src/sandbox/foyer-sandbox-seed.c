/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample event: orders and tickets. What is for sale stands in foyer-sandbox-sample.c. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-seed.h"

#include <string.h>

#include "foyer-json.h"
#include "foyer-sandbox-names.h"
#include "foyer-sandbox-sample.h"

#define SECRET_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789"
#define CODE_LETTERS "ABCDEFGHJKLMNPQRSTUVWXYZ3789"

static guint
pick (FoyerSandboxWorld *world, guint below)
{
  return (guint)((foyer_sandbox_world_random (world) >> 20) % below);
}

/* 32 letters from three random numbers: at a million tickets this is what the time goes into. */
static const char *
new_secret (FoyerSandboxWorld *world)
{
  static const char letters[] = SECRET_LETTERS;
  char *text = foyer_sandbox_world_alloc (world, 33);

  for (guint i = 0; i < 32;)
    {
      guint64 bits = foyer_sandbox_world_random (world) >> 4;

      for (guint j = 0; j < 11 && i < 32; j++, bits /= 36)
        text[i++] = letters[bits % 36];
    }
  return text;
}

/* Unique without looking it up: a number, mixed by a step that is prime to the alphabet's power. */
static void
make_code (FoyerSandboxWorld *world, guint64 number, char code[8])
{
  static const char letters[] = CODE_LETTERS;
  guint64 space = 28ull * 28 * 28 * 28 * 28;
  guint64 mixed = (number * 9765631 + (world->seed + 977) % space * 1046527) % space;

  for (int i = 4; i >= 0; i--, mixed /= 28)
    code[i] = letters[mixed % 28];
  code[5] = '\0';
}

typedef struct
{
  FoyerSandboxEvent *event;
  FoyerSandboxSample *sample;
  FoyerTime first_sale;
  FoyerTime imported;
  guint64 number;
  gint64 step;
} Sale;

/* What one person of an order buys: the main ticket, perhaps an add-on behind it. */
static guint
choose_tickets (FoyerSandboxWorld *world,
                FoyerSandboxSample *sample,
                gsize left,
                guint8 *kinds,
                gint8 *parents)
{
  static const guint8 people_by_chance[] = { 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 5 };
  guint people = people_by_chance[pick (world, G_N_ELEMENTS (people_by_chance))];
  guint n = 0;

  for (guint i = 0; i < people && n < left; i++)
    {
      guint parent = n;
      guint chance = pick (world, 100);

      kinds[n] = chance < 52   ? FOYER_SANDBOX_SALE_REGULAR
                 : chance < 70 ? FOYER_SANDBOX_SALE_STUDENT
                 : chance < 84 ? FOYER_SANDBOX_SALE_DAY
                 : chance < 90 ? FOYER_SANDBOX_SALE_SPEAKER
                 : chance < 95 ? FOYER_SANDBOX_SALE_PRESS
                               : FOYER_SANDBOX_SALE_MINOR;
      parents[n++] = -1;
      if (n < left && pick (world, 100) < 18)
        {
          kinds[n] = FOYER_SANDBOX_SALE_WORKSHOP;
          parents[n++] = (gint8)parent;
        }
      if (n < left && pick (world, 100) < 5)
        {
          kinds[n] = FOYER_SANDBOX_SALE_SHIRT;
          parents[n++] = (gint8)parent;
        }
    }
  return n;
}

static void
fill_position (Sale *sale,
               FoyerSandboxPosition *position,
               const FoyerSandboxSale *kind,
               FoyerSandboxPosition *parent)
{
  FoyerSandboxWorld *world = sale->event->world;
  FoyerSandboxOrder *order = position->order;

  position->secret = new_secret (world);
  position->item = (guint32)kind->item;
  position->variation = (guint32)kind->variation;
  position->price = kind->price;
  position->tax_rate = 1900;
  foyer_sandbox_event_add_position (sale->event, position);
  order->total += kind->price;
  if (parent != NULL)
    {
      position->addon_to = parent->id;
      return;
    }
  position->name = foyer_sandbox_name_pick (world, foyer_sandbox_world_random (world) >> 24);
  position->email = order->email;
  if (pick (world, 100) < 22)
    {
      position->company = foyer_sandbox_company_pick (pick (world, 1000));
      foyer_sandbox_position_set_answer (position, sale->sample->question_company,
                                         position->company, NULL);
    }
}

/* The ones that make a desk's day long. */
static void
make_trouble (Sale *sale, FoyerSandboxPosition *position)
{
  FoyerSandboxEvent *event = sale->event;
  FoyerSandboxWorld *world = event->world;
  FoyerSandboxSample *sample = sale->sample;
  guint chance = pick (world, 1000);

  if (chance < 6)
    {
      position->blocked = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (position->blocked, g_strdup ("admin"));
      foyer_sandbox_event_add_mark (event, event->blocked, position->secret, position)->at
          = sale->imported;
    }
  else if (chance < 12)
    foyer_sandbox_event_add_mark (event, event->revoked, new_secret (world), position)->at
        = sale->imported;
  else if (chance < 18)
    position->canceled = TRUE;
  else if (chance < 24)
    position->valid_from = sample->second_day;
  else if (chance < 30)
    position->valid_until = sample->first_day + 4 * FOYER_HOUR;
  else if (chance < 60 && position->order->status == 'p')
    {
      FoyerSandboxCheckIn *row = foyer_sandbox_event_add_checkin (event, sample->list_main,
                                                                  position);

      row->successful = TRUE;
      row->datetime = sample->admission + pick (world, 3600) * FOYER_SECOND;
      row->created = row->datetime;
    }
}

static void
sell (Sale *sale, gsize left)
{
  FoyerSandboxEvent *event = sale->event;
  FoyerSandboxWorld *world = event->world;
  guint8 kinds[16];
  gint8 parents[16];
  guint n = choose_tickets (world, sale->sample, MIN (left, 15), kinds, parents);
  guint chance = pick (world, 1000);
  FoyerSandboxOrder *order;
  char code[8];
  char email[64];

  make_code (world, sale->number, code);
  order = foyer_sandbox_event_add_order (event, code, n);
  g_snprintf (email, sizeof email, "guest%" G_GUINT64_FORMAT "@example.org", sale->number);
  order->email = foyer_sandbox_world_text (world, email);
  order->datetime = sale->first_sale + (FoyerTime)sale->number * sale->step;
  order->expires = order->datetime + 14 * 24 * FOYER_HOUR;
  order->status = chance < 860 ? 'p' : chance < 925 ? 'n' : chance < 955 ? 'e' : 'c';
  order->valid_if_pending = order->status == 'n' && chance < 868;
  order->require_approval = order->status == 'n' && chance >= 918;
  order->checkin_attention = chance % 97 == 3;
  if (chance % 131 == 5)
    order->checkin_text = "Hand out the welcome bag";
  order->locale = chance % 3 == 0 ? "de" : "en";
  order->provider = chance % 2 == 0 ? "manual" : "banktransfer";
  if (order->status == 'c')
    order->cancellation_date = order->datetime + 3 * 24 * FOYER_HOUR;
  order->last_modified = sale->imported + (FoyerTime)sale->number;
  foyer_sandbox_order_append_modified (order);
  for (guint i = 0; i < n; i++)
    fill_position (sale, &order->positions[i], &sale->sample->sales[kinds[i]],
                   parents[i] >= 0 ? &order->positions[parents[i]] : NULL);
  for (guint i = 0; i < n; i++)
    {
      make_trouble (sale, &order->positions[i]);
      if (order->positions[i].canceled)
        order->total -= order->positions[i].price;
    }
  sale->number++;
}

static void
seed_series (FoyerSandboxWorld *world, Sale *sale)
{
  FoyerSandboxEvent *event = foyer_sandbox_sample_series (world, sale->sample);

  sale->event = event;
  for (guint i = 0; i < 40; i++)
    {
      JsonObject *subevent = g_ptr_array_index (event->subevents, i % event->subevents->len);
      FoyerSandboxOrder *order;
      char code[8];

      make_code (world, sale->number++, code);
      order = foyer_sandbox_event_add_order (event, code, 1);
      order->email = "night@example.org";
      order->datetime = sale->first_sale + i * FOYER_MINUTE;
      order->expires = order->datetime + 14 * 24 * FOYER_HOUR;
      order->last_modified = sale->imported + i;
      order->total = 1500;
      foyer_sandbox_order_append_modified (order);
      order->positions[0].secret = new_secret (world);
      order->positions[0].item = (guint32)foyer_json_get_int (g_ptr_array_index (event->items, 0),
                                                              "id", 0);
      order->positions[0].subevent = (guint32)foyer_json_get_int (subevent, "id", 0);
      order->positions[0].price = 1500;
      order->positions[0].tax_rate = 1900;
      order->positions[0].name = foyer_sandbox_name_pick (world,
                                                          foyer_sandbox_world_random (world) >> 24);
      order->positions[0].email = order->email;
      foyer_sandbox_event_add_position (event, &order->positions[0]);
    }
}

/**
 * foyer_sandbox_seed:
 * @world: an empty world
 * @attendees: how many tickets
 * @date: (nullable): first day of the event, `YYYY-MM-DD`; %NULL for today
 *
 * Fills the world with the sample events: `sample`, `series` and `empty`. The same seed, number and
 * date give the same world to the byte.
 */
void
foyer_sandbox_seed (FoyerSandboxWorld *world, gsize attendees, const char *date)
{
  FoyerSandboxSample sample;
  Sale sale = { .sample = &sample };
  gint64 weeks_of_sale = 60 * 24 * FOYER_HOUR;

  foyer_sandbox_sample_init (&sample, world, date);
  sale.event = sample.event;
  sale.first_sale = sample.first_day - 62 * 24 * FOYER_HOUR;
  sale.imported = sample.first_day - 36 * FOYER_HOUR;
  /* there are some 41 orders to 100 tickets */
  sale.step = MAX (1, weeks_of_sale * 100 / (42 * (FoyerTime)MAX (attendees, 5)));
  while (sale.event->n_positions < attendees)
    sell (&sale, attendees - sale.event->n_positions);
  seed_series (world, &sale);
  foyer_sandbox_sample_empty (world, &sample);
}
