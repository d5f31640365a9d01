/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-command.h"
#include "foyer-event.h"
#include "foyer-override.h"
#include "foyer-scan.h"
#include "foyer-verdict.h"
#include "foyer-time-words.h"

G_BEGIN_DECLS

/**
 * FoyerTone:
 * @FOYER_TONE_NEUTRAL: nothing decided yet
 * @FOYER_TONE_GO: let in: green, high sound
 * @FOYER_TONE_CARE: a person must do something first, or nobody can say: amber, double sound
 * @FOYER_TONE_STOP: not let in: red, low sound
 * @FOYER_TONE_OUT: let out: blue, high sound
 *
 * How a verdict looks and sounds, each sign enough alone.
 */
typedef enum
{
  FOYER_TONE_NEUTRAL,
  FOYER_TONE_GO,
  FOYER_TONE_CARE,
  FOYER_TONE_STOP,
  FOYER_TONE_OUT,
} FoyerTone;

#define FOYER_TYPE_VERDICT_WORDS (foyer_verdict_words_get_type ())

/**
 * FoyerVerdictWords:
 * @tone: colour and sound
 * @headline: one or two words, readable from two metres
 * @sentence: why, and what to do
 * @name: (nullable): the person's name, made safe to show
 * @ticket: (nullable): product and variation, made safe to show
 * @order: (nullable): code of the order
 * @note: (nullable): what must not be overlooked: check-in texts, "look closer"
 * @source: (nullable): set when the desk decided on its own: says so, and how old its copy is
 * @icon: name of the symbolic icon
 * @offer: what can still be done for who was refused
 * @offer_label: (nullable): what the button for it says
 * @command: (nullable): id of the command that let in or out: it can be taken back
 *
 * A verdict in words. Immutable once made.
 */
typedef struct _FoyerVerdictWords FoyerVerdictWords;
struct _FoyerVerdictWords
{
  FoyerTone tone;
  char *headline;
  char *sentence;
  char *name;
  char *ticket;
  char *order;
  char *note;
  char *source;
  const char *icon;
  FoyerOffer offer;
  char *offer_label;
  char *command;
};

/**
 * FoyerVerdictContext:
 * @event: (nullable): the event, for its zone
 * @desk_device: number of this desk's device, or 0
 * @now: door time, for "9 minutes ago"
 * @as_of: service's time of the copy, or %FOYER_TIME_NONE
 * @online: the service is in reach
 *
 * What the words need besides the verdict.
 */
typedef struct
{
  FoyerEvent *event;
  gint64 desk_device;
  FoyerTime now;
  FoyerTime as_of;
  gboolean online;
} FoyerVerdictContext;

GType foyer_verdict_words_get_type (void) G_GNUC_CONST;
FoyerVerdictWords *foyer_verdict_words_new (FoyerVerdict *verdict,
                                            const FoyerVerdictContext *context);
FoyerVerdictWords *foyer_verdict_words_new_for_recognised (const FoyerAdmission *admission);
FoyerVerdictWords *foyer_verdict_words_new_for_error (const GError *error);
FoyerVerdictWords *foyer_verdict_words_new_for_scan (FoyerCommandKind kind, const FoyerScan *scan);
const char *foyer_verdict_words_get_headline (const char *reason);
FoyerVerdictWords *foyer_verdict_words_ref (FoyerVerdictWords *self);
void foyer_verdict_words_unref (FoyerVerdictWords *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerVerdictWords, foyer_verdict_words_unref)

G_END_DECLS
