/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CHECK_IN_LIST (foyer_check_in_list_get_type ())

/**
 * FoyerCheckInList:
 * @id: the service's id
 * @name: name
 * @all_products: whether every product is on it
 * @products: (element-type gint64): the products on it, if not all
 * @subevent: the series date it is for, or 0 for all
 * @include_pending: whether staff may let unpaid orders in (with ignore_unpaid)
 * @allow_multiple_entries: a ticket may enter any number of times
 * @allow_entry_after_exit: a ticket may enter again after an exit
 * @addon_match: a ticket's code also stands for its add-ons
 * @rules: (nullable): the list's JSON-logic rules as JSON text; %NULL if it has none
 * @exit_all_at: when everybody is checked out by the service, or %FOYER_TIME_NONE
 *
 * A check-in list: who may enter where, and by which rules.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerCheckInList FoyerCheckInList;
struct _FoyerCheckInList
{
  gint64 id;
  char *name;
  gboolean all_products;
  GArray *products;
  gint64 subevent;
  gboolean include_pending;
  gboolean allow_multiple_entries;
  gboolean allow_entry_after_exit;
  gboolean addon_match;
  char *rules;
  FoyerTime exit_all_at;
};

GType foyer_check_in_list_get_type (void) G_GNUC_CONST;
FoyerCheckInList *foyer_check_in_list_new (void);
FoyerCheckInList *foyer_check_in_list_ref (FoyerCheckInList *self);
void foyer_check_in_list_unref (FoyerCheckInList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerCheckInList, foyer_check_in_list_unref)

gboolean foyer_check_in_list_has_product (FoyerCheckInList *self, gint64 product);

G_END_DECLS
