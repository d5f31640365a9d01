/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a list of people says of a ticket. The outcome is a forecast from the copy alone, in the order in
 * which the service checks; the decision itself is made by nobody but the rules, when it is asked for. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-person-words.h"

#include "foyer-text.h"

#include <glib/gi18n.h>

#define LINE_MAX_CHARS 200

G_DEFINE_BOXED_TYPE (FoyerPersonWords,
                     foyer_person_words,
                     foyer_person_words_ref,
                     foyer_person_words_unref)

static char *
safe_line (const char *text)
{
  g_autofree char *clean = NULL;

  if (text == NULL)
    return NULL;

  clean = foyer_text_clean_line (text, LINE_MAX_CHARS);
  return *clean != '\0' ? foyer_text_isolate (clean) : NULL;
}

static char *
describe_name (const FoyerPerson *person)
{
  char *name = safe_line (person->attendee->name);

  if (name == NULL)
    name = safe_line (person->order != NULL ? person->order->name : NULL);
  if (name == NULL)
    name = safe_line (person->attendee->email);
  if (name == NULL)
    name = g_strdup (_ ("No name"));
  return name;
}

static char *
describe_ticket (const FoyerPerson *person)
{
  g_autofree char *product = safe_line (person->product);
  g_autofree char *variation = safe_line (person->variation);

  if (product == NULL)
    return g_strdup ("");
  return variation != NULL ? g_strdup_printf ("%s · %s", product, variation)
                           : g_steal_pointer (&product);
}

static char *
describe_order (const FoyerPerson *person)
{
  g_autofree char *company = safe_line (person->attendee->company);

  if (company == NULL && person->order != NULL)
    company = safe_line (person->order->company);
  if (company == NULL)
    return g_strdup (person->attendee->order != NULL ? person->attendee->order : "");

  return g_strdup_printf ("%s · %s", person->attendee->order, company);
}

static void
take_outcome (FoyerPersonWords *self, FoyerTone tone, const char *icon, char *outcome)
{
  self->tone = tone;
  self->icon = icon;
  self->outcome = outcome;
}

static gboolean
is_unpaid (const FoyerOrder *order)
{
  if (order == NULL || order->valid_if_pending)
    return FALSE;

  return order->status == FOYER_ORDER_PENDING || order->status == FOYER_ORDER_EXPIRED;
}

static void
fill_outcome (FoyerPersonWords *self, const FoyerPerson *person, FoyerTime now, GTimeZone *zone)
{
  const FoyerAttendee *attendee = person->attendee;
  const FoyerOrder *order = person->order;
  const char *stop = "window-close-symbolic";
  const char *care = "dialog-warning-symbolic";

  if (attendee->canceled || (order != NULL && order->status == FOYER_ORDER_CANCELED))
    take_outcome (self, FOYER_TONE_STOP, stop, g_strdup (_ ("Cancelled")));
  else if (attendee->blocked)
    take_outcome (self, FOYER_TONE_STOP, stop, g_strdup (_ ("Blocked")));
  else if (order != NULL && order->status == FOYER_ORDER_PENDING && order->require_approval)
    take_outcome (self, FOYER_TONE_STOP, stop, g_strdup (_ ("Not approved")));
  else if ((attendee->valid_from != FOYER_TIME_NONE && now < attendee->valid_from)
           || (attendee->valid_until != FOYER_TIME_NONE && now > attendee->valid_until))
    take_outcome (self, FOYER_TONE_STOP, stop, g_strdup (_ ("Wrong time")));
  else if (!person->on_list)
    take_outcome (self, FOYER_TONE_STOP, stop, g_strdup (_ ("Other entrance")));
  else if (is_unpaid (order))
    take_outcome (self, FOYER_TONE_CARE, care, g_strdup (_ ("Not paid")));
  else if (person->admitted_at != FOYER_TIME_NONE)
    {
      g_autofree char *at = foyer_words_for_time (person->admitted_at, now, zone);

      take_outcome (self, FOYER_TONE_NEUTRAL, "object-select-symbolic",
                    person->waiting
                        /* Translators: came in at that time, and the service does not know yet */
                        ? g_strdup_printf (_ ("In since %s, waits to be sent"), at)
                        : g_strdup_printf (_ ("In since %s"), at));
    }
  else
    take_outcome (self, FOYER_TONE_GO, "go-next-symbolic", g_strdup (_ ("Can come in")));
}

/**
 * foyer_person_words_new:
 * @person: a ticket
 * @now: door time
 * @zone: (nullable): the event's zone
 *
 * Returns: (transfer full): the ticket in words
 */
FoyerPersonWords *
foyer_person_words_new (const FoyerPerson *person, FoyerTime now, GTimeZone *zone)
{
  FoyerPersonWords *self;

  g_return_val_if_fail (person != NULL && person->attendee != NULL, NULL);

  self = g_atomic_rc_box_new0 (FoyerPersonWords);
  self->name = describe_name (person);
  self->ticket = describe_ticket (person);
  self->order = describe_order (person);
  fill_outcome (self, person, now, zone);
  return self;
}

/**
 * foyer_person_words_ref:
 * @self: the words
 *
 * Returns: (transfer full): @self
 */
FoyerPersonWords *
foyer_person_words_ref (FoyerPersonWords *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
foyer_person_words_clear (gpointer data)
{
  FoyerPersonWords *self = data;

  g_free (self->name);
  g_free (self->ticket);
  g_free (self->order);
  g_free (self->outcome);
}

/**
 * foyer_person_words_unref:
 * @self: (transfer full): the words
 */
void
foyer_person_words_unref (FoyerPersonWords *self)
{
  g_atomic_rc_box_release_full (self, foyer_person_words_clear);
}

static void
fill_product (FoyerPerson *person, GPtrArray *products)
{
  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      FoyerProduct *product = g_ptr_array_index (products, i);
      FoyerVariation *variation;

      if (product->id != person->attendee->product)
        continue;
      person->product = g_strdup (product->name);
      variation = person->attendee->variation != 0
                      ? foyer_product_get_variation (product, person->attendee->variation)
                      : NULL;
      person->variation = variation != NULL ? g_strdup (variation->name) : NULL;
      return;
    }
}

/**
 * foyer_person_on_list:
 * @attendee: a ticket with its check-ins
 * @order: its order
 * @products: (element-type FoyerProduct) (nullable): the event's products
 * @list: the list asked for
 *
 * Returns: (transfer full): the ticket as that list sees it
 */
FoyerPerson *
foyer_person_on_list (FoyerAttendee *attendee,
                      FoyerOrder *order,
                      GPtrArray *products,
                      FoyerCheckInList *list)
{
  FoyerPerson *person;
  FoyerTime newest = FOYER_TIME_NONE;

  g_return_val_if_fail (attendee != NULL && order != NULL && list != NULL, NULL);

  person = foyer_person_new ();
  person->attendee = foyer_attendee_ref (attendee);
  person->order = foyer_order_ref (order);
  fill_product (person, products);
  person->admitted_at = FOYER_TIME_NONE;
  person->on_list = foyer_check_in_list_has_product (list, attendee->product)
                    && (list->subevent == 0 || list->subevent == attendee->subevent);

  for (guint i = 0; attendee->check_ins != NULL && i < attendee->check_ins->len; i++)
    {
      const FoyerCheckIn *check_in = g_ptr_array_index (attendee->check_ins, i);

      if (check_in->list != list->id)
        continue;
      if (!check_in->exit
          && (person->admitted_at == FOYER_TIME_NONE || check_in->datetime < person->admitted_at))
        person->admitted_at = check_in->datetime;
      if (check_in->datetime >= newest)
        {
          newest = check_in->datetime;
          person->inside = !check_in->exit;
        }
      person->waiting = person->waiting || check_in->waiting;
    }

  return person;
}
