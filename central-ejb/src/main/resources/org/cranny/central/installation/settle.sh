# ROLE : makes user, folders and unit of a program that was unpacked.
role=$1
folder=/opt/cranny/$role

make_user() {
  ! getent passwd cranny-daemon >/dev/null 2>&1 || return 0
  note user cranny-daemon
  if command -v useradd >/dev/null 2>&1; then
    useradd --system --user-group --no-create-home --home-dir /var/lib/cranny-daemon --shell /usr/sbin/nologin cranny-daemon
  else
    addgroup -S cranny-daemon
    adduser -S -H -D -h /var/lib/cranny-daemon -s /sbin/nologin -G cranny-daemon cranny-daemon
  fi
}

# put NAME : a file from standard input, where there is none.
put() {
  [ ! -e "$R$1" ] || return 0
  note file "$1"
  cat >"$R$1"
}

fresh_folder /etc/cranny 755
case $role in
  daemon)
    make_user
    fresh_folder /var/lib/cranny-daemon 700 cranny-daemon
    fresh_folder /var/lib/cranny-daemon/upgrade 700 cranny-daemon
    fresh_folder /var/cache/cranny-daemon 700 cranny-daemon
    put /etc/cranny/daemon.conf <<END
# What systemd gives the daemon. Cryptography at full speed, everything else compiled lightly.
CRANNY_DAEMON_JAVA_OPTS=-XX:+UnlockDiagnosticVMOptions -XX:CompilerDirectivesFile=$folder/config/light-compilation.json
END
    ;;
  source)
    fresh_folder /etc/cranny/hooks 755
    fresh_folder /var/lib/cranny 755
    fresh_folder /var/lib/cranny/source 700
    fresh_folder /var/lib/cranny/source/upgrade 700
    put /etc/cranny/agent.conf <<END
# What systemd gives the backup agent.
CRANNY_HOME=/var/lib/cranny/source
END
    ;;
esac
if systemd; then
  mkdir -p "$R/etc/systemd/system"
  for unit in "$(unit_of "$role")" "cranny-upgrade-$role.path" "cranny-upgrade-$role.service"; do
    put "/etc/systemd/system/$unit" <"$R$folder/share/systemd/$unit"
  done
fi
