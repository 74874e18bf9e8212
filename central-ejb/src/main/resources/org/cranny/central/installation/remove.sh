# look|do keep|purge ROLE… : takes off what installations put here, and says what goes and what is left, name=value a
# line. With look it only says it. A daemon whose disk holds fragments of others is left as it is, and so is all else.
act=$1 purge=$2
shift 2
opt=$R/opt/cranny
if [ "$act" = do ]; then
  removed=removed left=left
else
  removed='would remove' left='would leave'
fi

say() {
  printf '%s=%s\n' "$1" "$2"
}

doing() {
  [ "$act" = do ]
}

# take PATH [WHAT] : a file, link or folder with all that is in it.
take() {
  [ -e "$R$1" ] || [ -h "$R$1" ] || return 0
  say "$removed" "$1${2:-}"
  ! doing || rm -rf "$R$1"
}

# tidy FOLDER : when nothing is in it any more.
tidy() {
  [ -d "$R$1" ] || return 0
  ! doing || rmdir "$R$1" 2>/dev/null || true
}

# Fragments that count; those in the trash were put away.
count() {
  find "$R/var/lib/cranny-daemon/$1" -type f ! -name key 2>/dev/null | wc -l | tr -d ' '
}

is_ours() {
  case $(readlink "$R/usr/bin/$1" 2>/dev/null) in
    /opt/cranny/*) return 0 ;;
  esac
  return 1
}

# Whose program it is that stands where ours would.
foreign() {
  program=$(program_of "$1")
  link=$R/usr/bin/$program
  if [ -e "$link" ] || [ -h "$link" ]; then
    is_ours "$program" && return 0
    if dpkg-query --search "/usr/bin/$program" >/dev/null 2>&1; then
      say foreign "$program is of Debian's package: apt-get purge $program takes it off"
    else
      say foreign "something else put /usr/bin/$program there: remove it as it came"
    fi
  fi
}

stop() {
  if systemd; then
    for unit in "cranny-upgrade-$1.path" "cranny-upgrade-$1.service" "$(unit_of "$1")"; do
      systemctl disable --quiet --now "$unit" 2>/dev/null || true
      systemctl reset-failed --quiet "$unit" 2>/dev/null || true
    done
  fi
  stop_process "$R/run/cranny-upgrade-$1.pid"
  stop_process "$R$(pid_file_of "$1")"
}

# The unit as it came with the program; another one was written by somebody.
take_unit() {
  file=/etc/systemd/system/$2
  [ -e "$R$file" ] || return 0
  for came in "$opt/$1/share/systemd/$2" "$opt"/*/"$1/share/systemd/$2"; do
    if cmp -s "$came" "$R$file"; then
      take "$file"
      return 0
    fi
  done
  if [ "$purge" = purge ]; then take "$file"; else say "$left" "$file, which somebody changed"; fi
}

# take_conf PATH SECOND-LINE-BEGINS : as it was written here, else somebody changed it.
take_conf() {
  [ -e "$R$1" ] || return 0
  if [ "$purge" = purge ] || { [ "$(wc -l <"$R$1")" -le 2 ] && sed -n 2p "$R$1" | grep -q "^$2"; }; then
    take "$1"
  else
    say "$left" "$1, which somebody changed"
  fi
}

take_program() {
  for unit in "$(unit_of "$1")" "cranny-upgrade-$1.path" "cranny-upgrade-$1.service"; do
    take_unit "$1" "$unit"
  done
  take "/usr/bin/$(program_of "$1")"
  for tree in "$opt/$1" "$opt"/*/"$1"; do
    [ ! -e "$tree" ] && [ ! -h "$tree" ] || take "${tree#"$R"}"
  done
  take "$(log_of "$1")"
  take "/opt/cranny/.upgrade/$1"
}

take_daemon() {
  take_conf /etc/cranny/daemon.conf CRANNY_DAEMON_JAVA_OPTS=-XX:+UnlockDiagnosticVMOptions
  take /var/cache/cranny-daemon
  away=$(count trash)
  take /var/lib/cranny-daemon ": identity and settings of the host$([ "$away" = 0 ] || echo ", and $away fragments in the trash")"
  if getent passwd cranny-daemon >/dev/null 2>&1; then
    if ! doing || userdel cranny-daemon 2>/dev/null || deluser cranny-daemon 2>/dev/null; then
      say "$removed" "the user cranny-daemon"
    else
      say "$left" "the user cranny-daemon, which the machine does not let go"
    fi
  fi
}

take_source() {
  take_conf /etc/cranny/agent.conf CRANNY_HOME=/var/lib/cranny/source
  if [ "$purge" = purge ]; then
    take /var/lib/cranny/source ": memory and keys of its backups, which open through the realm's escrow alone now"
  elif [ -e "$R/var/lib/cranny/source" ]; then
    say "$left" "/var/lib/cranny/source: memory and keys of its backups; --purge removes them, and then they open through the realm's escrow alone"
  fi
  if [ -d "$R/etc/cranny/hooks" ] && [ -n "$(ls -A "$R/etc/cranny/hooks")" ]; then
    say "$left" "/etc/cranny/hooks, where programs of its owner are"
  fi
  tidy /etc/cranny/hooks
  tidy /var/lib/cranny
}

say user "$(id -u)"
for role in "$@"; do
  foreign "$role"
  [ ! -e "$R$(home_of "$role")" ] && ! is_ours "$(program_of "$role")" || say present "$role"
done
[ ! -e "$R/var/lib/cranny-daemon/identity.p12" ] || say enrolled daemon
if [ -e "$R/var/lib/cranny/source/config.json" ]; then
  say enrolled source
  say source "$(sed -n 's/.*"system"[[:space:]]*:[[:space:]]*\([0-9]\{1,18\}\).*/\1/p' "$R/var/lib/cranny/source/config.json" | head -n 1)"
fi
case " $* " in
  *" daemon "*)
    ! doing || stop daemon
    kept=$(count fragments)
    say fragments "$kept"
    if [ "$kept" != 0 ]; then exit 0; fi
    ;;
esac
for role in "$@"; do
  ! doing || stop "$role"
  take_program "$role"
  "take_$role"
done
tidy /etc/cranny
if [ ! -e "$R/usr/bin/cranny" ] && [ ! -e "$R/usr/bin/cranny-daemon" ]; then
  take /var/log/cranny-upgrade.log
  [ ! -e "$R/etc/cranny/upgrade.conf" ] || say "$left" "/etc/cranny/upgrade.conf, which somebody wrote"
fi
if doing; then
  rm -f "$journal"
  for folder in "$opt/.upgrade" "$opt"/*; do
    [ ! -d "$folder" ] || rmdir "$folder" 2>/dev/null || true
  done
  rmdir "$opt" 2>/dev/null || true
  ! systemd || systemctl daemon-reload
  sync
fi
