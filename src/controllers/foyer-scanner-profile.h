/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FoyerScannerSuffix:
 * @FOYER_SCANNER_ENTER: Enter ends a scan
 * @FOYER_SCANNER_TAB: Tab does
 * @FOYER_SCANNER_NOTHING: nothing does: it is over when nothing comes any more
 *
 * How a scanner ends a code.
 */
typedef enum
{
  FOYER_SCANNER_ENTER,
  FOYER_SCANNER_TAB,
  FOYER_SCANNER_NOTHING,
} FoyerScannerSuffix;

#define FOYER_TYPE_SCANNER_PROFILE (foyer_scanner_profile_get_type ())

/**
 * FoyerScannerProfile:
 * @max_gap: milliseconds between two keys of one scan, at most
 * @suffix: how it ends a code
 * @by_layout: it types for the laptop's own layout; else, as most do, for a US keyboard
 * @swap_case: its capitals come small and the other way round: it expects Caps Lock the other way
 * @prefix: what it sends before each code, or ""
 *
 * What is known of a scanner. Immutable once made.
 */
typedef struct _FoyerScannerProfile FoyerScannerProfile;
struct _FoyerScannerProfile
{
  guint max_gap;
  FoyerScannerSuffix suffix;
  gboolean by_layout;
  gboolean swap_case;
  char *prefix;
};

#define FOYER_SCANNER_DEFAULT_GAP 35
#define FOYER_SCANNER_LONGEST_GAP 500

GType foyer_scanner_profile_get_type (void) G_GNUC_CONST;
FoyerScannerProfile *foyer_scanner_profile_new (void);
FoyerScannerProfile *foyer_scanner_profile_ref (FoyerScannerProfile *self);
void foyer_scanner_profile_unref (FoyerScannerProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerScannerProfile, foyer_scanner_profile_unref)

const char *foyer_scanner_suffix_to_word (FoyerScannerSuffix suffix);
FoyerScannerSuffix foyer_scanner_suffix_from_word (const char *word);

G_END_DECLS
