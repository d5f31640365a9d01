/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What three scans teach. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-scanner-profile.h"

G_DEFINE_BOXED_TYPE (FoyerScannerProfile,
                     foyer_scanner_profile,
                     foyer_scanner_profile_ref,
                     foyer_scanner_profile_unref)

static const char *const suffixes[] = { "enter", "tab", "nothing" };

/**
 * foyer_scanner_profile_new:
 *
 * Returns: (transfer full): an ordinary scanner, to be filled in by its maker before anybody else sees it
 */
FoyerScannerProfile *
foyer_scanner_profile_new (void)
{
  FoyerScannerProfile *self = g_rc_box_new0 (FoyerScannerProfile);

  self->max_gap = FOYER_SCANNER_DEFAULT_GAP;
  self->prefix = g_strdup ("");
  return self;
}

/**
 * foyer_scanner_profile_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerScannerProfile *
foyer_scanner_profile_ref (FoyerScannerProfile *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_free (((FoyerScannerProfile *)data)->prefix);
}

/**
 * foyer_scanner_profile_unref:
 * @self: (transfer full): a value
 */
void
foyer_scanner_profile_unref (FoyerScannerProfile *self)
{
  g_rc_box_release_full (self, clear);
}

/**
 * foyer_scanner_suffix_to_word:
 * @suffix: how a scan ends
 *
 * Returns: (transfer none): the word that settings have for it
 */
const char *
foyer_scanner_suffix_to_word (FoyerScannerSuffix suffix)
{
  return suffixes[suffix];
}

/**
 * foyer_scanner_suffix_from_word:
 * @word: (nullable): what settings say
 *
 * Returns: how a scan ends; by Enter if nobody knows the word
 */
FoyerScannerSuffix
foyer_scanner_suffix_from_word (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_strcmp0 (suffixes[i], word) == 0)
      return (FoyerScannerSuffix)i;

  return FOYER_SCANNER_ENTER;
}
