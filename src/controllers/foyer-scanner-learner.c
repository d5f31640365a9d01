/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three scans, and what they have in common. All that is known of a scan is its keys with their times; the
 * test code says what they should have been. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-scanner-learner.h"

#include "foyer-fact.h"
#include "foyer-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_SCANS 3

/* A code of fewer keys is no ticket's, and tells nothing. */
#define SHORTEST 6
#define LONGEST 400

/* On the whole: nobody types this fast, and no scanner is slower. */
#define SLOWEST_MEAN 180

#define MAX_PREFIX 12

/* One scan, as it came. */
typedef struct
{
  GString *hardware; /* (owned) */
  GString *text;     /* (owned) */
  gboolean hardware_whole;
  gboolean text_whole;
  guint n_keys;
  guint n_foreign; /* keys that are no part of a code: Alt and digits */
  guint32 first;
  guint32 last;
  guint longest_gap;
  FoyerScannerSuffix suffix;
  gboolean caps_lock;
} Scan;

struct _FoyerScannerLearner
{
  GObject parent_instance;

  Scan scan; /* the one that comes in */
  int count;
  char *problem;
  guint longest_gap;            /* of all that count */
  gboolean caps_lock;           /* of the last */
  gboolean known;               /* they were of the test code */
  char *first_code;             /* (owned) (nullable) of the first, if it was another */
  FoyerScannerProfile *common;  /* (owned) (nullable) what the scans so far have in common */
  FoyerScannerProfile *profile; /* (owned) (nullable) */
  GListStore *facts;            /* (owned) (element-type FoyerFact) */
};

G_DEFINE_FINAL_TYPE (FoyerScannerLearner, foyer_scanner_learner, G_TYPE_OBJECT)

typedef enum
{
  PROP_COUNT = 1,
  PROP_PROBLEM,
  PROP_PROFILE,
} FoyerScannerLearnerProperty;

static GParamSpec *properties[PROP_PROFILE + 1];

static void
scan_clear (Scan *scan)
{
  g_string_truncate (scan->hardware, 0);
  g_string_truncate (scan->text, 0);
  scan->hardware_whole = TRUE;
  scan->text_whole = TRUE;
  scan->n_keys = 0;
  scan->n_foreign = 0;
  scan->longest_gap = 0;
  scan->suffix = FOYER_SCANNER_NOTHING;
  scan->caps_lock = FALSE;
}

static void
set_problem (FoyerScannerLearner *self, const char *problem)
{
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
forget (FoyerScannerLearner *self)
{
  g_clear_pointer (&self->common, foyer_scanner_profile_unref);
  g_clear_pointer (&self->first_code, g_free);
  self->longest_gap = 0;
  self->known = FALSE;
  if (self->count == 0)
    return;

  self->count = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

static char *
swap_case (const char *text)
{
  char *swapped = g_strdup (text);

  for (char *c = swapped; *c != '\0'; c++)
    if (g_ascii_isalpha (*c))
      *c ^= 0x20;
  return swapped;
}

/* Whether the test code is in a reading, and what comes before it. */
static gboolean
find_test_code (const char *reading, char **prefix)
{
  const char *found = strstr (reading, FOYER_SCANNER_TEST_CODE);

  if (found == NULL || found - reading > MAX_PREFIX)
    return FALSE;

  *prefix = g_strndup (reading, (gsize)(found - reading));
  return TRUE;
}

/* Returns: (transfer full): what this scan says of the scanner; `known` if it was the test code */
static FoyerScannerProfile *
explain (const Scan *scan, gboolean *known)
{
  FoyerScannerProfile *profile = foyer_scanner_profile_new ();
  const struct
  {
    const char *reading;
    gboolean whole;
    gboolean by_layout;
  } readings[] = { { scan->hardware->str, scan->hardware_whole, FALSE },
                   { scan->text->str, scan->text_whole, TRUE } };

  profile->suffix = scan->suffix;
  *known = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (readings) && !*known; i++)
    {
      g_autofree char *swapped = swap_case (readings[i].reading);
      char *prefix = NULL;

      if (!readings[i].whole)
        continue;
      *known = find_test_code (readings[i].reading, &prefix);
      if (!*known)
        {
          *known = find_test_code (swapped, &prefix);
          profile->swap_case = *known;
        }
      if (*known)
        {
          profile->by_layout = readings[i].by_layout;
          g_free (profile->prefix);
          profile->prefix = prefix;
        }
    }
  return profile;
}

static gboolean
is_like (const FoyerScannerProfile *one, const FoyerScannerProfile *other)
{
  return one->suffix == other->suffix && one->by_layout == other->by_layout
         && one->swap_case == other->swap_case && g_str_equal (one->prefix, other->prefix);
}

static void
add_fact (FoyerScannerLearner *self, const char *label, const char *value)
{
  g_autoptr (FoyerFact) fact = foyer_fact_new (label, value);

  g_list_store_append (self->facts, fact);
}

static const char *
describe_suffix (FoyerScannerSuffix suffix)
{
  switch (suffix)
    {
    case FOYER_SCANNER_ENTER:
      return _ ("Enter");
    case FOYER_SCANNER_TAB:
      return _ ("Tab");
    case FOYER_SCANNER_NOTHING:
      return _ ("nothing: Foyer waits a moment, so it is a little slower");
    }

  g_return_val_if_reached ("");
}

static void
describe (FoyerScannerLearner *self)
{
  const FoyerScannerProfile *profile = self->profile;
  g_autofree char *speed = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u millisecond between two keys, at most",
                   "%u milliseconds between two keys, at most", self->longest_gap),
      self->longest_gap);

  g_list_store_remove_all (self->facts);
  add_fact (self, _ ("A code ends with"), describe_suffix (profile->suffix));
  add_fact (self, _ ("Speed"), speed);
  if (!self->known)
    {
      add_fact (self, _ ("Layout"),
                _ ("not tried, since it was another code: taken as a US keyboard, as most are"));
      return;
    }

  add_fact (self, _ ("Layout"),
            profile->by_layout ? _ ("as this laptop’s keyboard") : _ ("as a US keyboard"));
  if (profile->swap_case)
    add_fact (self, _ ("Capitals"), _ ("the wrong way round: Foyer turns them back"));
  else if (self->caps_lock)
    add_fact (self, _ ("Capitals"), _ ("right, though Caps Lock is on"));
  else
    add_fact (self, _ ("Capitals"), _ ("right"));
  if (*profile->prefix != '\0')
    {
      g_autofree char *prefix = foyer_text_isolate (profile->prefix);
      g_autofree char *value = g_strdup_printf (_ ("“%s”: Foyer drops it"), prefix);

      add_fact (self, _ ("Before each code it sends"), value);
    }
}

static void
conclude (FoyerScannerLearner *self)
{
  self->profile = foyer_scanner_profile_new ();
  /* Half as much again: a busy laptop holds up even a scanner. */
  self->profile->max_gap = CLAMP (self->longest_gap * 3 / 2 + 5, FOYER_SCANNER_DEFAULT_GAP,
                                  FOYER_SCANNER_LONGEST_GAP);
  self->profile->suffix = self->common->suffix;
  self->profile->by_layout = self->common->by_layout;
  self->profile->swap_case = self->common->swap_case;
  g_free (self->profile->prefix);
  self->profile->prefix = g_strdup (self->common->prefix);
  describe (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROFILE]);
}

static void
count_scan (FoyerScannerLearner *self, const Scan *scan)
{
  gboolean known = FALSE;
  g_autoptr (FoyerScannerProfile) found = explain (scan, &known);
  const char *code = scan->hardware_whole ? scan->hardware->str : scan->text->str;

  /* Then it is the laptop's Caps Lock that turns them round, and it will not stay on. */
  if (known && found->by_layout && found->swap_case && scan->caps_lock)
    {
      forget (self);
      set_problem (self, _ ("Caps Lock is on. Turn it off, and scan again."));
      return;
    }
  if (self->common != NULL
      && (known != self->known || !is_like (found, self->common)
          || g_strcmp0 (self->first_code, known ? NULL : code) != 0))
    {
      forget (self);
      set_problem (self,
                   _ ("That scan was not like the one before. Scan the same code three times; "
                      "now from the beginning."));
      return;
    }
  if (self->common == NULL)
    {
      self->common = g_steal_pointer (&found);
      self->known = known;
      self->first_code = known ? NULL : g_strdup (code);
    }

  self->longest_gap = MAX (self->longest_gap, scan->longest_gap);
  self->caps_lock = scan->caps_lock;
  self->count++;
  set_problem (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
  if (self->count == N_SCANS)
    conclude (self);
}

/**
 * foyer_scanner_learner_fall_silent:
 * @self: a learner
 *
 * To be called when nothing has come for %FOYER_SCANNER_SILENCE: what came so far was a scan, or not.
 */
void
foyer_scanner_learner_fall_silent (FoyerScannerLearner *self)
{
  Scan *scan = &self->scan;

  g_return_if_fail (FOYER_IS_SCANNER_LEARNER (self));

  if (self->profile != NULL || scan->n_keys + scan->n_foreign == 0)
    return;

  if (scan->n_foreign >= SHORTEST && scan->n_foreign > scan->n_keys)
    set_problem (
        self, _ ("This scanner types by Alt and numbers, which Foyer cannot read. Set it to a US "
                 "keyboard; its leaflet has a code for that."));
  else if (scan->n_keys < SHORTEST)
    g_debug ("%u keys are no scan", scan->n_keys);
  else if ((scan->last - scan->first) / (scan->n_keys - 1) > SLOWEST_MEAN)
    set_problem (self, _ ("That was typed, not scanned. Hold the code under the scanner."));
  else
    count_scan (self, scan);
  scan_clear (scan);
}

/**
 * foyer_scanner_learner_press:
 * @self: a learner
 * @key: a key that went down; not Shift and the like by themselves
 * @tab: it is Tab
 * @caps_lock: whether Caps Lock is on
 *
 * Returns: whether nobody else may see it. Keys that a person presses by themselves (Enter, Tab, Escape) go on.
 */
gboolean
foyer_scanner_learner_press (FoyerScannerLearner *self,
                             const FoyerKeyPress *key,
                             gboolean tab,
                             gboolean caps_lock)
{
  Scan *scan = &self->scan;
  char us = foyer_us_key_to_char (key->keycode, key->shift);
  guint32 gap = key->time - scan->last;

  g_return_val_if_fail (FOYER_IS_SCANNER_LEARNER (self), FALSE);

  if (self->profile != NULL)
    return FALSE;
  if (scan->n_keys + scan->n_foreign > 0 && gap > FOYER_SCANNER_SILENCE)
    foyer_scanner_learner_fall_silent (self);
  if (scan->n_keys + scan->n_foreign == 0)
    scan->first = key->time;
  else if (scan->n_keys > 0)
    scan->longest_gap = MAX (scan->longest_gap, gap);

  scan->last = key->time;
  if (key->suffix)
    {
      if (scan->n_keys < SHORTEST)
        return FALSE;
      scan->suffix = tab ? FOYER_SCANNER_TAB : FOYER_SCANNER_ENTER;
      foyer_scanner_learner_fall_silent (self);
      return TRUE;
    }
  if (key->other || (us == 0 && key->unichar == 0))
    {
      scan->n_foreign++;
      return key->other && scan->n_foreign > 1;
    }

  scan->caps_lock = caps_lock;
  if (++scan->n_keys > LONGEST)
    return TRUE;
  if (us != 0)
    g_string_append_c (scan->hardware, us);
  else
    scan->hardware_whole = FALSE;
  if (key->unichar != 0)
    g_string_append_unichar (scan->text, key->unichar);
  else
    scan->text_whole = FALSE;
  return TRUE;
}

/**
 * foyer_scanner_learner_restart:
 * @self: a learner
 *
 * From the beginning, as for another scanner.
 */
void
foyer_scanner_learner_restart (FoyerScannerLearner *self)
{
  g_return_if_fail (FOYER_IS_SCANNER_LEARNER (self));

  g_clear_pointer (&self->profile, foyer_scanner_profile_unref);
  g_list_store_remove_all (self->facts);
  scan_clear (&self->scan);
  forget (self);
  set_problem (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROFILE]);
}

static void
foyer_scanner_learner_get_property (GObject *object,
                                    guint property_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  FoyerScannerLearner *self = FOYER_SCANNER_LEARNER (object);

  switch ((FoyerScannerLearnerProperty)property_id)
    {
    case PROP_COUNT:
      g_value_set_int (value, self->count);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_PROFILE:
      g_value_set_boxed (value, self->profile);
      break;
    }
}

static void
foyer_scanner_learner_finalize (GObject *object)
{
  FoyerScannerLearner *self = FOYER_SCANNER_LEARNER (object);

  g_string_free (self->scan.hardware, TRUE);
  g_string_free (self->scan.text, TRUE);
  g_free (self->problem);
  g_free (self->first_code);
  g_clear_pointer (&self->common, foyer_scanner_profile_unref);
  g_clear_pointer (&self->profile, foyer_scanner_profile_unref);
  g_object_unref (self->facts);

  G_OBJECT_CLASS (foyer_scanner_learner_parent_class)->finalize (object);
}

static void
foyer_scanner_learner_class_init (FoyerScannerLearnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_scanner_learner_get_property;
  object_class->finalize = foyer_scanner_learner_finalize;

  properties[PROP_COUNT] = g_param_spec_int ("count", NULL, NULL, 0, N_SCANS, 0, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_PROFILE] = g_param_spec_boxed ("profile", NULL, NULL, FOYER_TYPE_SCANNER_PROFILE,
                                                 flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_scanner_learner_init (FoyerScannerLearner *self)
{
  self->scan.hardware = g_string_new (NULL);
  self->scan.text = g_string_new (NULL);
  self->facts = g_list_store_new (FOYER_TYPE_FACT);
  scan_clear (&self->scan);
}

/**
 * foyer_scanner_learner_new:
 *
 * Returns: (transfer full): a learner that waits for the first scan
 */
FoyerScannerLearner *
foyer_scanner_learner_new (void)
{
  return g_object_new (FOYER_TYPE_SCANNER_LEARNER, NULL);
}

/**
 * foyer_scanner_learner_get_count:
 * @self: a learner
 *
 * Returns: how many scans were alike so far
 */
int
foyer_scanner_learner_get_count (FoyerScannerLearner *self)
{
  g_return_val_if_fail (FOYER_IS_SCANNER_LEARNER (self), 0);

  return self->count;
}

/**
 * foyer_scanner_learner_get_problem:
 * @self: a learner
 *
 * Returns: (transfer none) (nullable): why the last scan does not count
 */
const char *
foyer_scanner_learner_get_problem (FoyerScannerLearner *self)
{
  g_return_val_if_fail (FOYER_IS_SCANNER_LEARNER (self), NULL);

  return self->problem;
}

/**
 * foyer_scanner_learner_get_profile:
 * @self: a learner
 *
 * Returns: (transfer none) (nullable): what was learned, after the third scan
 */
FoyerScannerProfile *
foyer_scanner_learner_get_profile (FoyerScannerLearner *self)
{
  g_return_val_if_fail (FOYER_IS_SCANNER_LEARNER (self), NULL);

  return self->profile;
}

/**
 * foyer_scanner_learner_get_facts:
 * @self: a learner
 *
 * Returns: (transfer none): a list of #FoyerFact: the same for people
 */
GListModel *
foyer_scanner_learner_get_facts (FoyerScannerLearner *self)
{
  g_return_val_if_fail (FOYER_IS_SCANNER_LEARNER (self), NULL);

  return G_LIST_MODEL (self->facts);
}
