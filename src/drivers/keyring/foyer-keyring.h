/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-secrets.h"

G_BEGIN_DECLS

#define FOYER_TYPE_KEYRING (foyer_keyring_get_type ())
G_DECLARE_FINAL_TYPE (FoyerKeyring, foyer_keyring, FOYER, KEYRING, GObject)

FoyerKeyring *foyer_keyring_new (void);
void foyer_keyring_put_for_session (FoyerKeyring *self, const char *reference, const char *value);

void foyer_keyring_set_session_only (FoyerKeyring *self, gboolean session_only);

G_END_DECLS
