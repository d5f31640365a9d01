/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The signatures port by libsodium. */

#define G_LOG_DOMAIN "foyer-crypto"

#include "foyer-sodium-signatures.h"

#include <sodium.h>
#include <string.h>

#include "foyer-signed-code.h"

/* More keys than an event ever has: it gets a new one when one was lost. */
#define MAX_KEYS 32
#define MAX_KEY_TEXT 4096

G_STATIC_ASSERT (FOYER_SIGNED_CODE_SIGNATURE_SIZE == crypto_sign_BYTES);

struct _FoyerSodiumSignatures
{
  GObject parent_instance;

  gboolean ready;
};

static void foyer_sodium_signatures_iface_init (FoyerSignaturesInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerSodiumSignatures,
                               foyer_sodium_signatures,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_SIGNATURES,
                                                      foyer_sodium_signatures_iface_init))

/* What stands before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo. */
static const guint8 key_head[] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                   0x2b, 0x65, 0x70, 0x03, 0x21, 0x00 };

/* A PEM file's inside: what stands between the two lines with dashes. */
static guint8 *
open_pem (const char *pem, gsize *size)
{
  static const char begin[] = "-----BEGIN PUBLIC KEY-----";
  static const char end[] = "-----END PUBLIC KEY-----";
  const char *from = strstr (pem, begin);
  const char *to = from != NULL ? strstr (from, end) : NULL;
  g_autofree char *inside = NULL;

  if (to == NULL)
    return NULL;

  from += strlen (begin);
  inside = g_strndup (from, (gsize)(to - from));
  return g_base64_decode (inside, size);
}

/* A key as the service gives it: base64 of a PEM file. */
static gboolean
read_key (const char *text, guint8 key[crypto_sign_PUBLICKEYBYTES])
{
  g_autofree guint8 *bytes = NULL;
  g_autofree char *pem = NULL;
  g_autofree guint8 *der = NULL;
  gsize size = 0;

  if (strlen (text) > MAX_KEY_TEXT)
    return FALSE;

  bytes = g_base64_decode (text, &size);
  pem = g_strndup ((const char *)bytes, size);
  der = open_pem (pem, &size);
  if (der == NULL || size != sizeof key_head + crypto_sign_PUBLICKEYBYTES
      || memcmp (der, key_head, sizeof key_head) != 0)
    return FALSE;

  memcpy (key, der + sizeof key_head, crypto_sign_PUBLICKEYBYTES);
  return TRUE;
}

static FoyerSignedTicket *
foyer_sodium_signatures_read_ticket (FoyerSignatures *signatures,
                                     const char *code,
                                     const char *const *keys)
{
  FoyerSodiumSignatures *self = FOYER_SODIUM_SIGNATURES (signatures);
  g_auto (FoyerSignedCode) opened = { NULL };

  if (!self->ready || !foyer_signed_code_open (&opened, code))
    return NULL;

  for (gsize i = 0; i < MAX_KEYS && keys[i] != NULL; i++)
    {
      guint8 key[crypto_sign_PUBLICKEYBYTES];

      if (read_key (keys[i], key)
          && crypto_sign_verify_detached (opened.signature, opened.payload, opened.payload_size,
                                          key)
                 == 0)
        return foyer_signed_code_read_payload (opened.payload, opened.payload_size);
    }
  return NULL;
}

static void
foyer_sodium_signatures_iface_init (FoyerSignaturesInterface *iface)
{
  iface->read_ticket = foyer_sodium_signatures_read_ticket;
}

static void
foyer_sodium_signatures_class_init (FoyerSodiumSignaturesClass *klass)
{
}

static void
foyer_sodium_signatures_init (FoyerSodiumSignatures *self)
{
  self->ready = sodium_init () >= 0;
  if (!self->ready)
    g_warning ("libsodium does not start: signed codes will not be recognised");
}

/**
 * foyer_sodium_signatures_new:
 *
 * Returns: (transfer full): signatures
 */
FoyerSignatures *
foyer_sodium_signatures_new (void)
{
  return g_object_new (FOYER_TYPE_SODIUM_SIGNATURES, NULL);
}
