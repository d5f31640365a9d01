/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "foyer-time.h"

G_BEGIN_DECLS

/* A file that stands beside a database in which damage was met. */
#define FOYER_DATABASE_DAMAGED_SUFFIX "-damaged"

/**
 * FoyerDatabaseFlags:
 * @FOYER_DATABASE_CREATE: make the file (0600, whatever the umask) if it is not there
 * @FOYER_DATABASE_QUERY_ONLY: never writes (it may still checkpoint)
 * @FOYER_DATABASE_DURABLE: a commit is on disk when it returns (`synchronous=FULL`)
 */
typedef enum
{
  FOYER_DATABASE_CREATE = 1 << 0,
  FOYER_DATABASE_QUERY_ONLY = 1 << 1,
  FOYER_DATABASE_DURABLE = 1 << 2,
} FoyerDatabaseFlags;

/**
 * FoyerStatement:
 *
 * A prepared statement out of a connection's cache. The automatic cleanup resets it, so that it holds no
 * read transaction and no text of its caller any longer.
 */
typedef sqlite3_stmt FoyerStatement;

void foyer_statement_reset (FoyerStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerStatement, foyer_statement_reset)

/**
 * FoyerDatabase:
 *
 * One connection to one file (others may be attached), with its cached statements. It belongs to one
 * thread at a time.
 */
typedef struct _FoyerDatabase FoyerDatabase;

gboolean foyer_database_create_file (const char *path, GError **error);
FoyerDatabase *foyer_database_open (const char *path, FoyerDatabaseFlags flags, GError **error);
void foyer_database_close (FoyerDatabase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerDatabase, foyer_database_close)

sqlite3 *foyer_database_get_handle (FoyerDatabase *self);
void foyer_database_set_cancellable (FoyerDatabase *self, GCancellable *cancellable);

gboolean foyer_database_attach (FoyerDatabase *self, const char *path, GError **error);
gboolean foyer_database_execute (FoyerDatabase *self, const char *sql, GError **error);
FoyerStatement *foyer_database_query (FoyerDatabase *self,
                                      const char *sql,
                                      GError **error,
                                      const char *types,
                                      ...) G_GNUC_WARN_UNUSED_RESULT;
int foyer_database_step (FoyerDatabase *self, FoyerStatement *statement, GError **error);
gboolean
foyer_database_run (FoyerDatabase *self, const char *sql, GError **error, const char *types, ...);
gboolean foyer_database_get_int (FoyerDatabase *self,
                                 const char *sql,
                                 gint64 *value,
                                 GError **error,
                                 const char *types,
                                 ...);
void foyer_database_set_error (FoyerDatabase *self, const char *doing, GError **error);
void foyer_database_set_error_code (int code, int system_errno, const char *detail, GError **error);

gboolean foyer_database_is_busy (FoyerDatabase *self);
gboolean foyer_database_is_damaged (FoyerDatabase *self);

char *foyer_statement_dup_text (FoyerStatement *statement, int column);
FoyerTime foyer_statement_get_time (FoyerStatement *statement, int column);

G_END_DECLS
