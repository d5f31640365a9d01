/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sandbox: becomes foyer-sandbox. */

#define G_LOG_DOMAIN "foyer-ctl"

#include "config.h"

#include "foyerctl.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#define PROGRAM "foyer-sandbox"

/* Beside this program, where it is installed; beside its folder, where it is built. */
static char *
find_program (void)
{
  static const char *const places[] = { ".", "../../sandbox" };
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : NULL;

  for (gsize i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], PROGRAM, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return g_find_program_in_path (PROGRAM);
}

/**
 * foyerctl_sandbox:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code, if it could not be started
 */
FoyerctlExit
foyerctl_sandbox (Foyerctl *self, int argc, char **argv)
{
  g_autofree char *program = find_program ();
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  if (program != NULL)
    {
      g_ptr_array_add (arguments, (gpointer)PROGRAM);
      for (int i = 1; i < argc; i++)
        g_ptr_array_add (arguments, argv[i]);
      g_ptr_array_add (arguments, NULL);
      execv (program, (char **)arguments->pdata);
    }

  error = foyer_error_new (FOYER_ERROR_STORAGE, program != NULL ? g_strerror (errno) : "not found",
                           _ ("The sandbox is not installed."));
  return foyerctl_fail (self, error, NULL);
}
