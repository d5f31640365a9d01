/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether an order came as it came last time. An overlapping sync brings most orders again unchanged. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-order-digest.h"

#include "foyer-digest.h"

static guint64
add_check_in (guint64 digest, const FoyerCheckIn *check_in)
{
  digest = foyer_digest_int (digest, check_in->id);
  digest = foyer_digest_int (digest, check_in->list);
  digest = foyer_digest_int (digest, check_in->datetime);
  digest = foyer_digest_int (digest, (check_in->exit != 0) << 1 | (check_in->automatic != 0));
  digest = foyer_digest_int (digest, check_in->gate);
  return foyer_digest_int (digest, check_in->device_id);
}

static guint64
add_answer (guint64 digest, const FoyerAnswer *answer)
{
  digest = foyer_digest_int (digest, answer->question);
  digest = foyer_digest_text (digest, answer->answer);
  for (guint i = 0; answer->options != NULL && i < answer->options->len; i++)
    digest = foyer_digest_int (digest, g_array_index (answer->options, gint64, i));
  return digest;
}

static guint64
add_attendee (guint64 digest, const FoyerAttendee *attendee)
{
  digest = foyer_digest_int (digest, attendee->id);
  digest = foyer_digest_int (digest, attendee->positionid);
  digest = foyer_digest_int (digest, attendee->product);
  digest = foyer_digest_int (digest, attendee->variation);
  digest = foyer_digest_int (digest, attendee->subevent);
  digest = foyer_digest_text (digest, attendee->secret);
  digest = foyer_digest_text (digest, attendee->name);
  digest = foyer_digest_text (digest, attendee->email);
  digest = foyer_digest_text (digest, attendee->company);
  digest = foyer_digest_int (digest, (attendee->canceled != 0) << 1 | (attendee->blocked != 0));
  digest = foyer_digest_int (digest, attendee->valid_from);
  digest = foyer_digest_int (digest, attendee->valid_until);
  digest = foyer_digest_int (digest, attendee->addon_to);
  digest = foyer_digest_text (digest, attendee->pseudonymization_id);
  for (guint i = 0; attendee->check_ins != NULL && i < attendee->check_ins->len; i++)
    digest = add_check_in (digest, g_ptr_array_index (attendee->check_ins, i));
  for (guint i = 0; attendee->answers != NULL && i < attendee->answers->len; i++)
    digest = add_answer (digest, g_ptr_array_index (attendee->answers, i));
  return digest;
}

/**
 * foyer_order_digest:
 * @order: an order, whole
 *
 * Returns: a number that another content most likely does not have; never 0
 */
gint64
foyer_order_digest (const FoyerOrder *order)
{
  guint64 digest = foyer_digest_begin ();

  digest = foyer_digest_int (digest, order->status);
  digest = foyer_digest_int (digest, (order->require_approval != 0) << 3
                                         | (order->valid_if_pending != 0) << 2
                                         | (order->testmode != 0) << 1 | (order->attention != 0));
  digest = foyer_digest_text (digest, order->checkin_text);
  digest = foyer_digest_text (digest, order->email);
  digest = foyer_digest_text (digest, order->phone);
  digest = foyer_digest_text (digest, order->name);
  digest = foyer_digest_text (digest, order->company);
  digest = foyer_digest_text (digest, order->locale);
  digest = foyer_digest_text (digest, order->total);
  digest = foyer_digest_int (digest, order->datetime);
  digest = foyer_digest_int (digest, order->expires);
  digest = foyer_digest_int (digest, order->last_modified);
  digest = foyer_digest_text (digest, order->document);
  for (guint i = 0; order->attendees != NULL && i < order->attendees->len; i++)
    digest = add_attendee (digest, g_ptr_array_index (order->attendees, i));
  return foyer_digest_end (digest);
}
