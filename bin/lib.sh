# Sourced by the other commands of this folder: finds Java and Maven, builds what is missing.
# Inputs newer than the last build are built again; otherwise nothing runs.

CRANNY_ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
BUILD_STAMP=$CRANNY_ROOT/target/.built
BUILD_LOG=$CRANNY_ROOT/target/build.log

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$(basename -- "$0"): $1"
  exit "${2:-1}"
}

# install_debian WHY PACKAGE… : as root installs them, otherwise says what to install.
install_debian() {
  local why=$1
  shift
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    die "$why. Install it, for example with: sudo apt-get install $*"
  fi
  say "$why: installing $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1 ||
    { apt-get update -q >/dev/null && apt-get install -y -q --no-install-recommends "$@" >/dev/null; } ||
    die "$why, and apt-get could not install $*"
}

java_major() {
  "$1" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1
}

# Sets JAVA to a Java of at least 17; with the argument jdk it must have a compiler too.
find_java() {
  local home
  for home in ${JAVA_HOME:+"$JAVA_HOME"} "$(dirname -- "$(dirname -- "$(readlink -f -- "$(command -v java || true)")")")" /usr/lib/jvm/*; do
    [ -x "$home/bin/java" ] || continue
    [ "${1:-}" != jdk ] || [ -x "$home/bin/javac" ] || continue
    [ "$(java_major "$home/bin/java")" -ge 17 ] 2>/dev/null || continue
    JAVA=$home/bin/java
    export JAVA_HOME=$home
    return
  done
  install_debian "No JDK 17 or newer was found" openjdk-17-jdk-headless
  find_java "$@"
}

find_maven() {
  command -v mvn >/dev/null || install_debian "Maven is missing" maven
}

is_built() {
  [ -f "$BUILD_STAMP" ] || return 1
  [ -z "$(cd "$CRANNY_ROOT" && find pom.xml ./*/pom.xml ./*/src/main sql server-config \
    -newer "$BUILD_STAMP" -print -quit 2>/dev/null)" ]
}

# Builds everything that is needed to run; does nothing, and that at once, when it is there.
build() {
  is_built && return
  mkdir -p "$CRANNY_ROOT/target"
  exec 9>"$CRANNY_ROOT/target/.build.lock"
  flock 9
  if ! is_built; then
    find_java jdk
    find_maven
    say "building Cranny (the first time fetches its libraries and Payara; the log is $BUILD_LOG)"
    touch "$BUILD_STAMP.begun"
    (cd "$CRANNY_ROOT" && mvn -B -ntp package -Dmaven.test.skip=true) >"$BUILD_LOG" 2>&1 9>&- ||
      { grep -m 20 'ERROR' "$BUILD_LOG" >&2; die "the build failed; see $BUILD_LOG"; }
    mv "$BUILD_STAMP.begun" "$BUILD_STAMP"
    # What each program would otherwise do at its first start.
    "$CRANNY_ROOT/bin/cranny-daemon" prepare >>"$BUILD_LOG" 2>&1 9>&- || die "the daemon cannot be prepared; see $BUILD_LOG"
    "$CRANNY_ROOT/bin/cranny" version >>"$BUILD_LOG" 2>&1 9>&- || die "the command line does not start; see $BUILD_LOG"
  fi
  exec 9>&-
}

# run_system_main CLASS ARGUMENT… : becomes a main class of system-tests.
run_system_main() {
  find_java
  exec "$JAVA" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx256m \
    -Dcranny.root="$CRANNY_ROOT" \
    -cp "$CRANNY_ROOT/system-tests/target/system-tests.jar:$CRANNY_ROOT/system-tests/target/lib/*" "$@"
}
