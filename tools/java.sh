# Sourced by ./dev and ./velesdb: finds a JDK 25, and builds the pieces that they start. Bash 3.2 is enough.

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Prints the feature release of the JDK in a folder (25 for 25.0.3), or nothing when it is no JDK. Reads the release
# file, because starting every java found would take longer than all the rest.
jdk_release() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_candidates() {
  local home=${HOME:-/nonexistent}
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  local java
  if java=$(command -v javac); then
    while [ -L "$java" ]; do
      local target
      target=$(readlink "$java")
      case $target in /*) java=$target ;; *) java=$(dirname "$java")/$target ;; esac
    done
    (cd "$(dirname "$java")/.." && pwd)
  fi
  local place
  for place in "${SDKMAN_DIR:-$home/.sdkman}"/candidates/java/* "$home"/.jdks/* "$home"/.local/share/mise/installs/java/* \
    "$home"/.asdf/installs/java/* /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/*jdk* /opt/*java* \
    /opt/java/* /opt/jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$home"/Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -d "$place" ] && printf '%s\n' "$place"
  done
}

# Sets and exports JAVA_HOME: the first JDK 25 found, else the first newer one.
find_jdk() {
  local place release newer=
  while IFS= read -r place; do
    release=$(jdk_release "$place")
    if [ "${release:-0}" -eq 25 ]; then
      export JAVA_HOME=$place
      return
    fi
    if [ "${release:-0}" -gt 25 ] && [ -z "$newer" ]; then newer=$place; fi
  done <<<"$(jdk_candidates)"
  [ -n "$newer" ] || fail "VelesDB needs a JDK 25, and none was found (looked at JAVA_HOME, PATH and the usual folders)." \
    "Install one, for example" \
    "  Debian, Ubuntu   apt-get install openjdk-25-jdk-headless   (or temurin-25-jdk)" \
    "  Fedora           dnf install java-25-openjdk-devel" \
    "  macOS            brew install openjdk@25" \
    "  SDKMAN           sdk install java 25-tem" \
    "and run this again, or point JAVA_HOME at the JDK's folder."
  export JAVA_HOME=$newer
}

# Runs Maven under the JDK found.
maven() {
  command -v mvn >/dev/null || fail "VelesDB is built with Maven 3.8 or newer, and there is no mvn on the PATH." \
    "Install it: apt-get install maven, dnf install maven, brew install maven or sdk install maven."
  (cd "$repo" && MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" mvn -B -ntp "$@")
}

# app MODULE: makes sure that MODULE/target/app holds the jars of a module and all that it needs at run time, built from
# the sources as they are now. Silent when there is nothing to do; what it prints goes to stderr.
app() {
  local module=$1 built=$repo/$1/target/app/.built changed
  if [ -f "$built" ]; then
    changed=$(cd "$repo" && find pom.xml core embedded embedder conformance/pom.xml conformance/src "$module" -name target -prune -o -path '*/src/test' -prune \
      -o -type f -newer "$built" -print -quit)
    [ -n "$changed" ] || return 0
  fi
  echo "Building VelesDB ($([ -f "$built" ] && echo "$changed is newer" || echo "the first time takes a minute or two"))..." >&2
  local log=$repo/$module/target/build.log stamp=$repo/$module/target/build.start
  mkdir -p "$(dirname "$log")"
  : >"$log"
  touch "$stamp"
  rm -rf "$repo/$module/target/app"
  if ! maven -q -pl "$module" -am package -Dmaven.test.skip=true -Denforcer.skip -Dmain.checks=-Xlint:none </dev/null >>"$log" 2>&1; then
    grep -E '^\[ERROR\]|^error' "$log" | head -n 30 >&2
    fail "The build failed; all of its output is in $log"
  fi
  # Dated at the start of the build: what was edited meanwhile is newer.
  touch -r "$stamp" "$built"
}
