#!/usr/bin/env bash
# Runs a domain that make-domain.sh made, in the foreground, as the process that this script was. SIGTERM ends it in order.
# The server's password goes in on standard input, where no other user of this machine can see it.
set -euo pipefail
umask 077
(($# == 1)) && [[ -f $1/config/launch.args ]] || { echo "use: run-domain.sh DOMAIN, a folder that make-domain.sh made" >&2; exit 2; }
domain=$(cd "$1" && pwd)
home=$(<"$domain/config/home")
if [[ -f $domain/config/database-password-file ]]; then
  CRANNY_DATABASE_PASSWORD=$(<"$(<"$domain/config/database-password-file")")
  export CRANNY_DATABASE_PASSWORD
fi
cd "$domain/config"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$domain/config/launch.args" \
  < <(printf 'AS_ADMIN_MASTERPASSWORD=%s\n' "$(<"$home/secrets/server-password")")
