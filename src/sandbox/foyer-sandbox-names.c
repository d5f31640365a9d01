/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that have broken software somewhere. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-names.h"

#include <string.h>

static const char *const given_names[] = {
  "Ada",   "Grace",  "Łukasz", "İlgaz",  "Zoë",     "Øystein",    "Anne-Marie", "José María",
  "Søren", "Nguyễn", "Chloé",  "Jürgen", "Siobhán", "Małgorzata", "Björn",      "Ágnes",
  "Đorđe", "Žofia",  "Ingrid", "Fatima", "Kwame",   "Priya",      "Hedy",       "Óscar",
  "Ewa",   "Thijs",  "Matteo", "Aoife",  "Ivan",    "Mei",        "Leïla",      "Noah",
  "Emma",  "Oliver", "Sofia",  "Þórunn", "Gülşah",  "Rāwiri",     "Mikołaj",    "Jean-Luc",
};

static const char *const family_names[] = {
  "O'Connor",
  "Strauß",
  "Øre",
  "Çelik",
  "Kovács",
  "D’Angelo",
  "van der Berg",
  "Nowak",
  "Müller",
  "Smith",
  "García López",
  "Lefèvre",
  "Dvořák",
  "Ångström",
  "Þorsteinsdóttir",
  "Thị Minh",
  "Yılmaz",
  "Björnsson",
  "Jensen-Højgaard",
  "Okonkwo",
  "Sharma",
  "Rossi",
  "Iversen",
  "MacDonald",
  "de la Cruz",
  "Szczęsny",
  "Groß",
  "Æbelø",
  "Đặng",
  "Żółć",
  "Hernández",
  "Lindqvist",
  "Papadopoulos",
  "Tanaka",
  "Kim",
  "Meyer",
  "Fischer",
  "Brown",
  "St. John",
  "N’Diaye",
  "Ó Súilleabháin",
};

static const char *const hard_names[] = {
  "محمد عبد الرحمن الأندلسي",
  "שרה כהן־לוי",
  "山田 太郎",
  "王小明",
  "김민준",
  "Анна Каренина",
  "Ελένη Παπαδοπούλου",
  "सुनीता शर्मा",
  "สมชาย ใจดี",
  "Sam 👩‍👩‍👧‍👦 Family",
  "🏳️‍🌈 Robin",
  "  Blank Before And After  ",
  "Zoe\u0308 Combining",
  "A\u0301\u0302\u0303\u0304\u0323ngstro\u0308m Stacked",
  "Abdullah (عبد الله) Mixed",
  "-",
  "X Æ A-12",
  "Null",
  "O''Brien \"Quote\" <b>Bold</b> & Sons",
  "Robert'); DROP TABLE attendees;--",
  "\u200fRight\u200e To Left Mark",
  "Tab\tInside",
  "ﬁligree Ligature",
  "İSTANBUL ıspanak",
};

static const char *const companies[] = {
  "Harbour Works GmbH",  "Łódź Textiles sp. z o.o.", "Søndergaard A/S",    "株式会社 港",
  "O'Neill & Daughters", "Ateliers Zoë SARL",        "Straßenbau Groß KG", "شركة الميناء",
};

/* 200 letters: the longest that pretix' own form takes. */
static char *
long_name (void)
{
  GString *name = g_string_new ("Maria");

  while (g_utf8_strlen (name->str, -1) < 190)
    g_string_append (name, " Wolfeschlegelsteinhausenbergerdorff");
  g_string_truncate (name, 200);
  return g_string_free (name, FALSE);
}

/**
 * foyer_sandbox_name_pick:
 * @world: the world that will own the name
 * @number: any number; the same gives the same name
 *
 * One name in 25 is a hard one.
 */
const char *
foyer_sandbox_name_pick (FoyerSandboxWorld *world, guint64 number)
{
  char name[160];
  guint64 rest = number / 25;

  if (number % 25 == 7)
    {
      guint64 which = rest % (G_N_ELEMENTS (hard_names) + 1);

      if (which < G_N_ELEMENTS (hard_names))
        return hard_names[which];
      {
        g_autofree char *text = long_name ();

        return g_string_chunk_insert_const (world->strings, text);
      }
    }
  g_snprintf (name, sizeof name, "%s %s", given_names[rest % G_N_ELEMENTS (given_names)],
              family_names[rest / G_N_ELEMENTS (given_names) % G_N_ELEMENTS (family_names)]);
  return g_string_chunk_insert_const (world->strings, name);
}

const char *
foyer_sandbox_company_pick (guint64 number)
{
  return companies[number % G_N_ELEMENTS (companies)];
}
