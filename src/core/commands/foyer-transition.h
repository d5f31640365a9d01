/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-command.h"
#include "foyer-error.h"
#include "foyer-scan.h"
#include "foyer-step-result.h"

G_BEGIN_DECLS

/**
 * FoyerBackoff:
 * @first: pause after the first failure, microseconds
 * @longest: longest pause
 *
 * How pauses grow: doubled each time, with jitter so that many desks do not come back as one.
 */
typedef struct
{
  gint64 first;
  gint64 longest;
} FoyerBackoff;

gint64 foyer_backoff_get_pause (const FoyerBackoff *self, guint failures, double random);

FoyerCommand *foyer_transition_send (const FoyerCommand *command, FoyerTime latest);
FoyerCommand *foyer_transition_hear (const FoyerCommand *command,
                                     const FoyerStepResult *result,
                                     gboolean claimed);
FoyerCommand *foyer_transition_fail (const FoyerCommand *command,
                                     const GError *error,
                                     FoyerTime now,
                                     double random);
FoyerCommand *foyer_transition_doubt (const FoyerCommand *command, FoyerTime not_before);
FoyerCommand *foyer_transition_return (const FoyerCommand *command);
FoyerCommand *foyer_transition_ahead (const FoyerCommand *command, FoyerTime service_time);
FoyerCommand *foyer_transition_damaged (const FoyerCommand *command, const char *reason);

gboolean foyer_transition_is_ahead (const FoyerCommand *command, FoyerTime service_time);
gboolean foyer_transition_holds_lane (const GError *error);

G_END_DECLS
