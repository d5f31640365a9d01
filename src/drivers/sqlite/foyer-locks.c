/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may do what in a workspace that several processes have open: open-file-description locks on one
 * file. The kernel drops them when the process dies, however it dies. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-locks.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sys/stat.h>
#include <unistd.h>

#include "foyer-database.h"
#include "foyer-error.h"

#define LOCK_FILE "sender.lock"

/* The bytes that are locked; the file is empty. */
#define SENDER_BYTE 0 /* exclusive: the one that sends */
#define USERS_BYTE 1  /* shared: everybody who has the store open; exclusive: may replace files */

#define RETRY_INTERVAL (20 * 1000)

static gboolean
set_lock (int fd, short type, off_t byte)
{
  struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };

  return fcntl (fd, F_OFD_SETLK, &lock) == 0;
}

/**
 * foyer_locks_open:
 * @directory: the workspace's folder
 * @error: return location
 *
 * Returns: a descriptor to be kept open as long as the store is, or -1 with an error
 */
int
foyer_locks_open (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, LOCK_FILE, NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0 || fchmod (fd, 0600) != 0)
    {
      int saved = errno;

      foyer_database_set_error_code (saved == ENOSPC || saved == EDQUOT ? SQLITE_FULL
                                                                        : SQLITE_CANTOPEN,
                                     saved, "opening the lock file", error);
      if (fd >= 0)
        close (fd);
      return -1;
    }

  return fd;
}

/**
 * foyer_locks_claim_sender:
 * @fd: a descriptor of foyer_locks_open()
 *
 * Returns: whether this is (now, or still) the one process of the workspace that sends
 */
gboolean
foyer_locks_claim_sender (int fd)
{
  return fd >= 0 && set_lock (fd, F_WRLCK, SENDER_BYTE);
}

/**
 * foyer_locks_claim_alone:
 * @fd: a descriptor of foyer_locks_open()
 *
 * To be given back by foyer_locks_share().
 *
 * Returns: whether no other process has the store open, nor can open it now
 */
gboolean
foyer_locks_claim_alone (int fd)
{
  return set_lock (fd, F_WRLCK, USERS_BYTE);
}

/**
 * foyer_locks_share:
 * @fd: a descriptor of foyer_locks_open()
 * @patience: microseconds to wait for one that repairs its files
 * @error: return location
 *
 * Returns: %TRUE once this process is one of those that have the store open
 */
gboolean
foyer_locks_share (int fd, gint64 patience, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + patience;

  while (!set_lock (fd, F_RDLCK, USERS_BYTE))
    {
      if (g_get_monotonic_time () >= deadline)
        {
          foyer_error_set (error, FOYER_ERROR_STORAGE, "the store is being repaired",
                           _ ("Another Foyer is repairing its data. Wait a moment, then start "
                              "again."));
          return FALSE;
        }
      g_usleep (RETRY_INTERVAL);
    }

  return TRUE;
}
