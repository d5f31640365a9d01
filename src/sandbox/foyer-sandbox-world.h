/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "foyer-time.h"

G_BEGIN_DECLS

typedef struct _FoyerSandboxEvent FoyerSandboxEvent;
typedef struct _FoyerSandboxOrder FoyerSandboxOrder;
typedef struct _FoyerSandboxPosition FoyerSandboxPosition;
typedef struct _FoyerSandboxWorld FoyerSandboxWorld;

/**
 * FoyerSandboxAnswer:
 * @question: id of the question
 * @text: the answer as stored
 * @options: (nullable) (element-type gint64): ids of the options
 *
 * An answer that a ticket carries.
 */
typedef struct
{
  gint64 question;
  char *text;
  GArray *options;
} FoyerSandboxAnswer;

/**
 * FoyerSandboxCheckIn:
 *
 * One row of the check-in log, refused scans included. @reason is %NULL for a successful one;
 * @device is the device's number in its organiser, 0 for a token.
 */
typedef struct
{
  gint64 id;
  FoyerSandboxEvent *event;
  FoyerSandboxPosition *position;
  gint64 list;
  FoyerTime datetime;
  FoyerTime created;
  gint64 device;
  gint64 gate;
  gint64 raw_item;
  gint64 raw_variation;
  gint64 raw_subevent;
  const char *reason;
  char *explanation;
  char *nonce;
  char *raw_barcode;
  const char *source_type;
  gboolean exit;
  gboolean successful;
  gboolean forced;
  gboolean force_sent;
  gboolean automatic;
} FoyerSandboxCheckIn;

/**
 * FoyerSandboxPosition:
 *
 * A ticket, in 150 bytes: a million of them must fit. What most tickets lack hangs on a pointer;
 * JSON is made when a page is asked for. Strings live as long as the world.
 */
struct _FoyerSandboxPosition
{
  FoyerSandboxOrder *order;
  const char *secret;
  const char *name;
  const char *name_parts;
  const char *company;
  const char *email;
  FoyerTime valid_from;
  FoyerTime valid_until;
  GPtrArray *checkins;
  GPtrArray *answers;
  GPtrArray *blocked;
  guint32 id;
  guint32 positionid;
  guint32 item;
  guint32 variation;
  guint32 subevent;
  guint32 addon_to;
  gint32 price;
  guint16 tax_rate;
  guint8 canceled;
};

/**
 * FoyerSandboxOrder:
 * @next_modified: the order that was changed next: the list is in the order of last_modified
 * @status: `n`, `p`, `e` or `c`
 * @extra: (nullable): fields that were set by a request and need no column: phone, api_meta, ...
 * @payments: (nullable) (element-type JsonObject): the payments; %NULL: one confirmed, if paid
 */
struct _FoyerSandboxOrder
{
  FoyerSandboxEvent *event;
  FoyerSandboxOrder *next_modified;
  FoyerSandboxOrder *previous_modified;
  FoyerSandboxPosition *positions;
  const char *code;
  const char *email;
  const char *locale;
  const char *comment;
  const char *provider;
  const char *checkin_text;
  JsonObject *extra;
  GPtrArray *payments;
  GPtrArray *fees;
  FoyerTime datetime;
  FoyerTime expires;
  FoyerTime last_modified;
  FoyerTime cancellation_date;
  gint64 total;
  guint32 n_positions;
  char status;
  guint8 require_approval;
  guint8 valid_if_pending;
  guint8 checkin_attention;
  guint8 testmode;
};

/**
 * FoyerSandboxMark:
 *
 * A secret that is revoked or blocked. @position is the ticket it belonged to, if known.
 */
typedef struct
{
  gint64 id;
  const char *secret;
  FoyerSandboxPosition *position;
  FoyerTime at;
  gboolean blocked;
} FoyerSandboxMark;

/**
 * FoyerSandboxMedium:
 *
 * A reusable medium (a wristband, a card) and the tickets it stands for.
 */
typedef struct
{
  gint64 id;
  char *type;
  char *identifier;
  gboolean active;
  FoyerTime expires;
  GPtrArray *positions;
} FoyerSandboxMedium;

/**
 * FoyerSandboxEvent:
 * @object: the event as the interface shows it, without `valid_keys`
 * @orders: by datetime
 * @by_name: (nullable): all tickets by name, made when first asked for
 */
struct _FoyerSandboxEvent
{
  FoyerSandboxWorld *world;
  const char *slug;
  JsonObject *object;
  JsonNode *valid_keys;
  GTimeZone *zone;
  GPtrArray *categories;
  GPtrArray *items;
  GPtrArray *questions;
  GPtrArray *lists;
  GPtrArray *subevents;
  GPtrArray *quotas;
  GPtrArray *taxrules;
  GPtrArray *orders;
  GPtrArray *checkins;
  GPtrArray *revoked;
  GPtrArray *blocked;
  GPtrArray *by_name;
  FoyerSandboxOrder *first_modified;
  FoyerSandboxOrder *last_modified;
  gsize n_positions;
};

/**
 * FoyerSandboxDevice:
 *
 * A desk known to the organiser. @api_token is %NULL until it is initialised.
 */
typedef struct
{
  gint64 id;
  char *serial;
  char *init_token;
  char *api_token;
  char *name;
  char *profile;
  gint64 gate;
  char *gate_name;
  gboolean all_events;
  JsonArray *limit_events;
  gboolean revoked;
  FoyerTime created;
  FoyerTime initialized;
  JsonObject *hardware;
} FoyerSandboxDevice;

/**
 * FoyerSandboxWorld:
 *
 * All that the played server knows. One thread at a time: its owner holds the lock.
 */
struct _FoyerSandboxWorld
{
  guint64 seed;
  FoyerTime now;
  GTimeZone *zone;
  GPtrArray *events;
  GPtrArray *devices;
  GPtrArray *media;
  GHashTable *by_secret;
  GHashTable *by_id;
  GHashTable *by_code;
  GHashTable *replies;
  GStringChunk *strings;
  GPtrArray *blocks;
  gsize block_used;
  gsize block_size;
  guint64 random;
  gint64 next_id;
  gint64 next_checkin;
  gint64 next_mark;
  char *token_full;
  char *token_door;
  char *token_read;
};

FoyerSandboxWorld *foyer_sandbox_world_new (guint64 seed);
void foyer_sandbox_world_free (FoyerSandboxWorld *self);

void *foyer_sandbox_world_alloc (FoyerSandboxWorld *self, gsize size);
const char *foyer_sandbox_world_text (FoyerSandboxWorld *self, const char *text);
guint64 foyer_sandbox_world_random (FoyerSandboxWorld *self);
char *foyer_sandbox_world_random_text (FoyerSandboxWorld *self, const char *letters, guint length);
gint64 foyer_sandbox_world_take_id (FoyerSandboxWorld *self);
void foyer_sandbox_world_see_id (FoyerSandboxWorld *self, gint64 id);

FoyerSandboxEvent *foyer_sandbox_world_add_event (FoyerSandboxWorld *self, JsonObject *object);
FoyerSandboxEvent *foyer_sandbox_world_get_event (FoyerSandboxWorld *self, const char *slug);
JsonObject *
foyer_sandbox_world_get_list (FoyerSandboxWorld *self, gint64 id, FoyerSandboxEvent **event);
JsonObject *foyer_sandbox_find (GPtrArray *objects, gint64 id);

FoyerSandboxOrder *
foyer_sandbox_event_add_order (FoyerSandboxEvent *self, const char *code, guint n_positions);
void foyer_sandbox_event_add_position (FoyerSandboxEvent *self, FoyerSandboxPosition *position);
void foyer_sandbox_order_touch (FoyerSandboxOrder *self);
void foyer_sandbox_order_append_modified (FoyerSandboxOrder *self);
FoyerSandboxPosition *foyer_sandbox_world_get_position (FoyerSandboxWorld *self, gint64 id);
FoyerSandboxPosition *foyer_sandbox_world_get_by_secret (FoyerSandboxWorld *self,
                                                         const char *secret);
FoyerSandboxOrder *foyer_sandbox_world_get_order (FoyerSandboxWorld *self, const char *code);

FoyerSandboxCheckIn *foyer_sandbox_event_add_checkin (FoyerSandboxEvent *self,
                                                      gint64 list,
                                                      FoyerSandboxPosition *position);
FoyerSandboxMark *foyer_sandbox_event_add_mark (FoyerSandboxEvent *self,
                                                GPtrArray *marks,
                                                const char *secret,
                                                FoyerSandboxPosition *position);
FoyerSandboxAnswer *foyer_sandbox_position_get_answer (FoyerSandboxPosition *self, gint64 question);
void foyer_sandbox_position_set_answer (FoyerSandboxPosition *self,
                                        gint64 question,
                                        const char *text,
                                        GArray *options);
FoyerSandboxPosition *foyer_sandbox_position_get_main (FoyerSandboxPosition *self);

G_END_DECLS
