/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The port of every outside system: dispatch, and the values that travel through it. */

#define G_LOG_DOMAIN "foyer-ports"

#include "foyer-service.h"

#include "foyer-secrets.h"

G_DEFINE_BOXED_TYPE (FoyerServiceReport,
                     foyer_service_report,
                     foyer_service_report_ref,
                     foyer_service_report_unref)
G_DEFINE_BOXED_TYPE (FoyerEnrolment, foyer_enrolment, foyer_enrolment_ref, foyer_enrolment_unref)
G_DEFINE_INTERFACE (FoyerService, foyer_service, G_TYPE_OBJECT)

static void
foyer_service_default_init (FoyerServiceInterface *iface)
{
  /**
   * FoyerService:reach:
   *
   * A #FoyerReach: whether the service is in reach.
   */
  g_object_interface_install_property (
      iface, g_param_spec_int ("reach", NULL, NULL, FOYER_REACH_UNKNOWN, FOYER_REACH_OFFLINE,
                               FOYER_REACH_UNKNOWN, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
foyer_service_report_clear (gpointer data)
{
  FoyerServiceReport *self = data;

  g_free (self->version);
  g_free (self->desk);
  g_free (self->organizer);
  g_free (self->gate_name);
  g_free (self->security_profile);
}

/**
 * foyer_service_report_new:
 *
 * Returns: (transfer full): an empty value, to be filled in by its maker before anybody else sees it
 */
FoyerServiceReport *
foyer_service_report_new (void)
{
  return g_atomic_rc_box_new0 (FoyerServiceReport);
}

/**
 * foyer_service_report_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerServiceReport *
foyer_service_report_ref (FoyerServiceReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_service_report_unref:
 * @self: (transfer full): a value
 */
void
foyer_service_report_unref (FoyerServiceReport *self)
{
  g_atomic_rc_box_release_full (self, foyer_service_report_clear);
}

static void
foyer_enrolment_clear (gpointer data)
{
  FoyerEnrolment *self = data;

  foyer_secrets_wipe (self->credential);
  g_free (self->organizer);
  g_free (self->desk);
  g_free (self->gate_name);
  g_free (self->security_profile);
}

/**
 * foyer_enrolment_new:
 *
 * Returns: (transfer full): an empty value, to be filled in by its maker before anybody else sees it
 */
FoyerEnrolment *
foyer_enrolment_new (void)
{
  return g_atomic_rc_box_new0 (FoyerEnrolment);
}

/**
 * foyer_enrolment_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerEnrolment *
foyer_enrolment_ref (FoyerEnrolment *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_enrolment_unref:
 * @self: (transfer full): a value
 */
void
foyer_enrolment_unref (FoyerEnrolment *self)
{
  g_atomic_rc_box_release_full (self, foyer_enrolment_clear);
}

/**
 * foyer_service_can_enroll:
 * @self: the service
 *
 * Returns: whether a one-time token can be exchanged for a key of this desk's own
 */
gboolean
foyer_service_can_enroll (FoyerService *self)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), FALSE);

  return FOYER_SERVICE_GET_IFACE (self)->enroll_async != NULL;
}

/**
 * foyer_service_can_invite:
 * @self: the object
 *
 * Returns: whether the kind of service can make room for another desk; the credential may still not be
 *   allowed to
 */
gboolean
foyer_service_can_invite (FoyerService *self)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), FALSE);

  return FOYER_SERVICE_GET_IFACE (self)->invite_async != NULL;
}

/**
 * foyer_service_can_revoke:
 * @self: the service
 *
 * Returns: whether the desk's key can be given back
 */
gboolean
foyer_service_can_revoke (FoyerService *self)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), FALSE);

  return FOYER_SERVICE_GET_IFACE (self)->revoke_async != NULL;
}

/**
 * foyer_service_get_connection:
 * @self: the object
 *
 * See #FoyerServiceInterface.
 *
 * Returns: (transfer none): the connection
 */
FoyerConnection *
foyer_service_get_connection (FoyerService *self)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), NULL);

  return FOYER_SERVICE_GET_IFACE (self)->get_connection (self);
}

/**
 * foyer_service_get_reach:
 * @self: the object
 *
 * See #FoyerServiceInterface.
 *
 * Returns: as the interface says
 */
FoyerReach
foyer_service_get_reach (FoyerService *self)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), 0);

  return FOYER_SERVICE_GET_IFACE (self)->get_reach (self);
}

/**
 * foyer_service_dup_health:
 * @self: the object
 *
 * See #FoyerServiceInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
FoyerHealth *
foyer_service_dup_health (FoyerService *self)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), NULL);

  return FOYER_SERVICE_GET_IFACE (self)->dup_health (self);
}

/**
 * foyer_service_can_perform:
 * @self: the object
 * @kind: see #FoyerServiceInterface
 *
 * See #FoyerServiceInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_service_can_perform (FoyerService *self, FoyerStepKind kind)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), FALSE);

  return FOYER_SERVICE_GET_IFACE (self)->can_perform (self, kind);
}

/**
 * foyer_service_check_async:
 * @self: the object
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerServiceInterface.
 */
void
foyer_service_check_async (FoyerService *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (FOYER_IS_SERVICE (self));

  FOYER_SERVICE_GET_IFACE (self)->check_async (self, cancellable, callback, user_data);
}

/**
 * foyer_service_check_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerServiceInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
FoyerServiceReport *
foyer_service_check_finish (FoyerService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), NULL);

  return FOYER_SERVICE_GET_IFACE (self)->check_finish (self, result, error);
}

/**
 * foyer_service_pull_async:
 * @self: the object
 * @request: see #FoyerServiceInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerServiceInterface.
 */
void
foyer_service_pull_async (FoyerService *self,
                          FoyerPullRequest *request,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (FOYER_IS_SERVICE (self));

  FOYER_SERVICE_GET_IFACE (self)->pull_async (self, request, cancellable, callback, user_data);
}

/**
 * foyer_service_pull_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerServiceInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
FoyerPage *
foyer_service_pull_finish (FoyerService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), NULL);

  return FOYER_SERVICE_GET_IFACE (self)->pull_finish (self, result, error);
}

/**
 * foyer_service_perform_async:
 * @self: the object
 * @step: see #FoyerServiceInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerServiceInterface.
 */
void
foyer_service_perform_async (FoyerService *self,
                             FoyerStep *step,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (FOYER_IS_SERVICE (self));

  FOYER_SERVICE_GET_IFACE (self)->perform_async (self, step, cancellable, callback, user_data);
}

/**
 * foyer_service_perform_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerServiceInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
FoyerStepResult *
foyer_service_perform_finish (FoyerService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), NULL);

  return FOYER_SERVICE_GET_IFACE (self)->perform_finish (self, result, error);
}

/**
 * foyer_service_lookup_async:
 * @self: the object
 * @step: see #FoyerServiceInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerServiceInterface.
 */
void
foyer_service_lookup_async (FoyerService *self,
                            FoyerStep *step,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (FOYER_IS_SERVICE (self));

  FOYER_SERVICE_GET_IFACE (self)->lookup_async (self, step, cancellable, callback, user_data);
}

/**
 * foyer_service_lookup_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerServiceInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
FoyerStepResult *
foyer_service_lookup_finish (FoyerService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), NULL);

  return FOYER_SERVICE_GET_IFACE (self)->lookup_finish (self, result, error);
}

/**
 * foyer_service_enroll_async:
 * @self: the object
 * @token: see #FoyerServiceInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerServiceInterface.
 */
void
foyer_service_enroll_async (FoyerService *self,
                            const char *token,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (FOYER_IS_SERVICE (self));

  FOYER_SERVICE_GET_IFACE (self)->enroll_async (self, token, cancellable, callback, user_data);
}

/**
 * foyer_service_enroll_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerServiceInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
FoyerEnrolment *
foyer_service_enroll_finish (FoyerService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), NULL);

  return FOYER_SERVICE_GET_IFACE (self)->enroll_finish (self, result, error);
}

/**
 * foyer_service_invite_async:
 * @self: the object
 * @desk: what the other desk is to be called
 * @only_check_in: it is to check people in, and nothing else
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerServiceInterface.
 */
void
foyer_service_invite_async (FoyerService *self,
                            const char *desk,
                            gboolean only_check_in,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (FOYER_IS_SERVICE (self));

  FOYER_SERVICE_GET_IFACE (self)->invite_async (self, desk, only_check_in, cancellable, callback,
                                                user_data);
}

/**
 * foyer_service_invite_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the one-time token, to be wiped; or %NULL with an error,
 *   %FOYER_ERROR_FORBIDDEN if the credential may not do this
 */
char *
foyer_service_invite_finish (FoyerService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), NULL);

  return FOYER_SERVICE_GET_IFACE (self)->invite_finish (self, result, error);
}

/**
 * foyer_service_revoke_async:
 * @self: the object
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerServiceInterface.
 */
void
foyer_service_revoke_async (FoyerService *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (FOYER_IS_SERVICE (self));

  FOYER_SERVICE_GET_IFACE (self)->revoke_async (self, cancellable, callback, user_data);
}

/**
 * foyer_service_revoke_finish:
 * @self: the object
 * @result: what @callback got
 * @error: return location
 *
 * See #FoyerServiceInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_service_revoke_finish (FoyerService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_SERVICE (self), FALSE);

  return FOYER_SERVICE_GET_IFACE (self)->revoke_finish (self, result, error);
}
