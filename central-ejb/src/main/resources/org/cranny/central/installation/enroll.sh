# ROLE VERSION URL FINGERPRINT NAME [OPTION…] : joins the realm with the token that comes on standard input.
role=$1 version=$2 url=$3 fingerprint=$4 name=$5
shift 5
program=$R/opt/cranny/$version/$role/bin/$(program_of "$role")
home=$R$(home_of "$role")
case $role in
  daemon) set -- --home "$home" "$@" ;;
  source) export CRANNY_HOME="$home" ;;
esac
exec "$program" enroll "$url" --token-file - --ca-fingerprint "$fingerprint" --name "$name" "$@"
