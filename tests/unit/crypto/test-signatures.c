/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signed codes: the worked example of docs/contracts/pretix-checkin.md 10, every broken one of the recorded
 * scans, and codes signed here. */

#include "foyer-sodium-signatures.h"

#include <json-glib/json-glib.h>
#include <sodium.h>
#include <string.h>

#include "foyer-signed-code.h"

/* The worked example's key and code, as they stand in the contract. */
static const char example_key[]
    = "LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0KTUNvd0JRWURLMlZ3QXlFQUVmVW9LUTF4OVcwNzF6QW9LWXZsUUpnL2h"
      "tQjhsRko5SXhWL2pRWmt6Qjg9Ci0tLS0tRU5EIFBVQkxJQyBLRVktLS0tLQo=";
static const char example_code[] = "=QwJSk+bfeIQqys6ikVv4US2Sb8Lss9j4g+ZHdaSQtyJaOlb9+"
                                   "6ADzCzEH1H3LImHEs6i3Wqs7k3vrrsrz9SLyEAwAAKD"
                                   "sqxJDxM4IDMwQWZlNXCKAEAUAQA";

static FoyerSignedTicket *
read_code (const char *code, const char *const *keys)
{
  g_autoptr (FoyerSignatures) signatures = foyer_sodium_signatures_new ();

  return foyer_signatures_read_ticket (signatures, code, keys);
}

static void
test_example (void)
{
  const char *keys[] = { example_key, NULL };
  const char *second[] = { "bm8ga2V5", "", "\xff\xfe", example_key, NULL };
  const char *none[] = { NULL };
  g_autoptr (FoyerSignedTicket) ticket = read_code (example_code, keys);
  g_autoptr (FoyerSignedTicket) again = read_code (example_code, second);

  g_assert_nonnull (ticket);
  g_assert_cmpint (ticket->product, ==, 7005001);
  g_assert_cmpint (ticket->variation, ==, 0);
  g_assert_cmpint (ticket->subevent, ==, 0);
  g_assert_true (ticket->valid_from == FOYER_TIME_NONE);
  g_assert_true (ticket->valid_until == FOYER_TIME_NONE);
  /* Any of the event's keys will do, whatever stands beside it. */
  g_assert_nonnull (again);
  g_assert_null (read_code (example_code, none));
  g_assert_null (read_code (example_code, NULL));

  /* The same code is the same ticket. */
  g_assert_cmpint (foyer_signed_ticket_make_id (example_code), <, 0);
  g_assert_cmpint (foyer_signed_ticket_make_id (example_code), ==,
                   foyer_signed_ticket_make_id (example_code));
  g_assert_cmpint (foyer_signed_ticket_make_id (example_code), !=,
                   foyer_signed_ticket_make_id (example_code + 1));
}

static JsonObject *
load_cases (JsonParser *parser)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures",
                                                 "pretix-admission-cases.json", NULL);
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static GStrv
dup_keys (JsonObject *file, JsonObject *object)
{
  const char *slug = json_array_get_string_element (json_object_get_array_member (object, "worlds"),
                                                    0);
  JsonObject *world = json_object_get_object_member (json_object_get_object_member (file, "worlds"),
                                                     slug);
  JsonArray *keys = json_object_get_array_member (
      json_object_get_object_member (json_object_get_object_member (world, "event"), "valid_keys"),
      "pretix_sig1");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (keys); i++)
    g_strv_builder_add (builder, json_array_get_string_element (keys, i));
  return g_strv_builder_end (builder);
}

/* Of the recorded scans: which codes carry a ticket, and which only look like it. */
static void
test_recorded (void)
{
  static const struct
  {
    const char *name;
    gboolean good;
  } cases[] = {
    { "signed code, ticket known", TRUE },
    { "signed code, ticket not known", TRUE },
    { "signed code, ticket not known, revoked", TRUE },
    { "signed code, not known, product not on the list", TRUE },
    { "signed code, not known, too early", TRUE },
    { "signed code, not known, too late", TRUE },
    { "signed code, not known, valid now", TRUE },
    { "signed code, not known, product unknown", TRUE },
    { "signed code, not known, broken: key", FALSE },
    { "signed code, not known, broken: version", FALSE },
    { "signed code, not known, broken: payload", FALSE },
    { "signed code, not known, broken: short", FALSE },
    { "signed code, not known, broken: length", FALSE },
    { "signed code, not known, broken: tail", TRUE },
    { "signed code, not known, broken: forwards", FALSE },
    { "broken signature, but the ticket is known by it", FALSE },
    { "signed series code, known", TRUE },
    { "signed series code, not known, right date", TRUE },
    { "signed series code, not known, wrong date", TRUE },
    { "signed code of the series at the other event", FALSE },
  };
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *file = load_cases (parser);
  JsonArray *recorded = json_object_get_array_member (file, "cases");
  guint seen = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < json_array_get_length (recorded); k++)
      {
        JsonObject *object = json_array_get_object_element (recorded, k);
        JsonObject *step = json_array_get_object_element (
            json_object_get_array_member (object, "steps"), 0);
        JsonObject *scan = json_object_get_object_member (step, "scan");
        g_auto (GStrv) keys = NULL;
        g_autoptr (FoyerSignedTicket) ticket = NULL;

        if (g_strcmp0 (json_object_get_string_member (object, "name"), cases[i].name) != 0)
          continue;
        keys = dup_keys (file, object);
        ticket = read_code (json_object_get_string_member (scan, "secret"),
                            (const char *const *)keys);
        g_test_message ("%s", cases[i].name);
        g_assert_cmpint (ticket != NULL, ==, cases[i].good);
        if (g_str_has_prefix (cases[i].name, "signed series"))
          g_assert_cmpint (ticket->subevent, !=, 0);
        if (g_str_has_suffix (cases[i].name, "too early"))
          g_assert_true (ticket->valid_from != FOYER_TIME_NONE);
        seen++;
      }
  g_assert_cmpuint (seen, ==, G_N_ELEMENTS (cases));
}

typedef struct
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
  char *key;
} Signer;

static void
signer_init (Signer *self)
{
  static const guint8 head[] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00 };
  guint8 seed[crypto_sign_SEEDBYTES] = { 7 };
  guint8 der[sizeof head + crypto_sign_PUBLICKEYBYTES];
  g_autofree char *inside = NULL;
  g_autofree char *pem = NULL;

  g_assert_cmpint (sodium_init (), >=, 0);
  crypto_sign_seed_keypair (self->public_key, self->secret_key, seed);
  memcpy (der, head, sizeof head);
  memcpy (der + sizeof head, self->public_key, crypto_sign_PUBLICKEYBYTES);
  inside = g_base64_encode (der, sizeof der);
  pem = g_strdup_printf ("-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n", inside);
  self->key = g_base64_encode ((const guchar *)pem, strlen (pem));
}

static char *
sign (const Signer *self, const guint8 *payload, gsize size)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 head[] = { 1, size >> 8, size & 0xff, 0, crypto_sign_BYTES };
  guint8 signature[crypto_sign_BYTES];
  char *text;

  crypto_sign_detached (signature, NULL, payload, size, self->secret_key);
  g_byte_array_append (bytes, head, sizeof head);
  g_byte_array_append (bytes, payload, (guint)size);
  g_byte_array_append (bytes, signature, sizeof signature);
  text = g_base64_encode (bytes->data, bytes->len);
  return g_strreverse (text);
}

/* A good signature over anything: what is a message is read, what is none is none. */
static void
test_payloads (void)
{
  static const guint8 all[] = { 0x10, 0x05, 0x18, 0x06, 0x20, 0x07,
                                0x28, 0x90, 0x03, 0x30, 0xa0, 0x06 };
  /* fields of a newer service, of all forms, are passed over */
  static const guint8 newer[] = { 0x3a, 0x02, 0x41, 0x42, 0x41, 1,    2,    3,   4,    5,
                                  6,    7,    8,    0x4d, 1,    2,    3,    4,   0x50, 0x01,
                                  0x10, 0x09, 0xf8, 0xff, 0xff, 0xff, 0x0f, 0x05 };
  static const guint8 minus[]
      = { 0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 };
  static const guint8 cut_number[] = { 0x10, 0x80 };
  static const guint8 long_number[] = { 0x10, 0x80, 0x80, 0x80, 0x80, 0x80,
                                        0x80, 0x80, 0x80, 0x80, 0x80, 0x01 };
  static const guint8 cut_text[] = { 0x0a, 0x7f, 0x41 };
  static const guint8 huge_text[] = { 0x0a, 0xff, 0xff, 0xff, 0xff, 0xff,
                                      0xff, 0xff, 0xff, 0xff, 0x01, 0x41 };
  static const guint8 group[] = { 0x0b, 0x0c };
  static const guint8 nothing_field[] = { 0x00, 0x01 };
  static const guint8 far_time[] = { 0x28, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f };
  static const struct
  {
    const guint8 *payload;
    gsize size;
    gint64 product; /* or -2: none */
  } payloads[] = {
    { all, sizeof all, 5 },
    { newer, sizeof newer, 9 },
    { minus, sizeof minus, -1 },
    { all, 0, 0 },
    { cut_number, sizeof cut_number, -2 },
    { long_number, sizeof long_number, -2 },
    { cut_text, sizeof cut_text, -2 },
    { huge_text, sizeof huge_text, -2 },
    { group, sizeof group, -2 },
    { nothing_field, sizeof nothing_field, -2 },
    { far_time, sizeof far_time, -2 },
  };
  Signer signer;
  const char *keys[2] = { NULL, NULL };

  signer_init (&signer);
  keys[0] = signer.key;
  for (gsize i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autofree char *code = sign (&signer, payloads[i].payload, payloads[i].size);
      g_autoptr (FoyerSignedTicket) ticket = read_code (code, keys);
      g_autoptr (FoyerSignedTicket) message = foyer_signed_code_read_payload (payloads[i].payload,
                                                                              payloads[i].size);

      g_test_message ("payload %zu", i);
      g_assert_cmpint (message != NULL, ==, payloads[i].product != -2);
      /* A code of less than 96 letters is none of the service's. */
      if (strlen (code) >= 96)
        g_assert_cmpint (ticket != NULL, ==, payloads[i].product != -2);
      if (message != NULL)
        g_assert_cmpint (message->product, ==, payloads[i].product);
    }

  {
    g_autofree char *code = sign (&signer, all, sizeof all);
    g_autoptr (FoyerSignedTicket) ticket = read_code (code, keys);

    g_assert_nonnull (ticket);
    g_assert_cmpint (ticket->variation, ==, 6);
    g_assert_cmpint (ticket->subevent, ==, 7);
    g_assert_cmpint (ticket->valid_from, ==, 400 * FOYER_SECOND);
    g_assert_cmpint (ticket->valid_until, ==, 800 * FOYER_SECOND);
  }
  g_free (signer.key);
}

/* A letter changed anywhere, cut or added at either end: never a ticket of another kind. */
static void
test_touched (void)
{
  const char *keys[] = { example_key, NULL };
  gsize length = strlen (example_code);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *code = g_strdup (example_code);
      g_autofree char *cut = g_strndup (example_code, i);
      g_autoptr (FoyerSignedTicket) changed = NULL;

      code[i] = code[i] == 'A' ? 'B' : 'A';
      changed = read_code (code, keys);
      /* The last letter of base64 may hold bits that nobody reads. */
      if (changed != NULL)
        g_assert_cmpint (changed->product, ==, 7005001);
      if (i > 2)
        g_assert_null (changed);
      g_assert_null (read_code (cut, keys));
      code[i] = '*';
      g_assert_null (read_code (code, keys));
      code[i] = '=';
      if (i > 0)
        {
          g_autoptr (FoyerSignedTicket) padded = read_code (code, keys);

          g_assert_null (padded);
        }
    }
  g_assert_null (read_code ("", keys));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/signatures/example", test_example);
  g_test_add_func ("/crypto/signatures/recorded", test_recorded);
  g_test_add_func ("/crypto/signatures/payloads", test_payloads);
  g_test_add_func ("/crypto/signatures/touched", test_touched);
  return g_test_run ();
}
