# What is backed up in comparisons. Sourced, with $place set; adds to the array folders.

kernel_sources() {
  local into=$place/corpus/kernel package
  if [ ! -d "$into" ]; then
    package=$(apt-cache depends linux-source 2>/dev/null | awk '/Depends:/ { print $2; exit }')
    install_debian "The kernel corpus is missing" "${package:-linux-source-6.1}"
    mkdir -p "$into.part"
    tar -C "$into.part" -xf "/usr/src/${package:-linux-source-6.1}.tar.xz"
    mv "$into.part" "$into"
  fi
  folders+=("$into")
}

# made NAME KIND NUMBER : a corpus that Corpus.java makes, once.
made() {
  local into=$place/corpus/$1
  if [ ! -d "$into" ]; then
    rm -rf "$into.part"
    mkdir -p "$into.part"
    java "$CRANNY_ROOT/bench/Corpus.java" "$2" "$into.part" "$3"
    mv "$into.part" "$into"
  fi
}

releases_of_a_library() {
  local into=$place/corpus/versions release
  if [ ! -d "$into" ]; then
    mkdir -p "$into.part"
    for release in 3.0 3.1 3.2 3.2.1 3.3 3.3.1 3.3.2 3.4 3.5 3.6 3.7 3.8 3.8.1 3.9 3.10 3.11 3.12.0 3.13.0 3.14.0 3.15.0; do
      mvn -q -B -ntp dependency:copy -Dartifact=org.apache.commons:commons-lang3:$release:jar:sources \
        -DoutputDirectory="$into.part"
      mkdir "$into.part/$release"
      (cd "$into.part/$release" && jar -xf "../commons-lang3-$release-sources.jar")
      rm "$into.part/commons-lang3-$release-sources.jar"
    done
    mv "$into.part" "$into"
  fi
  folders+=("$into")
}

# chosen NAME : adds the folders of a corpus, or none for no name.
chosen() {
  case $1 in
    kernel) kernel_sources ;;
    usr) folders+=(/usr/share /usr/lib/x86_64-linux-gnu) ;;
    many) made many many 1000000 && folders+=("$place/corpus/many") ;;
    big) made big big 1 && folders+=("$place/corpus/big") ;;
    versions) releases_of_a_library ;;
    media) made media media 512 && folders+=("$place/corpus/media") ;;
    '') ;;
    *) usage >&2; exit 2 ;;
  esac
}

# Kernels give memory back that was not asked for lately: what was read once is not warm for ever.
warm() { find "${folders[@]}" -type f -exec cat {} + >/dev/null 2>&1 || true; }
