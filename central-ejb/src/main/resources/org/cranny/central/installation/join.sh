# Installs Cranny on this machine and lets it join the realm. Comes with the line that an administrator made; the token is
# in that line and not in here. All of it is read before any of it is run.
say() {
  printf 'cranny: %s\n' "$*"
}

die() {
  printf 'cranny: %s\n' "$*" >&2
  exit 1
}

# run SCRIPT ARGUMENT… : a script in a shell of its own.
run() {
  body=$1
  shift
  sh -c "$body" cranny '' "$@"
}

# fetch ROLE ARCH : its archive, from the very central that the line names. What stands in a command line, everybody reads.
fetch() {
  printf 'Cranny-Token: %s\n' "$t" | curl -fsS -k --pinnedpubkey "$pin" -H @- "$central/api/v1/join/$1/$2"
}

install() {
  role=$1
  say "copying $role"
  fetch "$role" "$arch" >"$work/archive" || die "central has no package for this machine, or the line is too old: ask for a new one"
  run "$unpack" "$role" "$version" <"$work/archive"
  rm -f "$work/archive"
  run "$settle" "$role" "$version" </dev/null
  say "joining as $role"
  set --
  [ "$role" != daemon ] || set -- --address "https://$address:$port"
  printf '%s\n' "$t" | run "$enroll" "$role" "$version" "$central" "$fingerprint" "$(uname -n)" "$@"
}

await() {
  for second in 1 2 3 4 5; do
    sleep 1
    run "$alive" "$1" </dev/null
  done
}

cleanup() {
  code=$?
  trap - EXIT
  rm -rf "$work"
  if [ "$code" != 0 ] && [ -n "$begun" ]; then
    say "taking back what was put here" >&2
    run "$undo" </dev/null >&2 || true
  fi
  exit "$code"
}

main() {
  set -eu
  begun=
  [ -n "${t:-}" ] || die "paste the whole line: it brings the token"
  [ "$(id -u)" = 0 ] || die "this needs root: write sudo before sh"
  [ "$(uname -s)" = Linux ] || die "packages are for Linux; for others see docs/operating/installing.md"
  case $(uname -m) in
    x86_64 | amd64) arch=amd64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) die "packages are for amd64 and arm64, and this is $(uname -m)" ;;
  esac
  work=$(mktemp -d)
  trap cleanup EXIT
  seen=$(run "$look" </dev/null)
  case $seen in *unfinished=*) run "$undo" </dev/null; seen=$(run "$look" </dev/null) ;; esac
  case $seen in *lacks=*) die "this machine lacks $(printf '%s\n' "$seen" | sed -n 's/^lacks=//p' | tr '\n' ' ')" ;; esac
  todo=
  for role in $roles; do
    if printf '%s\n' "$seen" | grep -q "^enrolled=$role\$"; then
      say "$role is here already"
    else
      todo="$todo $role"
    fi
  done
  case $todo in
    *daemon*) printf '%s\n' "$seen" | grep -q '^resolves=' ||
      die "this machine cannot look its own name $(uname -n) up: write it into /etc/hosts" ;;
  esac
  begun=yes
  for role in $todo; do install "$role"; done
  for role in $todo; do
    run "$start" "$role" </dev/null
    await "$role"
  done
  run "$finish" </dev/null
  begun=
  say "done${todo:+: this machine is in the realm}"
}

main
