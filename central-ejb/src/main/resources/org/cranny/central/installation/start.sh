# ROLE : starts the program and what upgrades it, under systemd where that runs, else by themselves until the machine stops.
role=$1
upgrade=$R/opt/cranny/$role/bin/cranny-upgrade
if systemd; then
  systemctl daemon-reload
  for unit in "$(unit_of "$role")" "cranny-upgrade-$role.path"; do
    note unit "$unit"
    systemctl enable --quiet --now "$unit"
  done
  exit 0
fi
watching=/run/cranny-upgrade-$role.pid
note process "$(pid_file_of "$role")"
note file "$(log_of "$role")"
CRANNY_ROOT=$R "$upgrade" "$role" start
note process "$watching"
note file /var/log/cranny-upgrade.log
CRANNY_ROOT=$R setsid "$upgrade" "$role" watch </dev/null >>"$R/var/log/cranny-upgrade.log" 2>&1 &
echo $! >"$R$watching"
