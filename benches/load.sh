#!/usr/bin/env bash
# Puts load on the generated server of `benches/http/shop.yaml` and on its twin written by hand, in
# turn, and prints the medians of requests a second and of the ratios of each pair. Needs wrk.
#
#   benches/load.sh [CASE...]       the cases are list and create
#
# ROUNDS pairs (9 by default) of SECONDS_EACH seconds each (3), over CONNECTIONS connections (16).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cases=("$@")
[[ ${#cases[@]} -gt 0 ]] || cases=(list create)
rounds=${ROUNDS:-9} seconds=${SECONDS_EACH:-3} connections=${CONNECTIONS:-16}

cargo build --locked -q --release -p http-loop
target=$(cargo metadata --locked --no-deps --format-version 1 |
    sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')
binary=$target/release/http-loop
scripts=$(mktemp -d)

exec 3< <(exec "$binary" listen generated)
generated=$!
exec 4< <(exec "$binary" listen written)
written=$!
trap 'kill "$generated" "$written"; rm -rf "$scripts"' EXIT
read -r generated_port <&3
read -r written_port <&4

# The requests that `http-loop server` sends in memory, for wrk.
for case in "${cases[@]}"; do
    "$binary" lua "$case" >"$scripts/$case.lua"
done

# load PORT CASE: requests a second; nothing where one failed.
load() {
    wrk -t1 "-c$connections" "-d${seconds}s" -s "$scripts/$2.lua" "http://127.0.0.1:$1" |
        awk '/Non-2xx|Socket errors/ { bad = 1 } /Requests\/sec/ { rate = $2 }
             END { if (!bad) print rate }'
}

median() { sort -g | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

printf '%-8s %12s %12s %7s\n' case generated/s written/s ratio
for case in "${cases[@]}"; do
    load "$generated_port" "$case" >/dev/null
    load "$written_port" "$case" >/dev/null
    pairs=()
    for ((round = 0; round < rounds; round++)); do
        a=$(load "$generated_port" "$case")
        b=$(load "$written_port" "$case")
        [[ -n $a && -n $b ]] || { echo "a request of \`$case\` failed" >&2; exit 1; }
        pairs+=("$a $b")
    done
    column() { printf '%s\n' "${pairs[@]}" | awk "{ print $1 }" | median; }
    printf '%-8s %12.0f %12.0f %7.3f\n' "$case" "$(column '$1')" "$(column '$2')" \
        "$(column '$1 / $2')"
done
