/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of a group, in words: how many, who, and who not and why. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-group-words.h"

#include <glib/gi18n.h>

static gboolean
may_pass (const FoyerVerdictWords *words)
{
  return words->tone == FOYER_TONE_GO || words->tone == FOYER_TONE_OUT;
}

static const char *
get_name (const FoyerVerdictWords *words)
{
  return words->name != NULL ? words->name : _ ("a ticket without a name");
}

static char *
make_headline (guint passed, guint all, gboolean leaving)
{
  if (passed == 0)
    return g_strdup (_ ("Nobody"));
  if (passed < all)
    return g_strdup_printf (leaving ? _ ("%u of %u out") : _ ("%u of %u admitted"), passed, all);
  return g_strdup_printf (leaving
                              ? g_dngettext (GETTEXT_PACKAGE, "%u out", "%u out", passed)
                              : g_dngettext (GETTEXT_PACKAGE, "%u admitted", "%u admitted", passed),
                          passed);
}

/**
 * foyer_group_words_new:
 * @members: (element-type FoyerVerdictWords): the words of each ticket, at least one
 *
 * Returns: (transfer full): one result which names all
 */
FoyerVerdictWords *
foyer_group_words_new (GPtrArray *members)
{
  FoyerVerdictWords *self;
  g_autoptr (GString) passed = g_string_new (NULL);
  g_autoptr (GString) kept = g_string_new (NULL);
  gboolean leaving = FALSE;
  guint n = 0;

  g_return_val_if_fail (members != NULL && members->len > 0, NULL);

  for (guint i = 0; i < members->len; i++)
    {
      const FoyerVerdictWords *words = g_ptr_array_index (members, i);

      leaving = leaving || words->tone == FOYER_TONE_OUT;
      n += may_pass (words);
      if (may_pass (words))
        g_string_append_printf (passed, "%s%s", passed->len > 0 ? ", " : "", get_name (words));
      else
        /* Translators: who was not let in, and why in a word: "Käthe Müller: Already used" */
        g_string_append_printf (kept, _ ("%s: %s"), get_name (words), words->headline);
      if (may_pass (words) && words->note != NULL)
        g_string_append_printf (kept, _ ("%s: %s"), get_name (words), words->note);
      if (kept->len > 0 && kept->str[kept->len - 1] != '\n')
        g_string_append_c (kept, '\n');
    }
  if (kept->len > 0)
    g_string_truncate (kept, kept->len - 1);

  self = g_atomic_rc_box_new0 (FoyerVerdictWords);
  self->tone = n == members->len ? leaving ? FOYER_TONE_OUT : FOYER_TONE_GO
               : n > 0           ? FOYER_TONE_CARE
                                 : FOYER_TONE_STOP;
  self->icon = n == members->len ? "object-select-symbolic"
               : n > 0           ? "dialog-warning-symbolic"
                                 : "window-close-symbolic";
  self->headline = make_headline (n, members->len, leaving);
  self->sentence = g_strdup (passed->str);
  self->note = kept->len > 0 ? g_strdup (kept->str) : NULL;
  self->order = g_strdup (((FoyerVerdictWords *)g_ptr_array_index (members, 0))->order);
  self->source = g_strdup (((FoyerVerdictWords *)g_ptr_array_index (members, 0))->source);
  return self;
}
