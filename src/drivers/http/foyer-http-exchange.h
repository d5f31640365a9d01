/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "foyer-http-breaker.h"
#include "foyer-http-request-private.h"
#include "foyer-http-response-private.h"

G_BEGIN_DECLS

typedef struct _FoyerHttpExchange FoyerHttpExchange;

/* Called once, on the main context of the start; the exchange is freed behind it. */
typedef void (*FoyerHttpExchangeDone) (FoyerHttpExchange *self, gpointer user_data);

/**
 * FoyerHttpExchange:
 *
 * One request on the wire and its answer: one attempt. The upper part is given, the lower one is
 * there when it is done.
 */
struct _FoyerHttpExchange
{
  FoyerHttpRequest *request;
  SoupMessage *message;
  GTlsDatabase *ca;      /* (nullable): trusted besides the system's */
  gint64 deadline;       /* microseconds from the start */
  gboolean may_redirect; /* to the same origin */

  FoyerTime at;          /* the laptop's clock at the start */
  gint64 steady_sent;    /* foyer_http_clock_get_steady_time() at the start */
  gint64 steady_headers; /* the same when the headers had come; 0 = they have not */
  gint64 duration;       /* microseconds, from the start to the end */
  int status;            /* 0 = none came */
  gsize bytes_sent;
  gsize bytes_received;
  FoyerTime date; /* of the answer, or FOYER_TIME_NONE */
  gint64 retry_after;
  FoyerHttpFault fault;
  gboolean cancelled;          /* by foyer_http_exchange_cancel() */
  GUri *redirect;              /* (nullable): where to ask instead */
  GError *error;               /* (nullable) */
  FoyerHttpResponse *response; /* (nullable): a whole answer, if there is no error */

  /*< private >*/
  GCancellable *cancellable;
  GSource *timer;
  GInputStream *stream;
  GByteArray *body;
  gint64 started_at;
  gboolean sent; /* the first byte is on its way: from here on nobody knows */
  gboolean guarded;
  gboolean timed_out;
  GTlsCertificateFlags certificate_flags;
  GTlsCertificate *certificate;
  FoyerHttpExchangeDone done;
  gpointer user_data;
};

void foyer_http_exchange_start (SoupSession *session,
                                FoyerHttpRequest *request,
                                GUri *uri,
                                const char *authorization,
                                GTlsDatabase *ca,
                                gint64 deadline,
                                gboolean may_redirect,
                                FoyerHttpExchange **exchange,
                                FoyerHttpExchangeDone done,
                                gpointer user_data);
void foyer_http_exchange_cancel (FoyerHttpExchange *self);

G_END_DECLS
