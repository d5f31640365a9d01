/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ContractFault:
 * @CONTRACT_FAULT_NONE: passed on
 * @CONTRACT_FAULT_BEFORE: cut before the server has heard anything
 * @CONTRACT_FAULT_AFTER: cut when the server has begun to answer: it has done what was asked
 *
 * What happens to a connection through the proxy.
 */
typedef enum
{
  CONTRACT_FAULT_NONE,
  CONTRACT_FAULT_BEFORE,
  CONTRACT_FAULT_AFTER,
} ContractFault;

typedef struct _ContractProxy ContractProxy;

ContractProxy *contract_proxy_new (const char *host, guint16 port);
void contract_proxy_free (ContractProxy *self);
char *contract_proxy_dup_url (ContractProxy *self);
void contract_proxy_set_fault (ContractProxy *self, ContractFault fault, guint times);
guint contract_proxy_get_connections (ContractProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ContractProxy, contract_proxy_free)

G_END_DECLS
