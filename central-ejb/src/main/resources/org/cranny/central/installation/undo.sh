# Takes back what the journal names, the newest first. May be run again.
# Fragments of other machines' backups are theirs: a home that has some stays.
fragments() {
  find "$1/fragments" "$1/trash" -type f ! -name key 2>/dev/null | head -n 1
}

remove_folder() {
  case $1 in
    /var/lib/cranny-daemon)
      if [ -n "$(fragments "$R$1")" ]; then
        echo "kept $1, where fragments of other machines' backups are"
      else
        rm -rf "$R$1"
      fi
      ;;
    /var/lib/cranny/source | /var/cache/cranny-daemon) rm -rf "$R$1" ;;
    *) rmdir "$R$1" 2>/dev/null || true ;;
  esac
}

undo() {
  case $1 in
    unit)
      systemctl disable --quiet --now "$2" 2>/dev/null || true
      systemctl reset-failed --quiet "$2" 2>/dev/null || true
      ;;
    process) stop_process "$R$2" ;;
    file) rm -f "$R$2" ;;
    tree) rm -rf "$R$2" ;;
    folder) remove_folder "$2" ;;
    user)
      if [ ! -d "$R/var/lib/cranny-daemon" ]; then
        userdel "$2" 2>/dev/null || deluser "$2" 2>/dev/null || true
      fi
      ;;
  esac
}

[ -e "$journal" ] || exit 0
# The oldest line is the folder of the journal itself, which goes last.
lines=$(sed '1!G;h;$!d' "$journal")
printf '%s\n' "$lines" | while read -r what name; do
  [ "$name" = /opt/cranny ] || undo "$what" "$name"
done
! systemd || systemctl daemon-reload
rm -f "$journal"
rmdir "$R/opt/cranny" 2>/dev/null || true
