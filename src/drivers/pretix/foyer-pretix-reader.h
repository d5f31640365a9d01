/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "foyer-error.h"
#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_PRETIX_READER (foyer_pretix_reader_get_type ())

/**
 * FoyerPretixReader:
 * @languages: languages to choose from what pretix says in several, best first: `de-at`, `de`, `en`
 *
 * For whom the answers are read. Immutable once made; used in threads.
 */
typedef struct _FoyerPretixReader FoyerPretixReader;
struct _FoyerPretixReader
{
  GStrv languages;
};

GType foyer_pretix_reader_get_type (void) G_GNUC_CONST;
FoyerPretixReader *foyer_pretix_reader_new (const char *const *locales, const char *event_locale);
FoyerPretixReader *foyer_pretix_reader_ref (FoyerPretixReader *self);
void foyer_pretix_reader_unref (FoyerPretixReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerPretixReader, foyer_pretix_reader_unref)

char *foyer_pretix_reader_dup_accept_language (FoyerPretixReader *self);
const char *
foyer_pretix_reader_get_text (FoyerPretixReader *self, JsonObject *object, const char *member);

gboolean foyer_pretix_read_id (JsonObject *object, const char *member, gint64 *id, GError **error);
gint64 foyer_pretix_read_reference (JsonObject *object, const char *member);
FoyerTime foyer_pretix_read_time (JsonObject *object, const char *member);
gboolean
foyer_pretix_read_limit (JsonObject *object, const char *member, FoyerTime *time, GError **error);
gboolean
foyer_pretix_read_flag (JsonObject *object, const char *member, gboolean *flag, GError **error);
char *foyer_pretix_read_text (JsonObject *object, const char *member);
char *foyer_pretix_read_decimal (JsonObject *object, const char *member);
int foyer_pretix_read_small_int (JsonObject *object, const char *member);
GArray *foyer_pretix_read_ids (JsonObject *object, const char *member);

void foyer_pretix_reject (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
void foyer_pretix_reject_inside (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
