# ROLE : starts the program, under systemd where that runs, else by itself until the machine stops.
role=$1
unit=$(unit_of "$role")
if systemd; then
  note unit "$unit"
  systemctl daemon-reload
  systemctl enable --quiet --now "$unit"
  exit 0
fi
pid=$R$(pid_file_of "$role")
log=$R$(log_of "$role")
note process "$(pid_file_of "$role")"
note file "$(log_of "$role")"
mkdir -p "${pid%/*}" "${log%/*}"
export LC_ALL=C.UTF-8
case $role in
  daemon)
    CRANNY_DAEMON_CACHE=$R/var/cache/cranny-daemon setsid "$R/usr/bin/cranny-daemon" run --home "$R$(home_of daemon)" \
      </dev/null >>"$log" 2>&1 &
    ;;
  source) CRANNY_HOME=$R$(home_of source) setsid "$R/usr/bin/cranny" agent </dev/null >>"$log" 2>&1 & ;;
esac
echo $! >"$pid"
