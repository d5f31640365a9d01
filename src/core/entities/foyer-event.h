/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_EVENT (foyer_event_get_type ())

/**
 * FoyerEvent:
 * @slug: the service's key
 * @organizer: (nullable): slug of its organiser
 * @name: name in the reader's language
 * @zone: IANA time zone; what is shown is shown in it
 * @currency: ISO 4217 letters
 * @locale: (nullable): the event's own language
 * @date_from: start
 * @date_to: end, or %FOYER_TIME_NONE
 * @date_admission: doors, or %FOYER_TIME_NONE
 * @has_subevents: whether it is a series of dates
 * @live: whether its shop is open
 * @testmode: whether it is in test mode
 * @signing_keys: (nullable): public keys of signed tickets, base64 of PEM (contracts: pretix_sig1)
 *
 * An event at the ticketing service.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerEvent FoyerEvent;
struct _FoyerEvent
{
  char *slug;
  char *organizer;
  char *name;
  char *zone;
  char *currency;
  char *locale;
  FoyerTime date_from;
  FoyerTime date_to;
  FoyerTime date_admission;
  gboolean has_subevents;
  gboolean live;
  gboolean testmode;
  GStrv signing_keys;
};

GType foyer_event_get_type (void) G_GNUC_CONST;
FoyerEvent *foyer_event_new (void);
FoyerEvent *foyer_event_ref (FoyerEvent *self);
void foyer_event_unref (FoyerEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerEvent, foyer_event_unref)

G_END_DECLS
