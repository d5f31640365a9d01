/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SCAN (foyer_scan_get_type ())

/**
 * FoyerScan:
 * @secret: the code, as scanned or as the mirror has it
 * @lists: (element-type gint64): the lists scanned for, of one event
 * @list: the list that decided, or 0
 * @attendee: id of the ticket, or 0 if the desk does not know it
 * @order: (nullable): code of its order
 * @name: (nullable): name of the person, kept so that the inbox can say whom it is about
 * @product: (nullable): name of the product, likewise
 * @datetime: door time
 * @exit: out instead of in
 * @force: decided elsewhere: the service is to store it (only after a person said so)
 * @ignore_unpaid: let in though unpaid, where the list permits it
 * @answers: (nullable): JSON object, question id as text to value
 * @override_reason: (nullable): why a refusal was overridden
 * @undoes: (nullable): of an undo, or of an exit in its place: id of the command that is taken back; the
 *   rest of the scan is then what was scanned at that time, @datetime included
 * @nonce: (nullable): of an undo: the key under which the service knows what is taken back
 * @reason: (nullable): of an undo: what the person gave as the reason
 * @refusal: (nullable): of a refusal: the service's own word for it
 *
 * What happened (or is asked) at the door: one ticket, one moment, one or more lists. The arguments of a
 * check-in or exit command, and of the driver's step. Personal data (@name).
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerScan FoyerScan;
struct _FoyerScan
{
  char *secret;
  GArray *lists;
  gint64 list;
  gint64 attendee;
  char *order;
  char *name;
  char *product;
  FoyerTime datetime;
  gboolean exit;
  gboolean force;
  gboolean ignore_unpaid;
  char *answers;
  char *override_reason;
  char *undoes;
  char *nonce;
  char *reason;
  char *refusal;
};

GType foyer_scan_get_type (void) G_GNUC_CONST;
FoyerScan *foyer_scan_new (void);
FoyerScan *foyer_scan_ref (FoyerScan *self);
void foyer_scan_unref (FoyerScan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerScan, foyer_scan_unref)

char *foyer_scan_to_json (const FoyerScan *self);
FoyerScan *foyer_scan_from_json (const char *json, GError **error);
FoyerScan *foyer_scan_copy (const FoyerScan *self);

G_END_DECLS
