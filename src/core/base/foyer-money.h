/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-error.h"

G_BEGIN_DECLS

#define FOYER_TYPE_MONEY (foyer_money_get_type ())

/**
 * FoyerMoney:
 * @minor: the amount in the currency's minor unit (cents, yen, fils); may be negative
 * @currency: ISO 4217 letters, NUL-terminated
 *
 * An amount of money. Never a float. The number of minor digits comes from the ISO 4217 table
 * (JPY 0, EUR 2, KWD 3).
 */
typedef struct
{
  gint64 minor;
  char currency[4];
} FoyerMoney;

int foyer_currency_get_exponent (const char *currency);

GType foyer_money_get_type (void) G_GNUC_CONST;
FoyerMoney *foyer_money_copy (const FoyerMoney *self);
void foyer_money_free (FoyerMoney *self);
gboolean foyer_money_init (FoyerMoney *money, gint64 minor, const char *currency, GError **error);
gboolean
foyer_money_parse (FoyerMoney *money, const char *text, const char *currency, GError **error);
char *foyer_money_to_decimal (const FoyerMoney *money);
char *foyer_money_format (const FoyerMoney *money);
gboolean
foyer_money_add (FoyerMoney *sum, const FoyerMoney *a, const FoyerMoney *b, GError **error);
gboolean foyer_money_subtract (FoyerMoney *difference,
                               const FoyerMoney *a,
                               const FoyerMoney *b,
                               GError **error);
gboolean
foyer_money_multiply (FoyerMoney *product, const FoyerMoney *a, gint64 times, GError **error);
gboolean foyer_money_compare (const FoyerMoney *a, const FoyerMoney *b, int *order, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerMoney, foyer_money_free)

G_END_DECLS
