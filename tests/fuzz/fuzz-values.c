/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts, times and amounts as a service or a person may write them: what is made of a text is valid
 * and as short as was asked, and what is read comes back the same when it is written and read. */

#include <string.h>

#include "foyer-money.h"
#include "foyer-text.h"
#include "foyer-time.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

static void
check_text (const char *text, gsize max_chars)
{
  g_autofree char *fold = foyer_text_fold (text);
  g_autofree char *index = foyer_text_fold_for_index (text);
  g_auto (GStrv) words = foyer_text_fold_words (text);
  g_autofree char *isolated = foyer_text_isolate (text);
  g_autofree char *line = foyer_text_clean_line (text, max_chars);
  g_autofree char *again = foyer_text_clean_line (line, max_chars);
  g_autofree char *shortened = foyer_text_ellipsize (text, max_chars);

  g_assert_true (g_utf8_validate (fold, -1, NULL));
  g_assert_true (g_utf8_validate (index, -1, NULL));
  g_assert_true (g_utf8_validate (isolated, -1, NULL));
  for (guint i = 0; words[i] != NULL; i++)
    g_assert_true (g_utf8_validate (words[i], -1, NULL));

  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_cmpuint ((gsize)g_utf8_strlen (line, -1), <=, max_chars);
  g_assert_null (strpbrk (line, "\n\r\t\v\f"));
  g_assert_cmpstr (line, ==, again);

  g_assert_true (g_utf8_validate (shortened, -1, NULL));
  g_assert_cmpuint ((gsize)g_utf8_strlen (shortened, -1), <=, max_chars);
}

static void
check_time (const char *text)
{
  FoyerTime time;
  FoyerTime back;

  if (foyer_time_parse (text, NULL, &time))
    {
      g_autofree char *written = foyer_time_format_utc (time);

      g_assert_true (foyer_time_parse (written, NULL, &back));
      g_assert_cmpint (back, ==, time);
    }
  if (foyer_time_parse_http_date (text, &time))
    g_assert_cmpint (time % FOYER_SECOND, ==, 0);
}

static void
check_money (const char *text)
{
  static const char *const currencies[] = { "EUR", "JPY", "KWD" };

  for (gsize i = 0; i < G_N_ELEMENTS (currencies); i++)
    {
      FoyerMoney money;
      FoyerMoney back;
      g_autofree char *written = NULL;

      if (!foyer_money_parse (&money, text, currencies[i], NULL))
        continue;
      written = foyer_money_to_decimal (&money);
      g_assert_true (foyer_money_parse (&back, written, currencies[i], NULL));
      g_assert_cmpint (back.minor, ==, money.minor);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = NULL;

  if (size == 0)
    return 0;
  text = g_strndup ((const char *)data + 1, size - 1);
  check_text (text, data[0]);
  check_time (text);
  check_money (text);
  return 0;
}
