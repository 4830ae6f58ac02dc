#!/usr/bin/env bash
# Builds and tests everything. Installs the few system programs the tests need when they are missing (apt, as root), else
# says what to install. The last line is `N passed, N failed, N skipped`; the exit code is not 0 when anything failed.
# Arguments go to `dotnet test`, for example: ./test.sh --filter FullyQualifiedName~Shard
# The cluster (solution configuration Cluster) needs packages and a program that not every machine can get: where they
# are missing, one line says so, and everything else is built and tested all the same.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

summarize() { # passed, failed, skipped, summed over the result files in $1
  { find "$1" -name '*.trx' -exec grep -ho '<Counters [^>]*>' {} + 2>/dev/null || true; } | awk '
    function field(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
    { total += field("total"); passed += field("passed"); failed += field("failed") + field("error") + field("timeout") + field("aborted") }
    END { printf "%d passed, %d failed, %d skipped\n", passed, failed, total - passed - failed }'
}

require_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1; then
    echo "The .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download and run this again." >&2
    exit 1
  fi
}

install_missing() { # $@: programs; each is also the name of its package
  local missing=() program
  for program in "$@"; do
    command -v "$program" >/dev/null 2>&1 || missing+=("$program")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    return
  fi
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ]; then
    echo "Installing what tests need: ${missing[*]}"
    apt-get update -qq || true
    for program in "${missing[@]}"; do # One by one, so that one that cannot be had keeps no other away.
      # Programs only: what would be started as a service is not (RUNLEVEL).
      RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$program" >/dev/null \
        || echo "Could not install $program; the tests that need it will say so." >&2
    done
  else
    echo "Please install ${missing[*]} (for example: sudo apt-get install ${missing[*]}); the tests that need them will say so." >&2
  fi
}

restore_cluster() { # sets obstacle to why the cluster cannot be built or tested here; fails when that is our own fault
  obstacle=""
  if [ "$(uname -s)" != Linux ]; then
    obstacle="its tests need Linux"
  elif ! command -v redis-server >/dev/null 2>&1; then
    obstacle="redis-server is not installed"
  elif ! timeout 180 dotnet restore GridVolunteer.sln -p:Configuration=Cluster >"$results/restore.log" 2>&1; then
    # NU1101 and NU1102: no such package or version; NU1301: no registry. Anything else is an error like any other.
    obstacle=$(grep -m 1 -oE 'NU(1101|1102|1301): [^[]*' "$results/restore.log") || { cat "$results/restore.log"; return 1; }
  fi
}

require_dotnet
if [ "$(uname -s)" = Linux ]; then
  install_missing python3 strace redis-server chromium haproxy
else
  install_missing python3
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

code=0
# Everything is built first, and one project is tested at a time: tests with heartbeats and processes want the machine.
dotnet build GridVolunteer.sln -c Release \
  && dotnet test GridVolunteer.sln -c Release --no-build -maxcpucount:1 --logger trx --results-directory "$results" "$@" \
  || code=$?

if ! restore_cluster; then
  code=1
elif [ -n "$obstacle" ]; then
  echo "Cluster: not built and not tested here: $obstacle."
else
  dotnet build GridVolunteer.sln -c Cluster --no-restore \
    && dotnet test GridVolunteer.sln -c Cluster --no-build -maxcpucount:1 --logger trx --results-directory "$results" "$@" \
    || code=$?
fi

summarize "$results"
exit "$code"
