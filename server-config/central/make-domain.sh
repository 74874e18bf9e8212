#!/usr/bin/env bash
# Makes a domain of Payara Server that runs central, and central's home when there is none yet.
#
# A domain holds no state: database, keys and settings lie in central's home. So a domain is a copy of one template,
# made again whenever the template or the application changed. The template is made once (a minute), a copy in seconds.
#
# Exit codes: 0 done, 1 failed, 2 wrong use. Prints what Setup says about the realm as its last line.
set -euo pipefail
shopt -s extglob
umask 077

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
usage="use: make-domain.sh --payara DIR --ear FILE --template DIR --home DIR --domain DIR --port-base N
       [--machines-url URL] [--address IP] [--name HOST]... [--escrow-passphrase-file FILE] [--set NAME=VALUE]...
       [--driver FILE]
  --payara    the unpacked server, which stays as it is
  --template  folder for the template domain, shared by all that use the same server
  --port-base people at N+81, machines at N+82, the embedded directory at N+89; administration at N+48, on loopback, where
              only asadmin of the user who owns the domain gets in: no password is known
  --driver    PostgreSQL's JDBC driver, for a central whose settings have cranny.database.url; others get H2"

fail() { echo "make-domain: $1" >&2; exit "${2:-1}"; }

payara= ear= template= home= domain= base= address=127.0.0.1 machines_url= driver= setup=()
while (($#)); do
  (($# > 1)) || fail "$1 needs a value
$usage" 2
  case $1 in
    --payara) payara=$2 ;;
    --ear) ear=$2 ;;
    --template) template=$2 ;;
    --home) home=$2 ;;
    --domain) domain=$2 ;;
    --port-base) base=$2 ;;
    --address) address=$2 ;;
    --machines-url) machines_url=$2 ;;
    --driver) driver=$2 ;;
    --name | --escrow-passphrase-file | --set) setup+=("$1" "$2") ;;
    *) fail "unknown option $1
$usage" 2 ;;
  esac
  shift 2
done
for needed in payara ear template home domain base; do
  [[ -n ${!needed} ]] || fail "--${needed/base/port-base} is needed
$usage" 2
done
[[ $base =~ ^[0-9]+$ ]] && ((base >= 1024 && base <= 65000)) || fail "--port-base is a number from 1024 to 65000" 2
[[ -x $payara/bin/asadmin ]] || fail "there is no server in $payara" 2
[[ -f $ear ]] || fail "there is no application at $ear" 2
home=$(realpath -m "$home") domain=$(realpath -m "$domain") template=$(realpath -m "$template") payara=$(realpath "$payara")
[[ "$home$domain$template$payara$driver" != *[[:space:]\<\>\&\"\$\;:\\]* ]] || fail "paths must have no blanks and none of < > & \" \$ ; : \\" 2

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
asadmin() { AS_JAVA=${JAVA_HOME:-} "$payara/bin/asadmin" --terse --interactive=false "$@"; }
: "${machines_url:=https://127.0.0.1:$((base + 82))/cranny}"

# setting NAME : what central's settings have, or will have when they are made; nothing when they do not say.
setting() {
  local i
  if [[ -f $home/central.properties ]]; then
    sed -n "s/^${1//./\\.} *[=:] *//p" "$home/central.properties" | tail -n 1 | sed 's/\\\(.\)/\1/g'
    return
  fi
  for ((i = 1; i < ${#setup[@]}; i += 2)); do
    [[ ${setup[i]} != "$1="* ]] || echo "${setup[i]#*=}"
  done
}
database=$(setting "cranny.database.url") database_user=$(setting "cranny.database.user")
database_password=$(setting "cranny.database.password-file") kind=h2
if [[ -n $database ]]; then
  [[ $database == jdbc:postgresql:* ]] || fail "cranny.database.url is jdbc:postgresql://HOST/DATABASE, not $database"
  [[ -f $driver ]] || fail "cranny.database.url is set, so --driver must name PostgreSQL's JDBC driver" 2
  [[ -r $database_password ]] || fail "cranny.database.password-file must name a file with the database's password"
  : "${database_user:=cranny}"
  [[ $database != *[[:space:]\<\>\"\$]* && $database_user =~ ^[A-Za-z0-9_.-]+$ ]] \
    || fail "cranny.database.url has no blanks and none of < > \" \$; cranny.database.user is letters, digits and _ . -"
  kind=postgresql
fi

# The template: a domain with everything set and the application deployed but not enabled, so that it never runs there.
make_template() {
  # None of these processes lives long enough for the better compiler to pay.
  local -x JDK_JAVA_OPTIONS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
  local scratch=$template/scratch commands=$template/commands out=$template/commands.out
  local admin=$((base + 48))
  rm -rf "$template/domain" "$template/launch.args" "$template/made-of"
  mkdir -p "$scratch"
  # The password of PostgreSQL is known to the process that run-domain.sh starts, and stands in no file of the domain.
  grep -hv '^#' "$here"/[1-4]*.asadmin "$here/50-database-$kind.asadmin" "$here"/6*.asadmin \
    | sed 's/ALIAS\\=cranny-database/ENV\\=CRANNY_DATABASE_PASSWORD/' >"$commands"
  echo "create-system-properties cranny.home=$scratch" >>"$commands"
  echo "deploy --enabled=false --property implicitCdiEnabled=false --name cranny $(realpath "$ear")" >>"$commands"
  asadmin create-domain --domaindir "$template" --portbase "$base" --nopassword --checkports=true domain >"$out" 2>&1 \
    || fail "the server could not make a domain, see $out"
  asadmin start-domain --domaindir "$template" domain >>"$out" 2>&1 || fail "the template did not start, see $out"
  asadmin --port "$admin" multimode --file "$commands" >>"$out" 2>&1 || true
  asadmin start-domain --domaindir "$template" --dry-run domain >"$template/launch.txt" 2>>"$out" || true
  asadmin stop-domain --domaindir "$template" domain >>"$out" 2>&1 || fail "the template did not stop, see $out"
  ! grep -E 'failed\.|remote failure' "$out" >&2 || fail "a command failed, see $out"
  grep -q 'Application deployed with name cranny' "$out" || fail "the application was not deployed, see $out"
  sed -n '/bin\/java$/,/^$/p' "$template/launch.txt" | sed '1d;/^$/d' >"$template/launch.args"
  rm -rf "$template/domain/logs"/* "$scratch" "$template/domain/lib/databases"
}

key=$( { cat "$here"/*.asadmin "$ear"; echo "$payara $kind"; "$java" -version 2>&1; } | sha256sum | cut -d' ' -f1)
mkdir -p "$template" "$home"
exec 9>"$template/lock"
flock 9
if [[ ! -f $template/made-of || $(<"$template/made-of") != "$key" ]]; then
  echo "Making the server ready; this takes a minute, on a busy machine three, and happens once." >&2
  make_template
  echo "$key" >"$template/made-of"
fi

# Central's home: keys, passwords, settings. Made once; run again it changes nothing.
application=$template/domain/applications/cranny
about=$("$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$application/central-ejb_jar:$application/lib/*" \
  org.cranny.central.authority.Setup --home "$home" --machines-url "$machines_url" \
  --set cranny.ldap.embedded=true --set "cranny.ldap.port=$((base + 89))" "${setup[@]}") \
  || fail "central's home could not be made"
[[ $kind != h2 ]] || mkdir -p "$home/database"

# The copy: ports, addresses, home; the doors open; nobody knows a password for administration.
wanted="$key $home $base $address $driver $database $database_user $database_password"
if [[ ! -f $domain/made-of || $(<"$domain/made-of") != "$wanted" ]]; then
  rm -rf "$domain"
  mkdir -p "$(dirname "$domain")"
  cp -a "$template/domain" "$domain"
  rm -rf "$domain/docroot"/*
  echo '<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/cranny/"><title>Cranny</title><a href="/cranny/">Cranny</a>' >"$domain/docroot/index.html"
  rm -f "$domain"/config/{keystore.p12,cacerts.p12,domain-passwords,pid*}
  while IFS= read -r line || [[ -n $line ]]; do
    case $line in
      *'<system-property name="cranny.home"'*) line='<system-property name="cranny.home" value="'$home'"/>' ;;
      *'<system-property name="cranny.address"'*) line='<system-property name="cranny.address" value="'$address'"/>' ;;
      *'<system-property name="cranny.people.port"'*) line='<system-property name="cranny.people.port" value="'$((base + 81))'"/>' ;;
      *'<system-property name="cranny.machines.port"'*) line='<system-property name="cranny.machines.port" value="'$((base + 82))'"/>' ;;
      *'<system-property name="cranny.database"'*) line='<system-property name="cranny.database" value="'${database//&/&amp;}'"/>' ;;
      *'<system-property name="cranny.database.user"'*) line='<system-property name="cranny.database.user" value="'$database_user'"/>' ;;
      *'<application-ref ref="cranny"'*) line=${line/enabled=\"false\"/enabled=\"true\"} ;;
      *'<network-listener '*'name="people"'* | *'<network-listener '*'name="machines"'*) line=${line/enabled=\"false\"/enabled=\"true\"} ;;
      *'<network-listener '*'name="admin-listener"'*) line=${line/port=\"+([0-9])\"/port=\"$((base + 48))\"} ;;
    esac
    printf '%s\n' "$line"
  done <"$template/domain/config/domain.xml" >"$domain/config/domain.xml"
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line//"$template/domain"/"$domain"}
    line=${line//"$template/scratch"/"$home"}
    [[ $line != domain ]] || line=${domain##*/}
    printf '"%s"\n' "${line//\\/\\\\}"
  done <"$template/launch.args" >"$domain/config/launch.args"
  "${java%java}keytool" -importcert -noprompt -alias authority -file "$home/authority.pem" -storetype PKCS12 \
    -keystore "$domain/config/cacerts.p12" -storepass:file "$home/secrets/server-password" >/dev/null 2>&1 \
    || fail "the trust store could not be made"
  echo "admin;{SSHA256}$(head -c 40 /dev/urandom | base64 -w0);asadmin" >"$domain/config/admin-keyfile"
  echo "$home" >"$domain/config/home"
  if [[ $kind == postgresql ]]; then
    cp "$driver" "$domain/lib/"
    echo "$database_password" >"$domain/config/database-password-file"
  fi
  echo "$wanted" >"$domain/made-of"
fi
echo "$about"
