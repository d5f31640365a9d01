/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "foyer-error.h"
#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SANDBOX (foyer_sandbox_get_type ())
G_DECLARE_FINAL_TYPE (FoyerSandbox, foyer_sandbox, FOYER, SANDBOX, GObject)

FoyerSandbox *foyer_sandbox_new (guint64 attendees, guint64 seed);

gboolean foyer_sandbox_start (FoyerSandbox *self, GError **error);
void foyer_sandbox_stop (FoyerSandbox *self);

const char *foyer_sandbox_get_url (FoyerSandbox *self);
const char *foyer_sandbox_get_organizer (FoyerSandbox *self);
const char *foyer_sandbox_get_event (FoyerSandbox *self);
const char *foyer_sandbox_get_token (FoyerSandbox *self);
const char *foyer_sandbox_get_door_token (FoyerSandbox *self);
const char *foyer_sandbox_get_read_token (FoyerSandbox *self);
const char *foyer_sandbox_get_device_init_token (FoyerSandbox *self);
const char *foyer_sandbox_get_desk_token (FoyerSandbox *self);
const char *foyer_sandbox_get_desk_name (FoyerSandbox *self);
gint64 foyer_sandbox_get_desk_device (FoyerSandbox *self);

gboolean foyer_sandbox_set_faults (FoyerSandbox *self, const char *spec, GError **error);
char *foyer_sandbox_ask (FoyerSandbox *self,
                         const char *authorization,
                         const char *method,
                         const char *address,
                         const char *body,
                         guint *status);
gboolean foyer_sandbox_load_case (FoyerSandbox *self,
                                  JsonObject *file,
                                  JsonObject *admission_case,
                                  GError **error);

G_END_DECLS
