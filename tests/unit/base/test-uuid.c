/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-uuid.h"

#include <string.h>

static void
test_layout (void)
{
  /* The time of RFC 9562, appendix A.6: 0x017F22E279B0 ms. */
  FoyerTime now = G_GINT64_CONSTANT (0x017F22E279B0) * 1000;
  g_autofree char *first = foyer_uuid_new_v7 (now);
  g_autofree char *half = foyer_uuid_new_v7 (now + 500);

  g_assert_true (foyer_uuid_is_valid (first));
  g_assert_true (g_str_has_prefix (first, "017f22e2-79b0-7000-"));
  g_assert_nonnull (strchr ("89ab", first[19]));
  g_assert_true (g_str_has_prefix (half, "017f22e2-79b0-7800-"));
}

static void
test_ends_of_time (void)
{
  g_autofree char *none = foyer_uuid_new_v7 (FOYER_TIME_NONE);
  g_autofree char *before = foyer_uuid_new_v7 (-1);
  g_autofree char *after = foyer_uuid_new_v7 (G_MAXINT64);

  g_assert_true (g_str_has_prefix (none, "00000000-0000-7000-"));
  g_assert_true (g_str_has_prefix (before, "00000000-0000-7000-"));
  g_assert_true (g_str_has_prefix (after, "ffffffff-ffff-7"));
  g_assert_true (foyer_uuid_is_valid (after));
}

static void
test_order (void)
{
  FoyerTime now = G_GINT64_CONSTANT (1777622400000000);
  g_autofree char *last = foyer_uuid_new_v7 (now);

  for (int i = 1; i < 5000; i++)
    {
      char *next = foyer_uuid_new_v7 (now + i);

      g_assert_cmpstr (last, <, next);
      g_free (last);
      last = next;
    }
}

static void
test_unique (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 20000; i++)
    g_assert_true (g_hash_table_add (seen, foyer_uuid_new_v7 (1)));
}

static gpointer
make_many (gpointer data)
{
  GPtrArray *made = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < 2000; i++)
    g_ptr_array_add (made, foyer_uuid_new_v7 (1));
  return made;
}

static void
test_threads (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GThread *threads[4];
  GPtrArray *made[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("uuid", make_many, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      made[i] = g_thread_join (threads[i]);
      for (guint k = 0; k < made[i]->len; k++)
        g_assert_true (g_hash_table_add (seen, g_ptr_array_index (made[i], k)));
    }
  g_hash_table_remove_all (seen);
  for (gsize i = 0; i < G_N_ELEMENTS (made); i++)
    g_ptr_array_unref (made[i]);
}

static void
test_valid (void)
{
  static const char *const bad[] = {
    "",
    "0190163d-8694-739b-aea5-966c26f8ad9",
    "0190163d-8694-739b-aea5-966c26f8ad911",
    "0190163d-8694-739b-aea5-966c26f8ad9g",
    "0190163d8694-739b-aea5-966c26f8ad91-",
    "0190163d8694739baea5966c26f8ad91",
    "{0190163d-8694-739b-aea5-966c26f8ad9}",
    "0190163d-8694-739b-aea5-966c26f8ad91 ",
    " 0190163d-8694-739b-aea5-966c26f8ad91",
    "0190163d-8694-739b-aea5-966c26f8ad9\xff",
  };

  g_assert_true (foyer_uuid_is_valid ("0190163d-8694-739b-aea5-966c26f8ad91"));
  g_assert_true (foyer_uuid_is_valid ("0190163D-8694-739B-AEA5-966C26F8AD91"));
  g_assert_true (foyer_uuid_is_valid ("00000000-0000-0000-0000-000000000000"));
  g_assert_false (foyer_uuid_is_valid (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (foyer_uuid_is_valid (bad[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/uuid/layout", test_layout);
  g_test_add_func ("/base/uuid/ends-of-time", test_ends_of_time);
  g_test_add_func ("/base/uuid/order", test_order);
  g_test_add_func ("/base/uuid/unique", test_unique);
  g_test_add_func ("/base/uuid/threads", test_threads);
  g_test_add_func ("/base/uuid/valid", test_valid);

  return g_test_run ();
}
