/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_CONNECTION (foyer_connection_get_type ())

/**
 * FoyerConnection:
 * @name: the name within the workspace, unique, chosen by the person or made from the event
 * @service: kind of service, `pretix`
 * @base_url: address without a trailing slash, `https://pretix.eu`
 * @organizer: (nullable): slug of the organiser
 * @event: (nullable): slug of the event
 * @subevent: the series date this desk works for, or 0 for all
 * @auth_scheme: `Token` (a team) or `Device`
 * @secret_ref: key of the credential in the keyring
 * @desk: (nullable): the name others see in conflicts; %NULL for a team token, which has none
 * @device_id: the device number within the organiser, or 0
 * @gate: the gate of the device, or 0
 * @gate_name: (nullable): its name
 * @security_profile: (nullable): the profile of the device, `full` or `pretixscan`
 * @ca_file: (nullable): absolute path of an additional CA certificate
 * @version: (nullable): version of the service when last checked
 * @sample: whether this is the embedded sample event
 *
 * One account at one outside service, bound to one event of it. The credential itself is never here:
 * it lies in the keyring under @secret_ref.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerConnection FoyerConnection;
struct _FoyerConnection
{
  char *name;
  char *service;
  char *base_url;
  char *organizer;
  char *event;
  gint64 subevent;
  char *auth_scheme;
  char *secret_ref;
  char *desk;
  gint64 device_id;
  gint64 gate;
  char *gate_name;
  char *security_profile;
  char *ca_file;
  char *version;
  gboolean sample;
};

GType foyer_connection_get_type (void) G_GNUC_CONST;
FoyerConnection *foyer_connection_new (void);
FoyerConnection *foyer_connection_ref (FoyerConnection *self);
void foyer_connection_unref (FoyerConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerConnection, foyer_connection_unref)

G_END_DECLS
