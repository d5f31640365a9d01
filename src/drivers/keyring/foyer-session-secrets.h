/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-secrets.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SESSION_SECRETS (foyer_session_secrets_get_type ())
G_DECLARE_FINAL_TYPE (FoyerSessionSecrets, foyer_session_secrets, FOYER, SESSION_SECRETS, GObject)

FoyerSessionSecrets *foyer_session_secrets_new (void);
const char *foyer_session_secrets_get (FoyerSessionSecrets *self, const char *reference);
void
foyer_session_secrets_put (FoyerSessionSecrets *self, const char *reference, const char *value);
gboolean foyer_session_secrets_remove (FoyerSessionSecrets *self, const char *reference);

G_END_DECLS
