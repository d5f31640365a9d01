/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-call.h"

G_BEGIN_DECLS

/**
 * FoyerHttpFault:
 * @FOYER_HTTP_FAULT_NONE: an answer came, and it is none of the below
 * @FOYER_HTTP_FAULT_UNREACHED: the request never left: refused, no network, no such host, no TLS
 * @FOYER_HTTP_FAULT_UNANSWERED: it left, or may have, and no whole answer came
 * @FOYER_HTTP_FAULT_BUSY: an answer came: 429 or 5xx
 *
 * What a call says about the health of a service. A refusal is an answer: no fault.
 */
typedef enum
{
  FOYER_HTTP_FAULT_NONE,
  FOYER_HTTP_FAULT_UNREACHED,
  FOYER_HTTP_FAULT_UNANSWERED,
  FOYER_HTTP_FAULT_BUSY,
} FoyerHttpFault;

/**
 * FoyerHttpBreaker:
 *
 * The circuit breaker of a connection, as a value: times are given, nothing is waited for.
 */
typedef struct
{
  gint64 first_pause;
  gint64 longest_pause;
  guint threshold;

  guint faults;     /* in a row, of all kinds */
  guint unanswered; /* in a row, without any answer */
  gint64 pause;     /* 0 = the circuit is closed */
  gint64 open_until;
  gboolean trying; /* one read is on its way to see whether it can be closed */
  FoyerReach reach;
  GRand *random;
} FoyerHttpBreaker;

void foyer_http_breaker_init (FoyerHttpBreaker *self, guint32 seed);
void foyer_http_breaker_clear (FoyerHttpBreaker *self);
gboolean
foyer_http_breaker_allow (FoyerHttpBreaker *self, gint64 now, gboolean is_read, gboolean probe);
void foyer_http_breaker_report (FoyerHttpBreaker *self, gint64 now, FoyerHttpFault fault);
void foyer_http_breaker_withdraw (FoyerHttpBreaker *self);
gboolean foyer_http_breaker_is_open (const FoyerHttpBreaker *self);
gint64 foyer_http_breaker_get_wait (const FoyerHttpBreaker *self, gint64 now);

G_END_DECLS
