# SPDX-License-Identifier: GPL-3.0-or-later
# What the start scripts share. Sourced, not run.
#
#   NAME start DIR    puts the server into DIR if it is not there, starts it on 127.0.0.1, waits until it answers,
#                     prints KEY=VALUE lines and keeps them in DIR/env; one that is already up is left as it is
#   NAME stop DIR     ends what `start` started; nothing running is no error
#   NAME status DIR   prints DIR/env if the server answers, else exits 3
#
# Ports come from the environment (0: any free one), with a default named in each script. What a server stores lies in
# DIR/data (remove it, while stopped, for an empty server), what it says in DIR/log.
# Exit codes: 77 cannot run here (a registry or a tool is out of reach), 3 not running, 2 usage, 1 anything else.
#
# A script sets NAME and VARS (the names to print), defines the hooks below, and ends with: live_main "$@"
#   live_install   fills $DIR/bin
#   live_run       settles ports, sets VARS, calls spawn
#   live_ready     true when the server answers; sees VARS only
#   live_after     (optional) first-time set-up that needs the running server

HOST=127.0.0.1

say()  { printf '%s: %s\n' "$NAME" "$*" >&2; }
die()  { say "$@"; exit 1; }
skip() { say "$@"; exit 77; }
need() { command -v "$1" >/dev/null || skip "needs $1"; }
get()  { curl -fsS -o /dev/null --max-time 5 "$@"; }

# --- ports -----------------------------------------------------------------------------------------------------------

in_use() { (exec 3<>"/dev/tcp/$HOST/$1") 2>/dev/null; }

# settle VARIABLE DEFAULT
settle() {
  local -n wanted=$1
  wanted=${wanted:-$2}
  [[ $wanted =~ ^[0-9]+$ ]] || die "$1 is no port: $wanted"
  if (( wanted == 0 )); then
    while wanted=$((20000 + RANDOM % 12000)); in_use "$wanted"; do :; done
  elif in_use "$wanted"; then
    die "port $wanted is taken; set $1"
  fi
}

# --- the process -----------------------------------------------------------------------------------------------------

# The kernel's start time of a process: with the pid it tells ours from a stranger that was given the same number.
born() {
  local s
  s=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  set -- ${s##*) }
  [ "$1" != Z ] && echo "${20}"
}

alive() {
  local pid at
  [ -r "$DIR/pid" ] && read -r pid at <"$DIR/pid" && [ -n "$at" ] && [ "$(born "$pid")" = "$at" ]
}

spawn() {
  (cd "$DIR" && exec setsid "$@" >"$DIR/log" 2>&1 </dev/null 9>&-) &
  printf '%s %s\n' "$!" "$(born "$!")" >"$DIR/pid"
}

wait_ready() {
  local end=$((SECONDS + 60))
  until live_ready 2>/dev/null && alive; do
    if ! alive; then
      tail -n 20 "$DIR/log" >&2
      die "ended while starting"
    elif (( SECONDS >= end )); then
      tail -n 20 "$DIR/log" >&2
      end_it
      die "did not answer within 60 s"
    fi
    sleep 0.1
  done
}

# Ends the leader, then waits for its whole group (workers, a redis): they may still hold the port and the files.
end_it() {
  local pid at end=$((SECONDS + 10))
  if alive; then
    read -r pid at <"$DIR/pid"
    kill "$pid" 2>/dev/null || true
    while alive; do
      if (( SECONDS >= end )); then kill -9 "$pid" 2>/dev/null || true; fi
      sleep 0.1
    done
    while kill -0 -- "-$pid" 2>/dev/null; do
      if (( SECONDS >= end + 5 )); then kill -9 -- "-$pid" 2>/dev/null || true; fi
      sleep 0.1
    done
  fi
  rm -f "$DIR/pid" "$DIR/env"
}

# --- installing ------------------------------------------------------------------------------------------------------

have() { [ -e "$1" ] && [ "$(cat "$1.from" 2>/dev/null)" = "$2" ]; }
made() { printf '%s\n' "$2" >"$1.from"; }

# What installers (go, apt, pip, npm) say when a registry is out of reach, or refuses.
UNREACHABLE='no such host|dial tcp|i/o timeout|TLS handshake|connection re|unreachable|disabled by GOPROXY|timed out'
UNREACHABLE+='|Could not resolve|Could not connect|Failed to fetch|name resolution|NewConnectionError|ProxyError'
UNREACHABLE+='|from versions: none|ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|: (401|403|407|429|50[0-9]) '

# fetching COMMAND...: an installer. If it fails for want of a registry, exit 77; for any other reason, exit 1.
fetching() {
  "$@" >"$DIR/install.log" 2>&1 9>&- && return
  tail -n 5 "$DIR/install.log" >&2
  if grep -qE "$UNREACHABLE" "$DIR/install.log"; then
    skip "the package registry cannot be reached (or refuses), and $DIR does not hold the server yet"
  fi
  die "the installation failed: see $DIR/install.log"
}

# go_install PACKAGE VERSION [NAME]: builds DIR/bin/NAME.
go_install() {
  local bin=$DIR/bin/${3:-$NAME}
  if have "$bin" "$1@$2"; then return; fi
  need go
  say "building $1@$2"
  fetching env GOBIN="$DIR/bin" CGO_ENABLED=0 GOFLAGS="-p=2 -buildvcs=false -trimpath" \
    nice go install -ldflags=-s "$1@$2"
  made "$bin" "$1@$2"
}

# --- the three verbs -------------------------------------------------------------------------------------------------

locked() { exec 9>"$DIR/lock"; flock 9; }

running() { [ -r "$DIR/env" ] && . "$DIR/env" && alive && live_ready 2>/dev/null; }

live_main() {
  local verb=${1:-} v
  [[ $# == 2 && $verb =~ ^(start|stop|status)$ ]] || { echo "usage: $NAME start|stop|status DIR" >&2; exit 2; }
  if [ "$verb" = start ]; then mkdir -p "$2/bin" "$2/data"; fi
  DIR=$(cd -- "$2" 2>/dev/null && pwd) || exit "$([ "$verb" = stop ] && echo 0 || echo 3)"
  [[ $DIR != *[[:space:]]* ]] || die "a folder without spaces, please: DIR/env is read by shells"

  case $verb in
    status)
      running || exit 3
      cat "$DIR/env"
      ;;
    stop)
      locked
      end_it
      ;;
    start)
      need curl
      locked
      if (running); then cat "$DIR/env"; exit 0; fi
      end_it
      live_install
      live_run
      wait_ready
      if declare -F live_after >/dev/null; then live_after; fi
      for v in "${VARS[@]}"; do printf '%s=%s\n' "$v" "${!v}"; done >"$DIR/env.new"
      mv "$DIR/env.new" "$DIR/env"
      cat "$DIR/env"
      ;;
  esac
}
