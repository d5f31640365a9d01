/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-choice.h"
#include "foyer-lists.h"
#include "foyer-workspace.h"

G_BEGIN_DECLS

/**
 * FoyerConnectStep:
 * @FOYER_CONNECT_ACCOUNT: address and key are asked for
 * @FOYER_CONNECT_ORGANIZER: which organiser
 * @FOYER_CONNECT_EVENT: which event
 * @FOYER_CONNECT_DATE: which date of a series
 * @FOYER_CONNECT_CONFIRM: all is known: what the key may do, before it is stored
 * @FOYER_CONNECT_DONE: the desk is there
 *
 * Where the person is on the way to a new connection.
 */
typedef enum
{
  FOYER_CONNECT_ACCOUNT,
  FOYER_CONNECT_ORGANIZER,
  FOYER_CONNECT_EVENT,
  FOYER_CONNECT_DATE,
  FOYER_CONNECT_CONFIRM,
  FOYER_CONNECT_DONE,
} FoyerConnectStep;

#define FOYER_TYPE_CONNECT_CONTROLLER (foyer_connect_controller_get_type ())

/**
 * FoyerConnectController:
 *
 * The way to a new connection. Properties: `address`, `key`, `ca-file` (strings, writable),
 * `use-device` (gboolean, writable: the key is a device's initialisation token, else an API token), `step`
 * (int, #FoyerConnectStep), `busy` (gboolean), `problem`, `hint` (nullable strings: why it did not go on,
 * and what to do), `enrolled` (gboolean: the initialisation token has been exchanged; the key held is the
 * desk's own), `summary` (nullable string: what the key may do, on CONFIRM), `warning` (nullable string),
 * `stored-for-session` (gboolean, on DONE: there was no keyring), `place` (nullable string: the event or date,
 * from CONFIRM on, safe to show).
 *
 * Lists: foyer_connect_controller_get_choices() of the present step, foyer_connect_controller_get_rights()
 * on CONFIRM.
 */
G_DECLARE_FINAL_TYPE (FoyerConnectController,
                      foyer_connect_controller,
                      FOYER,
                      CONNECT_CONTROLLER,
                      GObject)

FoyerConnectController *foyer_connect_controller_new (FoyerWorkspace *workspace);
void foyer_connect_controller_set_lists (FoyerConnectController *self, FoyerLists *lists);
gboolean foyer_connect_controller_take_pasted (FoyerConnectController *self, const char *text);
gboolean foyer_connect_controller_take_scanned (FoyerConnectController *self,
                                                const char *code,
                                                const char *alternative);
gboolean foyer_connect_controller_has_setup (FoyerConnectController *self);
GListModel *foyer_connect_controller_get_choices (FoyerConnectController *self);
GListModel *foyer_connect_controller_get_rights (FoyerConnectController *self);
FoyerConnectStep foyer_connect_controller_get_step (FoyerConnectController *self);
void foyer_connect_controller_submit (FoyerConnectController *self);
void foyer_connect_controller_choose (FoyerConnectController *self, FoyerChoice *choice);
void foyer_connect_controller_back (FoyerConnectController *self);
void foyer_connect_controller_cancel (FoyerConnectController *self);
FoyerDesk *foyer_connect_controller_get_desk (FoyerConnectController *self);

G_END_DECLS
