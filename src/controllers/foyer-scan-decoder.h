/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-scanner-profile.h"

G_BEGIN_DECLS

/**
 * FoyerKeyPress:
 * @keycode: the hardware key code as GDK gives it (evdev's + 8)
 * @unichar: the character that the laptop's layout makes of it, or 0 (a dead key, a function key)
 * @shift: whether Shift is held
 * @suffix: whether it is a key that ends a scan: Enter or Tab
 * @other: whether it can be no part of a scan: an arrow, or anything with Ctrl, Alt or Super
 * @time: the event's own time, milliseconds, which may wrap
 *
 * A key that went down.
 */
typedef struct
{
  guint keycode;
  gunichar unichar;
  gboolean shift;
  gboolean suffix;
  gboolean other;
  guint32 time;
} FoyerKeyPress;

/**
 * FoyerKeyFate:
 * @FOYER_KEY_PASS: somebody typed it: let it go on to where the focus is
 * @FOYER_KEY_FIRST: the same, but a scan may begin with it: remember the entry as it is now
 * @FOYER_KEY_TAKE: it is part of a scan: nobody else may see it; the keys before it that went on are
 *   to be taken back
 * @FOYER_KEY_SCANNED: it ended a scan, whose reading is ready
 *
 * What is to be done with a key.
 */
typedef enum
{
  FOYER_KEY_PASS,
  FOYER_KEY_FIRST,
  FOYER_KEY_TAKE,
  FOYER_KEY_SCANNED,
} FoyerKeyFate;

/**
 * FoyerScanDecoder:
 *
 * Tells a scanner's burst of keys from a person's typing, and reads it.
 */
typedef struct _FoyerScanDecoder FoyerScanDecoder;

FoyerScanDecoder *foyer_scan_decoder_new (void);
void foyer_scan_decoder_free (FoyerScanDecoder *self);
void foyer_scan_decoder_set_max_gap (FoyerScanDecoder *self, guint milliseconds);
guint foyer_scan_decoder_get_max_gap (FoyerScanDecoder *self);
void foyer_scan_decoder_set_profile (FoyerScanDecoder *self, FoyerScannerProfile *profile);
FoyerScannerProfile *foyer_scan_decoder_get_profile (FoyerScanDecoder *self);
guint foyer_scan_decoder_get_silence (FoyerScanDecoder *self);

FoyerKeyFate foyer_scan_decoder_press (FoyerScanDecoder *self, const FoyerKeyPress *key);
void foyer_scan_decoder_release (FoyerScanDecoder *self, guint keycode);
const char *foyer_scan_decoder_get_code (FoyerScanDecoder *self);
const char *foyer_scan_decoder_get_alternative (FoyerScanDecoder *self);
char *foyer_scan_decoder_steal_typed (FoyerScanDecoder *self);
FoyerKeyFate foyer_scan_decoder_fall_silent (FoyerScanDecoder *self);
char *foyer_scan_decoder_give_up (FoyerScanDecoder *self);

char foyer_us_key_to_char (guint keycode, gboolean shift);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerScanDecoder, foyer_scan_decoder_free)

G_END_DECLS
