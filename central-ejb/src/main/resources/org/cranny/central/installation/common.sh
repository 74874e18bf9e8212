# Begins every script. The first argument is put before every path: empty on a machine, a folder in tests.
set -eu
umask 022
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL=C
R=$1
shift
# What this installation put here, a line each, written before it is put: what is taken back when something fails.
journal=$R/opt/cranny/.installing

die() {
  echo "$*" >&2
  exit 1
}

note() {
  printf '%s\n' "$*" >>"$journal"
}

# fresh_folder PATH MODE OWNER : a folder that was not there, of which the journal knows.
fresh_folder() {
  [ ! -d "$R$1" ] || return 0
  note folder "$1"
  mkdir -p "$R$1"
  chmod "$2" "$R$1"
  [ -z "${3:-}" ] || chown "$3:$3" "$R$1"
}

systemd() {
  [ -d "$R/run/systemd/system" ]
}

program_of() {
  case $1 in
    daemon) echo cranny-daemon ;;
    source) echo cranny ;;
  esac
}

home_of() {
  case $1 in
    daemon) echo /var/lib/cranny-daemon ;;
    source) echo /var/lib/cranny/source ;;
  esac
}

unit_of() {
  case $1 in
    daemon) echo cranny-daemon.service ;;
    source) echo cranny-agent.service ;;
  esac
}

pid_file_of() {
  case $1 in
    daemon) echo /run/cranny-daemon.pid ;;
    source) echo /run/cranny-agent.pid ;;
  esac
}

log_of() {
  case $1 in
    daemon) echo /var/log/cranny-daemon.log ;;
    source) echo /var/log/cranny-agent.log ;;
  esac
}

# stop_process FILE : the process that a file names. One that is dead and that nobody took note of is none.
stop_process() {
  number=$(cat "$1" 2>/dev/null) || return 0
  tries=100
  while kill "$number" 2>/dev/null && ! grep -q "^State:.Z" "/proc/$number/status" 2>/dev/null && [ "$tries" -gt 0 ]; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || kill -9 "$number" 2>/dev/null || true
    sleep 0.1
  done
  rm -f "$1"
}
