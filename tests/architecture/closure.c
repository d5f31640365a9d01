/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Linked with a whole layer and all that it stands on, and nothing above: a call upward does not link. */

int
main (void)
{
  return 0;
}
