# Says what kind of machine this is, name=value a line. Changes nothing.
say() {
  printf '%s=%s\n' "$1" "$2"
}

say user "$(id -u)"
say system "$(uname -s)"
say machine "$(uname -m)"
say name "$(uname -n)"
say libc "$(getconf GNU_LIBC_VERSION 2>/dev/null || true)"
at=$R/opt
[ -d "$at" ] || at=$R/
say free_kib "$(df -Pk "$at" | awk 'NR == 2 { print $4 }')"
say var_free_kib "$(df -Pk "$R/var" | awk 'NR == 2 { print $4 }')"
for tool in tar gzip setpriv; do
  command -v "$tool" >/dev/null 2>&1 || say lacks "$tool"
done
! systemd || say systemd yes
[ -z "$(getent hosts "$(uname -n)" 2>/dev/null || true)" ] || say resolves yes
[ ! -e "$journal" ] || say unfinished yes
for role in daemon source; do
  link=$R/usr/bin/$(program_of $role)
  if [ -h "$link" ] || [ -e "$link" ]; then
    say "$role" "$(readlink "$link" || echo "$link")"
  fi
done
[ ! -e "$R/var/lib/cranny-daemon/identity.p12" ] || say enrolled daemon
[ ! -e "$R/var/lib/cranny/source/config.json" ] || say enrolled source
