/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-order.h"

G_BEGIN_DECLS

gint64 foyer_order_digest (const FoyerOrder *order);

G_END_DECLS
