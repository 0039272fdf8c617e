#!/usr/bin/env bash
# Counts the instructions of a request at both ends: the generated server and client of
# `benches/http/shop.yaml` against the same written by hand on axum and reqwest. Needs valgrind.
# Servers are called over a connection in memory, clients call a server in another process; HTTP is
# counted on both sides. Exits with 1 where one takes more than LIMIT times (1.05 by default) the
# instructions of its twin.
#
#   benches/http.sh [server|client CASE]...
#
# The case `refuse`, an order that breaks three rules, is counted without a limit.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

limit=${LIMIT:-1.05}
cases=("$@")
[[ ${#cases[@]} -gt 0 ]] ||
    cases=("server list" "server create" "server refuse" "client list" "client create")

cargo build --locked -q --release -p http-loop
target=$(cargo metadata --locked --no-deps --format-version 1 |
    sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')
binary=$target/release/http-loop

exec 3< <(exec "$binary" canned)
canned=$!
trap 'kill "$canned"' EXIT
read -r port <&3

# total END SIDE CASE ROUNDS: the instructions of a whole process.
total() {
    local more=()
    [[ $1 == server ]] || more=("$port")
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$@" "${more[@]}" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

# once END SIDE CASE: those of one request; a difference, so that starting up does not count.
once() {
    local few many
    few=$(total "$@" 100)
    many=$(total "$@" 1100)
    echo $(((many - few) / 1000))
}

failed=0
printf '%-16s %10s %10s %7s\n' case generated written ratio
for case in "${cases[@]}"; do
    read -r end what <<<"$case"
    generated=$(once "$end" generated "$what")
    written=$(once "$end" written "$what")
    ratio=$(awk -v a="$generated" -v b="$written" 'BEGIN { printf "%.3f", a / b }')
    printf '%-16s %10d %10d %7s\n' "$case" "$generated" "$written" "$ratio"
    if [[ $what != refuse ]] && awk -v r="$ratio" -v l="$limit" 'BEGIN { exit !(r > l) }'; then
        failed=1
    fi
done
exit "$failed"
