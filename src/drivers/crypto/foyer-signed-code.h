/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-signed-ticket.h"

G_BEGIN_DECLS

/**
 * FOYER_SIGNED_CODE_SIGNATURE_SIZE:
 *
 * Bytes of an Ed25519 signature.
 */
#define FOYER_SIGNED_CODE_SIGNATURE_SIZE 64

/**
 * FoyerSignedCode:
 * @bytes: (owned): the code's bytes
 * @payload: what is signed, inside @bytes
 * @payload_size: how much of it
 * @signature: its signature, inside @bytes; %FOYER_SIGNED_CODE_SIGNATURE_SIZE bytes
 *
 * A signed code, taken apart. Nothing in it is trusted before the signature is verified.
 */
typedef struct
{
  guint8 *bytes;
  const guint8 *payload;
  gsize payload_size;
  const guint8 *signature;
} FoyerSignedCode;

gboolean foyer_signed_code_open (FoyerSignedCode *self, const char *code);
void foyer_signed_code_clear (FoyerSignedCode *self);
FoyerSignedTicket *foyer_signed_code_read_payload (const guint8 *payload, gsize size);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FoyerSignedCode, foyer_signed_code_clear)

G_END_DECLS
