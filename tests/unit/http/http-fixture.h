/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-fault-server.h"
#include "foyer-http.h"

G_BEGIN_DECLS

/* A request on its way. */
typedef struct
{
  gboolean done;
  FoyerHttpResponse *response;
  GError *error;
} Asking;

FoyerHttp *fixture_connect (FoyerFaultServer *server);
FoyerHttpRequest *fixture_request (const char *method);
void fixture_begin (FoyerHttp *http,
                    FoyerHttpRequest *request,
                    GCancellable *cancellable,
                    Asking *asking);
void fixture_end (Asking *asking);
void asking_clear (Asking *asking);
FoyerHttpResponse *fixture_ask (FoyerHttp *http, FoyerHttpRequest *request, GError **error);
void fixture_iterate_until (gboolean (*is_so) (gpointer data), gpointer data);

/* The error of @request, which must fail. */
GError *fixture_ask_error (FoyerHttp *http, FoyerHttpRequest *request);

/* @request must end with this. */
void fixture_assert_fails (FoyerHttp *http,
                           FoyerHttpRequest *request,
                           FoyerError code,
                           FoyerOutcome outcome);

/* A listener that keeps what it is told. */
#define TYPE_EAR (ear_get_type ())
G_DECLARE_FINAL_TYPE (Ear, ear, TEST, EAR, GObject)
struct _Ear
{
  GObject parent_instance;
  GPtrArray *calls; /* (element-type FoyerCall) */
};
Ear *ear_new (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asking, asking_clear)

G_END_DECLS
