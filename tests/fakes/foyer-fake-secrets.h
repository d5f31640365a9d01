/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-secrets.h"

G_BEGIN_DECLS

#define FOYER_TYPE_FAKE_SECRETS (foyer_fake_secrets_get_type ())

/**
 * FoyerFakeSecrets:
 *
 * A keyring in memory that is never locked.
 */
G_DECLARE_FINAL_TYPE (FoyerFakeSecrets, foyer_fake_secrets, FOYER, FAKE_SECRETS, GObject)

FoyerFakeSecrets *foyer_fake_secrets_new (void);

G_END_DECLS
