#!/usr/bin/env bash
# Counts the instructions of decoding and encoding a value once: generated types against their twins
# with serde's derives. Needs valgrind. Exits with 1 where the plain struct takes more than LIMIT
# times (1.05 by default) the instructions of its twin.
#
#   benches/instructions.sh [CASE...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

limit=${LIMIT:-1.05}
cases=("$@")
[[ ${#cases[@]} -gt 0 ]] || cases=(subscriber link-request context error-mixed error-sentences)

cargo build --locked -q --release -p specwright-benches --bin codec-loop
target=$(cargo metadata --locked --no-deps --format-version 1 |
    sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')
binary=$target/release/codec-loop

# total CASE SIDE DIRECTION ROUNDS: the instructions of a whole process.
total() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$@" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

# once CASE SIDE DIRECTION: those of one round; a difference, so that starting up does not count.
once() {
    local few many
    few=$(total "$@" 100)
    many=$(total "$@" 1100)
    echo $(((many - few) / 1000))
}

failed=0
printf '%-16s %-7s %10s %10s %7s\n' case '' generated derived ratio
for case in "${cases[@]}"; do
    for direction in decode encode; do
        generated=$(once "$case" generated "$direction")
        derived=$(once "$case" derived "$direction")
        ratio=$(awk -v a="$generated" -v b="$derived" 'BEGIN { printf "%.3f", a / b }')
        printf '%-16s %-7s %10d %10d %7s\n' "$case" "$direction" "$generated" "$derived" "$ratio"
        if [[ $case == subscriber ]] && awk -v r="$ratio" -v l="$limit" 'BEGIN { exit !(r > l) }'; then
            failed=1
        fi
    done
done
exit "$failed"
