/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a signed code is written (contracts/pretix-checkin.md 10): base64, read backwards, of a head, a
 * protobuf message, and its signature. */

#define G_LOG_DOMAIN "foyer-crypto"

#include "foyer-signed-code.h"

#include <string.h>

#define VERSION 1
#define HEAD_SIZE 5

/* Where the message's fields stand, and how protobuf writes them. */
#define FIELD_PRODUCT 2
#define FIELD_VARIATION 3
#define FIELD_SUBEVENT 4
#define FIELD_VALID_FROM 5
#define FIELD_VALID_UNTIL 6
#define WIRE_VARINT 0
#define WIRE_FIXED64 1
#define WIRE_BYTES 2
#define WIRE_FIXED32 5

static gsize
read_size (const guint8 *bytes)
{
  return (gsize)bytes[0] << 8 | bytes[1];
}

/**
 * foyer_signed_code_open:
 * @self: (out caller-allocates): the parts
 * @code: a code as scanned
 *
 * Takes a code apart. Bytes behind the signature are not looked at: the service does not look at them
 * either.
 *
 * Returns: whether it has the form of a signed code; it is cleared with foyer_signed_code_clear() in any case
 */
gboolean
foyer_signed_code_open (FoyerSignedCode *self, const char *code)
{
  g_autofree char *text = NULL;
  gsize length = strlen (code);
  gsize padding;
  gsize size;

  memset (self, 0, sizeof *self);
  if (!foyer_signed_ticket_may_be (code) || length % 4 != 0)
    return FALSE;

  text = g_strdup (code);
  g_strreverse (text);
  /* glib would read on behind a "=" in the middle. */
  padding = strspn (code, "=");
  if (padding > 2 || strchr (code + padding, '=') != NULL)
    return FALSE;

  self->bytes = g_base64_decode (text, &size);
  if (self->bytes == NULL || size < HEAD_SIZE || self->bytes[0] != VERSION)
    return FALSE;

  self->payload_size = read_size (self->bytes + 1);
  if (read_size (self->bytes + 3) != FOYER_SIGNED_CODE_SIGNATURE_SIZE
      || size < HEAD_SIZE + self->payload_size + FOYER_SIGNED_CODE_SIGNATURE_SIZE)
    return FALSE;

  self->payload = self->bytes + HEAD_SIZE;
  self->signature = self->payload + self->payload_size;
  return TRUE;
}

/**
 * foyer_signed_code_clear:
 * @self: the parts
 */
void
foyer_signed_code_clear (FoyerSignedCode *self)
{
  g_clear_pointer (&self->bytes, g_free);
  memset (self, 0, sizeof *self);
}

static gboolean
read_varint (const guint8 **at, const guint8 *end, guint64 *value)
{
  *value = 0;
  for (guint shift = 0; shift < 64 && *at < end; shift += 7)
    {
      guint8 byte = *(*at)++;

      *value |= (guint64)(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
skip (const guint8 **at, const guint8 *end, guint64 size)
{
  if (size > (guint64)(end - *at))
    return FALSE;

  *at += size;
  return TRUE;
}

/* 0 is no time at all. */
static gboolean
read_time (gint64 seconds, FoyerTime *time)
{
  if (seconds == 0)
    {
      *time = FOYER_TIME_NONE;
      return TRUE;
    }
  if (seconds > G_MAXINT64 / FOYER_SECOND || seconds < G_MININT64 / FOYER_SECOND + 1)
    return FALSE;

  *time = seconds * FOYER_SECOND;
  return TRUE;
}

static gboolean
take_number (FoyerSignedTicket *ticket, guint64 field, gint64 number)
{
  switch (field)
    {
    case FIELD_PRODUCT:
      ticket->product = number;
      return TRUE;
    case FIELD_VARIATION:
      ticket->variation = number;
      return TRUE;
    case FIELD_SUBEVENT:
      ticket->subevent = number;
      return TRUE;
    case FIELD_VALID_FROM:
      return read_time (number, &ticket->valid_from);
    case FIELD_VALID_UNTIL:
      return read_time (number, &ticket->valid_until);
    default:
      return TRUE;
    }
}

/**
 * foyer_signed_code_read_payload:
 * @payload: (array length=size): a message whose signature is good
 * @size: how many bytes
 *
 * Reads the message. Fields that are not known are skipped: a newer service may write some.
 *
 * Returns: (transfer full) (nullable): what it says; %NULL if it is no message
 */
FoyerSignedTicket *
foyer_signed_code_read_payload (const guint8 *payload, gsize size)
{
  g_autoptr (FoyerSignedTicket) ticket = foyer_signed_ticket_new ();
  const guint8 *at = payload;
  const guint8 *end = payload + size;

  while (at < end)
    {
      guint64 key;
      guint64 value;

      if (!read_varint (&at, end, &key) || key >> 3 == 0)
        return NULL;

      switch (key & 7)
        {
        case WIRE_VARINT:
          if (!read_varint (&at, end, &value) || !take_number (ticket, key >> 3, (gint64)value))
            return NULL;
          break;
        case WIRE_FIXED64:
          if (!skip (&at, end, 8))
            return NULL;
          break;
        case WIRE_BYTES:
          if (!read_varint (&at, end, &value) || !skip (&at, end, value))
            return NULL;
          break;
        case WIRE_FIXED32:
          if (!skip (&at, end, 4))
            return NULL;
          break;
        default:
          return NULL;
        }
    }
  return g_steal_pointer (&ticket);
}
