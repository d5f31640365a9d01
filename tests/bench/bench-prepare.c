/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes the store that the other programs work on. */

#define G_LOG_DOMAIN "foyer-bench"

#include "bench-world.h"
#include "foyer-system-clock.h"

int
main (int argc, char *argv[])
{
  g_auto (BenchOptions) options = { .attendees = 100000 };
  g_autoptr (FoyerClock) clock = foyer_system_clock_new ();
  g_autoptr (FoyerSqliteStore) store = NULL;
  g_autoptr (FoyerConnection) connection = bench_connection_new ("http://127.0.0.1:9");
  double began = bench_now ();

  bench_options_parse (&options, argc, argv);
  store = bench_store_open (options.store, clock);
  bench_store_put_connection (store, connection);
  bench_world_fill (foyer_sqlite_store_get_mirror (store), options.attendees);
  bench_store_close (store);
  g_printerr ("# a store of %" G_GINT64_FORMAT " attendees made in %.1f s\n", options.attendees,
              (bench_now () - began) / 1000);
  return 0;
}
