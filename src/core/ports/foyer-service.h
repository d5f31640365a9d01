/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "foyer-call.h"
#include "foyer-connection.h"
#include "foyer-page.h"
#include "foyer-step-result.h"
#include "foyer-step.h"

G_BEGIN_DECLS

/**
 * FoyerPermission:
 * @FOYER_PERMISSION_READ_ORDERS: tickets can be fetched: the desk can work offline
 * @FOYER_PERMISSION_CHECK_IN: tickets can be redeemed
 * @FOYER_PERMISSION_WRITE_ORDERS: orders can be changed, cancelled, refunded
 *
 * What Foyer needs to be allowed to do.
 */
typedef enum
{
  FOYER_PERMISSION_READ_ORDERS = 1 << 0,
  FOYER_PERMISSION_CHECK_IN = 1 << 1,
  FOYER_PERMISSION_WRITE_ORDERS = 1 << 2,
} FoyerPermission;

#define FOYER_TYPE_SERVICE_REPORT (foyer_service_report_get_type ())

/**
 * FoyerServiceReport:
 * @version: (nullable): the service's version as text
 * @version_supported: whether Foyer can work with it fully
 * @permissions: a set of #FoyerPermission that the credential has (as far as the connection's event is
 *   known; 0 while none is chosen)
 * @permissions_known: whether @permissions was asked at all
 * @desk: (nullable): the name others see in conflicts; %NULL for a team token
 * @device_id: the device's number, or 0
 * @organizer: (nullable): the organiser the credential is bound to, if the service says so
 * @gate: gate's id, or 0
 * @gate_name: (nullable)
 * @security_profile: (nullable): of a device
 * @skew: service's clock minus the laptop's, microseconds
 *
 * The answer to "who am I here, and what may I do?". Immutable once made.
 */
typedef struct _FoyerServiceReport FoyerServiceReport;
struct _FoyerServiceReport
{
  char *version;
  gboolean version_supported;
  guint permissions;
  gboolean permissions_known;
  char *desk;
  gint64 device_id;
  char *organizer;
  gint64 gate;
  char *gate_name;
  char *security_profile;
  gint64 skew;
};

GType foyer_service_report_get_type (void) G_GNUC_CONST;
FoyerServiceReport *foyer_service_report_new (void);
FoyerServiceReport *foyer_service_report_ref (FoyerServiceReport *self);
void foyer_service_report_unref (FoyerServiceReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerServiceReport, foyer_service_report_unref)

#define FOYER_TYPE_ENROLMENT (foyer_enrolment_get_type ())

/**
 * FoyerEnrolment:
 * @credential: the new device's key: goes to the keyring and nowhere else; zeroed when freed
 * @organizer: (nullable): slug of the organiser
 * @desk: (nullable): the device's name
 * @device_id: its number
 * @gate: gate's id, or 0
 * @gate_name: (nullable)
 * @security_profile: (nullable)
 *
 * What a one-time initialisation token was exchanged for. Immutable once made.
 */
typedef struct _FoyerEnrolment FoyerEnrolment;
struct _FoyerEnrolment
{
  char *credential;
  char *organizer;
  char *desk;
  gint64 device_id;
  gint64 gate;
  char *gate_name;
  char *security_profile;
};

GType foyer_enrolment_get_type (void) G_GNUC_CONST;
FoyerEnrolment *foyer_enrolment_new (void);
FoyerEnrolment *foyer_enrolment_ref (FoyerEnrolment *self);
void foyer_enrolment_unref (FoyerEnrolment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerEnrolment, foyer_enrolment_unref)

#define FOYER_TYPE_SERVICE (foyer_service_get_type ())
G_DECLARE_INTERFACE (FoyerService, foyer_service, FOYER, SERVICE, GObject)

/**
 * FoyerServiceInterface:
 * @get_connection: the connection this end belongs to
 * @get_reach: whether the service is in reach; property `reach` of every implementation, notified
 * @dup_health: the connection's figures
 * @check_async: who am I, version, permissions, clock
 * @pull_async: one page of one resource
 * @can_perform: whether the driver knows a kind of step
 * @perform_async: one step; the driver appends the records of its calls to the step's call log
 * @lookup_async: did this step happen? A result: yes, and this was the answer. %NULL without an
 *   error: no, it did not.
 * @enroll_async: (nullable): exchanges a one-time token for a device's key
 * @invite_async: (nullable): makes room for another desk of the connection's event: gives the one-time
 *   token that it enrols with
 * @revoke_async: (nullable): gives the device's key back
 * @rotate_async: (nullable): exchanges the key for a new one
 *
 * The one interface for every outside system. All calls are made and answered on the main context of
 * the caller; an implementation does its parsing in threads. Errors are in %FOYER_ERROR, their
 * outcome (foyer_error_get_outcome()) says whether a step may have reached the service.
 */
struct _FoyerServiceInterface
{
  GTypeInterface parent;

  FoyerConnection *(*get_connection) (FoyerService *self);
  FoyerReach (*get_reach) (FoyerService *self);
  FoyerHealth *(*dup_health) (FoyerService *self);

  void (*check_async) (FoyerService *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  FoyerServiceReport *(*check_finish) (FoyerService *self, GAsyncResult *result, GError **error);

  void (*pull_async) (FoyerService *self,
                      FoyerPullRequest *request,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  FoyerPage *(*pull_finish) (FoyerService *self, GAsyncResult *result, GError **error);

  gboolean (*can_perform) (FoyerService *self, FoyerStepKind kind);
  void (*perform_async) (FoyerService *self,
                         FoyerStep *step,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  FoyerStepResult *(*perform_finish) (FoyerService *self, GAsyncResult *result, GError **error);

  void (*lookup_async) (FoyerService *self,
                        FoyerStep *step,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  FoyerStepResult *(*lookup_finish) (FoyerService *self, GAsyncResult *result, GError **error);

  void (*enroll_async) (FoyerService *self,
                        const char *token,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  FoyerEnrolment *(*enroll_finish) (FoyerService *self, GAsyncResult *result, GError **error);

  void (*invite_async) (FoyerService *self,
                        const char *desk,
                        gboolean only_check_in,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  char *(*invite_finish) (FoyerService *self, GAsyncResult *result, GError **error);

  void (*revoke_async) (FoyerService *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*revoke_finish) (FoyerService *self, GAsyncResult *result, GError **error);
};

FoyerConnection *foyer_service_get_connection (FoyerService *self);
FoyerReach foyer_service_get_reach (FoyerService *self);
FoyerHealth *foyer_service_dup_health (FoyerService *self);
gboolean foyer_service_can_perform (FoyerService *self, FoyerStepKind kind);
gboolean foyer_service_can_enroll (FoyerService *self);
gboolean foyer_service_can_invite (FoyerService *self);
gboolean foyer_service_can_revoke (FoyerService *self);

void foyer_service_check_async (FoyerService *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
FoyerServiceReport *
foyer_service_check_finish (FoyerService *self, GAsyncResult *result, GError **error);
void foyer_service_pull_async (FoyerService *self,
                               FoyerPullRequest *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
FoyerPage *foyer_service_pull_finish (FoyerService *self, GAsyncResult *result, GError **error);
void foyer_service_perform_async (FoyerService *self,
                                  FoyerStep *step,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
FoyerStepResult *
foyer_service_perform_finish (FoyerService *self, GAsyncResult *result, GError **error);
void foyer_service_lookup_async (FoyerService *self,
                                 FoyerStep *step,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
FoyerStepResult *
foyer_service_lookup_finish (FoyerService *self, GAsyncResult *result, GError **error);
void foyer_service_enroll_async (FoyerService *self,
                                 const char *token,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
FoyerEnrolment *
foyer_service_enroll_finish (FoyerService *self, GAsyncResult *result, GError **error);
void foyer_service_invite_async (FoyerService *self,
                                 const char *desk,
                                 gboolean only_check_in,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
char *foyer_service_invite_finish (FoyerService *self, GAsyncResult *result, GError **error);
void foyer_service_revoke_async (FoyerService *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean foyer_service_revoke_finish (FoyerService *self, GAsyncResult *result, GError **error);

/**
 * FoyerServiceFactory:
 * @connection: what to connect to; may lack organiser and event while a person still chooses
 * @credential: (nullable): the key; %NULL for enrolment
 * @user_data: the factory's own
 * @error: return location
 *
 * Makes the real end of a connection. The composition root gives it to core.
 *
 * Returns: (transfer full): a service, or %NULL with an error (bad address, bad CA file)
 */
typedef FoyerService *(*FoyerServiceFactory) (FoyerConnection *connection,
                                              const char *credential,
                                              gpointer user_data,
                                              GError **error);

G_END_DECLS
