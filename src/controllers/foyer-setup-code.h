/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SETUP_CODE (foyer_setup_code_get_type ())

/**
 * FoyerSetupCode:
 * @service: kind of service: `pretix`
 * @address: of the installation, clean
 * @token: the one-time initialisation token; zeroed when freed, and in no log
 * @organizer: (nullable): slug of the organiser
 * @event: (nullable): slug of the event
 * @subevent: the date of a series, or 0 for all
 * @lists: (element-type gint64): ids of the check-in lists to work for, the first is shown first
 * @gate: (nullable): name of the gate or entrance
 * @desk: (nullable): name of the desk
 * @good_until: the last moment at which Foyer takes it, or %FOYER_TIME_NONE
 *
 * All that another laptop needs to become a desk, as one code that is scanned, pasted or typed. The
 * format is in docs/setup-code.md. Immutable once made.
 */
typedef struct _FoyerSetupCode FoyerSetupCode;
struct _FoyerSetupCode
{
  char *service;
  char *address;
  char *token;
  char *organizer;
  char *event;
  gint64 subevent;
  GArray *lists;
  char *gate;
  char *desk;
  FoyerTime good_until;
};

GType foyer_setup_code_get_type (void) G_GNUC_CONST;
FoyerSetupCode *foyer_setup_code_new (void);
FoyerSetupCode *foyer_setup_code_ref (FoyerSetupCode *self);
void foyer_setup_code_unref (FoyerSetupCode *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerSetupCode, foyer_setup_code_unref)

char *foyer_setup_code_to_text (const FoyerSetupCode *self, GError **error);
char *foyer_setup_code_group (const char *text);
void foyer_setup_code_free_text (char *text);
gboolean foyer_setup_code_is_like (const char *text);
FoyerSetupCode *foyer_setup_code_parse (const char *text, GError **error);
gboolean foyer_setup_code_check_time (const FoyerSetupCode *self, FoyerTime now, GError **error);

G_END_DECLS
