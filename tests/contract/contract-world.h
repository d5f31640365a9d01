/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "contract-proxy.h"
#include "foyer-error.h"
#include "foyer-service.h"

G_BEGIN_DECLS

/**
 * ContractWorld:
 * @url: address of a server that speaks pretix
 * @organizer: slug of an organiser there
 * @token: key of a team that may do everything there
 * @token_door: key of a team that may check in, and not read orders
 * @token_read: key of a team that may read, and nothing else
 * @proxy: the line that can be cut; @line is its address
 * @event: an event of our own, made by contract_world_prepare()
 *
 * Where the suite runs. What it needs there it makes itself, by the same writes everywhere.
 */
typedef struct
{
  const char *name;
  char *url;
  char *organizer;
  char *token;
  char *token_door;
  char *token_read;

  ContractProxy *proxy;
  char *line;
  char *event;
  gint64 ticket;
  gint64 workshop;
  gint64 gala;
  gint64 gala_regular;
  gint64 gala_reduced;
  gint64 question;
  gint64 option;
  gint64 door;
  gint64 workshop_list;
  gint64 rules_list;
  gint64 pending_list;
  gint64 addon_list;
} ContractWorld;

void contract_world_prepare (ContractWorld *self);
void contract_world_clear (ContractWorld *self);

JsonNode *contract_call (ContractWorld *self,
                         const char *method,
                         const char *path,
                         const char *body,
                         guint *status);
JsonObject *
contract_make (ContractWorld *self, JsonNode **node, const char *path, const char *body_format, ...)
    G_GNUC_PRINTF (4, 5);
gint64 contract_make_id (ContractWorld *self, const char *path, const char *body_format, ...)
    G_GNUC_PRINTF (3, 4);
void contract_patch (ContractWorld *self, const char *path, const char *body_format, ...)
    G_GNUC_PRINTF (3, 4);

/* An order with one ticket, or with what @extra adds behind the position's other members. */
typedef struct
{
  char *code;
  char *secret;
  gint64 position;
} ContractTicket;

void contract_ticket_clear (ContractTicket *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ContractTicket, contract_ticket_clear)

ContractTicket contract_sell (ContractWorld *self,
                              gint64 item,
                              const char *status,
                              const char *order_extra,
                              const char *position_extra);
void contract_act (ContractWorld *self, const char *code, const char *action, const char *body);

FoyerService *contract_service (ContractWorld *self,
                                const char *base_url,
                                const char *scheme,
                                const char *credential,
                                const char *event,
                                gint64 device_id);
FoyerServiceReport *contract_check (FoyerService *service, GError **error);
FoyerPage *contract_pull (FoyerService *service,
                          FoyerResource resource,
                          const char *cursor,
                          const char *watermark,
                          GError **error);
FoyerStepResult *contract_perform (FoyerService *service, FoyerStep *step, GError **error);
FoyerStepResult *
contract_lookup (FoyerService *service, FoyerStep *step, gboolean *found, GError **error);
FoyerEnrolment *contract_enroll (FoyerService *service, const char *token, GError **error);
gboolean contract_revoke (FoyerService *service, GError **error);
FoyerStep *contract_step (const char *secret, gint64 list, FoyerTime datetime);

void contract_add_check_tests (ContractWorld *world);
void contract_add_pull_tests (ContractWorld *world);
void contract_add_step_tests (ContractWorld *world);
void contract_add_report_tests (ContractWorld *world);
void contract_add_device_tests (ContractWorld *world);
void contract_add_test (ContractWorld *world, const char *name, GTestDataFunc func);

G_END_DECLS
