# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts beside this file share. Sourced, not run.
# shellcheck shell=bash disable=SC2034

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

# The Python that sees the distribution's own modules (gi); one from a version manager in the path does not.
PYTHON=/usr/bin/python3

say() { printf '%s\n' "$*" >&2; }
die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# configure FOLDER OPTION...: a build folder with these options. One that has them already is left as it is; one that
# meson can no longer read (it has moved on since) is made anew.
configure() {
  local folder=$1
  shift
  if [ -e "$folder/build.ninja" ] && [ "$(cat "$folder/.foyer-options" 2>/dev/null)" = "$*" ]; then
    return
  fi
  if [ -e "$folder/meson-private/coredata.dat" ]; then
    meson setup --reconfigure "$folder" "$ROOT" "$@" >&2 || meson setup --wipe "$folder" "$ROOT" "$@" >&2
  else
    meson setup "$folder" "$ROOT" "$@" >&2
  fi
  printf '%s\n' "$*" >"$folder/.foyer-options"
}

# compile FOLDER [TARGET...]
compile() {
  local folder=$1
  shift
  ninja -C "$folder" "$@" >&2
}
