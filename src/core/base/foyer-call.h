/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CALL (foyer_call_get_type ())

/**
 * FoyerCall:
 * @at: when the call began (the laptop's clock)
 * @connection: (nullable): name of the connection
 * @service: the service's kind, `pretix`
 * @method: `GET`, `POST`, ...
 * @route: the route *template*, `/organizers/{organizer}/events/{event}/orders/`: never an id,
 *   never a query value, never personal data
 * @status: HTTP status; 0 if no answer came
 * @duration: microseconds from start to the end of the answer
 * @request_id: our own id of the call, a UUIDv7
 * @error: (nullable): name of the error (`TIMEOUT`), %NULL if all is well
 * @bytes_sent: size of the request's body
 * @bytes_received: size of the answer's body
 *
 * The record of one outside call, as audit, health and error reports see it. Immutable after
 * foyer_call_new(); its fields are read directly. The strings are owned by the record.
 */
typedef struct
{
  FoyerTime at;
  char *connection;
  char *service;
  char *method;
  char *route;
  int status;
  gint64 duration;
  char *request_id;
  char *error;
  gsize bytes_sent;
  gsize bytes_received;

  /*< private >*/
  gatomicrefcount ref_count;
} FoyerCall;

GType foyer_call_get_type (void) G_GNUC_CONST;
FoyerCall *foyer_call_new (const FoyerCall *values);
FoyerCall *foyer_call_ref (FoyerCall *self);
void foyer_call_unref (FoyerCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerCall, foyer_call_unref)

#define FOYER_TYPE_HEALTH (foyer_health_get_type ())

/**
 * FoyerReach:
 * @FOYER_REACH_UNKNOWN: nothing was asked yet
 * @FOYER_REACH_ONLINE: the last call was answered
 * @FOYER_REACH_OFFLINE: the last call could not be sent, or the last two were not answered
 */
typedef enum
{
  FOYER_REACH_UNKNOWN,
  FOYER_REACH_ONLINE,
  FOYER_REACH_OFFLINE,
} FoyerReach;

/**
 * FoyerHealth:
 * @reach: whether the service is in reach
 * @calls: calls seen since the start
 * @failures: calls without an answer, with 429 or with 5xx
 * @p50: median duration of the recent calls, microseconds
 * @p95: 95th percentile of the same
 * @last_answer: when the last answer came, or %FOYER_TIME_NONE
 * @skew: service's clock minus the laptop's, microseconds; only if @skew_known
 * @skew_known: whether a Date header was seen
 *
 * A connection's figures: what the window shows, and what the deadline of a verdict is made from.
 */
typedef struct
{
  FoyerReach reach;
  guint64 calls;
  guint64 failures;
  gint64 p50;
  gint64 p95;
  FoyerTime last_answer;
  gint64 skew;
  gboolean skew_known;
} FoyerHealth;

GType foyer_health_get_type (void) G_GNUC_CONST;
FoyerHealth *foyer_health_copy (const FoyerHealth *self);
void foyer_health_free (FoyerHealth *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerHealth, foyer_health_free)

G_END_DECLS
