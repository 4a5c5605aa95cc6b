# What deploy/run, deploy/test and deploy/lofte share: sourced by them, nothing to run by itself.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
postgres_oldest=15
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "${0##*/}: $*"
  exit 1
}

need_dotnet() {
  if ! command -v dotnet >/dev/null; then
    fail "the .NET SDK 10 is missing. Install it: 'apt-get install dotnet-sdk-10.0' where your system has the package," \
      "else as https://learn.microsoft.com/dotnet/core/install/linux says; then start again."
  fi
  local told
  if ! told=$(cd "$root" && dotnet --version 2>&1); then
    fail "this .NET SDK is not the one that global.json asks for. Install the .NET SDK 10. It said: $told"
  fi
}

# As EmbeddedPostgres looks for it: on PATH, in Debian's folders, where pg_config points.
has_postgres() {
  local folder version
  for folder in ${PATH//:/ } /usr/lib/postgresql/*/bin "$(pg_config --bindir 2>/dev/null || true)"; do
    [[ -x $folder/initdb && -x $folder/pg_ctl && -x $folder/postgres ]] || continue
    version=$("$folder/postgres" --version 2>/dev/null | sed -n 's/.*(PostgreSQL) \([0-9]*\).*/\1/p')
    if [[ ${version:-0} -ge $postgres_oldest ]]; then
      return 0
    fi
  done
  return 1
}

has_time_zones() { [[ -e /usr/share/zoneinfo/Europe/Stockholm ]]; }

# With the system's package manager as root or through sudo; where that cannot be, says what to do: install_packages PACKAGE...
install_packages() {
  local -a as_root=()
  if ! command -v apt-get >/dev/null; then
    fail "missing: $*. This system has no apt-get: install them with its own package manager" \
      "(a PostgreSQL server of version $postgres_oldest or newer; on Fedora 'dnf install postgresql-server'), then start again."
  fi
  if [[ $EUID -ne 0 ]]; then
    if ! command -v sudo >/dev/null || ! { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
      fail "missing: $*. Ask root to run 'apt-get install $*', then start again."
    fi
    as_root=(sudo)
  fi
  say "Installing $* with apt-get …"
  if ! "${as_root[@]}" bash -c "$apt_install" install "$@" >&2; then
    fail "apt-get could not install $*; what it said is above. Install them, then start again."
  fi
}

# The server package would make and start a cluster of its own. Its settings have a folder for additions: ours says no for as
# long as the installation takes.
# shellcheck disable=SC2016
apt_install='
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
no_cluster=/etc/postgresql-common/createcluster.d/lofteevents.conf
mkdir -p "${no_cluster%/*}"
trap "rm -f $no_cluster" EXIT
echo "create_main_cluster = false" >"$no_cluster"
apt-get -qq update
apt-get -qq install -y --no-install-recommends "$@" >/dev/null
'

need_postgres() {
  local -a missing=()
  has_postgres || missing+=(postgresql)
  has_time_zones || missing+=(tzdata)
  [[ ${#missing[@]} -eq 0 ]] || install_packages "${missing[@]}"
  if ! has_postgres; then
    fail "PostgreSQL was installed, but no server of version $postgres_oldest or newer was found." \
      "Install the package 'postgresql-$postgres_oldest' or newer from https://apt.postgresql.org, then start again."
  fi
}

# Builds a project for Release when a source is newer than its last build: build_if_newer PROJECT. Quiet unless it fails.
build_if_newer() {
  local project=$1 stamp=$root/src/$1/obj/.built-for-deploy lock log newer=everything each
  # Made before the stamp, so that a folder's own time tells only of sources that came or went.
  for each in "$root"/src/*/; do
    mkdir -p "${each}obj" "${each}bin"
  done
  exec {lock}>"$stamp.lock"
  flock "$lock"
  if [[ -e $stamp && -e $root/src/$project/bin/Release/net10.0 ]]; then
    newer=$(find "$root"/src "$root"/deploy "$root"/Directory.*.props "$root"/global.json \
      -name obj -prune -o -name bin -prune -o -newer "$stamp" -print -quit)
  fi
  if [[ -n $newer ]]; then
    say "Building $project …"
    touch "$stamp.now"
    log=$(mktemp)
    # The compiler's servers outlive the build and would keep the lock.
    if ! (cd "$root" && dotnet build "src/$project" -c Release -p:RestoreLockedMode=true) >"$log" 2>&1 </dev/null {lock}>&-; then
      cat "$log" >&2
      rm -f "$log"
      fail "$project could not be built; what the compiler said is above."
    fi
    rm -f "$log"
    mv -f "$stamp.now" "$stamp"
  fi
  exec {lock}>&-
}

# Lofte__Data as an absolute path, .lofte in the checkout by default.
export_data_folder() {
  local data=${Lofte__Data:-$root/.lofte}
  [[ $data = /* ]] || data=$PWD/$data
  export Lofte__Data=$data
}
