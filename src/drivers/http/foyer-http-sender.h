/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "foyer-http-breaker.h"
#include "foyer-http-clock.h"
#include "foyer-http-health.h"
#include "foyer-http-lane.h"
#include "foyer-http-request-private.h"
#include "foyer-http-response.h"

G_BEGIN_DECLS

/**
 * FoyerHttpSender:
 *
 * The inside of a connection: which request goes out when, how often, and what its end teaches.
 * Part of its owner, which holds it for as long as a task of it is on its way.
 */
typedef struct
{
  GObject *owner;   /* (unowned): source of all tasks */
  char *connection; /* (nullable) */
  char *service;
  char *base_url;      /* without a slash at its end */
  char *ca_file;       /* (nullable) */
  char *authorization; /* (nullable): the whole header; overwritten before it is freed */
  void (*call_finished) (GObject *owner, FoyerCall *call, gboolean is_logged);
  void (*reach_changed) (GObject *owner);

  FoyerHttpBreaker breaker;
  FoyerHttpLane lane;
  FoyerHttpClock clock;
  FoyerHttpHealth health;
  gint64 first_backoff;
  gint64 longest_backoff;

  /*< private >*/
  SoupSession *session;
  GTlsDatabase *ca; /* (nullable): of @ca_file */
  gboolean issuers_loading;
  gboolean issuers_loaded;
  FoyerReach told_reach;
  gint64 slept; /* microseconds that the laptop has slept since its start */

  GQueue urgent;  /* (element-type Send) that wait for their turn */
  GQueue waiting; /* (element-type Send) */
  GSource *pump_timer;

  FoyerHttpRequest *probe;
  gboolean probing;
  gint64 probe_pause;
  GSource *probe_timer;
} FoyerHttpSender;

void foyer_http_sender_init (FoyerHttpSender *self, GObject *owner, guint32 seed);
void foyer_http_sender_open (FoyerHttpSender *self, const char *user_agent);
void foyer_http_sender_close (FoyerHttpSender *self);
void foyer_http_sender_clear (FoyerHttpSender *self);

void foyer_http_sender_pump (FoyerHttpSender *self);
void foyer_http_sender_set_probe (FoyerHttpSender *self, FoyerHttpRequest *request);
void foyer_http_sender_forget_authorization (FoyerHttpSender *self);
void foyer_http_sender_send (FoyerHttpSender *self,
                             FoyerHttpRequest *request,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
FoyerHttpResponse *
foyer_http_sender_finish (FoyerHttpSender *self, GAsyncResult *result, GError **error);

G_END_DECLS
