/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of this folder see beside its public headers. */

#include <libsoup/soup.h>

#include "foyer-http-errors.h"
#include "foyer-http-request-private.h"
#include "foyer-http-response-private.h"
