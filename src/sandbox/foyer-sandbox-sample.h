/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-world.h"

G_BEGIN_DECLS

/* A desk that is set up already. */
#define FOYER_SANDBOX_DESK "Desk 2"

typedef enum
{
  FOYER_SANDBOX_SALE_REGULAR,
  FOYER_SANDBOX_SALE_STUDENT,
  FOYER_SANDBOX_SALE_DAY,
  FOYER_SANDBOX_SALE_SPEAKER,
  FOYER_SANDBOX_SALE_PRESS,
  FOYER_SANDBOX_SALE_MINOR,
  FOYER_SANDBOX_SALE_WORKSHOP,
  FOYER_SANDBOX_SALE_SHIRT,
  FOYER_SANDBOX_N_SALES,
} FoyerSandboxSaleKind;

typedef struct
{
  gint64 item;
  gint64 variation;
  gint32 price;
} FoyerSandboxSale;

/**
 * FoyerSandboxSample:
 * @first_day: opening of the first day
 *
 * The sample event's frame: what the sales need to know of it.
 */
typedef struct
{
  FoyerSandboxEvent *event;
  FoyerTime first_day;
  FoyerTime second_day;
  FoyerTime admission;
  gint64 list_main;
  gint64 question_company;
  FoyerSandboxSale sales[FOYER_SANDBOX_N_SALES];
} FoyerSandboxSample;

void
foyer_sandbox_sample_init (FoyerSandboxSample *self, FoyerSandboxWorld *world, const char *date);
FoyerSandboxEvent *foyer_sandbox_sample_series (FoyerSandboxWorld *world,
                                                const FoyerSandboxSample *sample);
void foyer_sandbox_sample_empty (FoyerSandboxWorld *world, const FoyerSandboxSample *sample);

G_END_DECLS
