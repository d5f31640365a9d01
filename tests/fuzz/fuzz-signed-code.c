/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever a scanner reads: taken apart without reading past its end, and the message in it, too, whoever
 * signed it. A signature that nobody made is never good. */

#include <string.h>

#include "foyer-signed-code.h"
#include "foyer-sodium-signatures.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autofree guint8 *payload = g_memdup2 (data, size);
  g_autoptr (FoyerSignatures) signatures = foyer_sodium_signatures_new ();
  /* The text is a key as well. */
  const char *keys[] = { text, "LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0K", NULL };
  g_auto (FoyerSignedCode) code = { NULL };
  g_autoptr (FoyerSignedTicket) ticket = NULL;
  g_autoptr (FoyerSignedTicket) forged = foyer_signatures_read_ticket (signatures, text, keys);

  g_assert_null (forged);
  if (foyer_signed_code_open (&code, text))
    {
      FoyerSignedTicket *inside = foyer_signed_code_read_payload (code.payload, code.payload_size);
      guint8 copy[FOYER_SIGNED_CODE_SIGNATURE_SIZE];

      /* All of it is there to be read. */
      memcpy (copy, code.signature, sizeof copy);
      g_assert_cmpmem (copy, sizeof copy, code.signature, sizeof copy);
      g_assert_cmpint (foyer_signed_ticket_make_id (text), <, 0);
      g_clear_pointer (&inside, foyer_signed_ticket_unref);
    }

  /* The message alone, from its first byte on. */
  if (size > 0)
    ticket = foyer_signed_code_read_payload (payload, size);
  return 0;
}
