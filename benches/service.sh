#!/usr/bin/env bash
# Puts load on the Novu service: URLs that link a user, SQLite in a file, keep-alive. Prints requests a second, the median
# and the 99th percentile, and the memory after 20,000 requests and after 200,000. Needs wrk.
#
# CONNECTIONS connections (64 by default); KEYED=1 sends an idempotency key of its own with each request.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

connections=${CONNECTIONS:-64}
cargo build --locked -q --release -p novu-oauth
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
folder=$(mktemp -d)
sed -e "s#^database.*#database = \"sqlite:$folder/novu.db\"\nrate_limit = { enabled = false }#" tests/sdk/bare.toml >"$folder/novu.toml"
cat >"$folder/link.lua" <<'LUA'
local body = '{"subscriberId":"subscriber-123","integrationIdentifier":"slack-main","context":{"tenant":"acme"}}'
local headers = { ["Authorization"] = "ApiKey sk_test_123", ["Content-Type"] = "application/json" }
local thread = 0
function setup(t) t:set("id", thread); thread = thread + 1 end
local at = 0
function request()
  if os.getenv("KEYED") then
    at = at + 1
    headers["Idempotency-Key"] = id .. "-" .. os.time() .. "-" .. at
  end
  return wrk.format("POST", "/v1/integrations/channel-endpoints/oauth", headers, body)
end
LUA

NOVU_OAUTH_LOG=warn "$target/release/novu-oauth" serve --config "$folder/novu.toml" 2>"$folder/log" &
service=$!
trap 'kill "$service"; rm -rf "$folder"' EXIT
until url=$(sed -n 's/^listening on //p' "$folder/log") && [[ -n $url ]]; do sleep 0.1; done

memory() {
    awk '/VmRSS/ { printf "%.1f MiB", $2 / 1024 }' "/proc/$service/status"
}

# load SECONDS
load() {
    wrk -t2 "-c$connections" "-d${1}s" --latency -s "$folder/link.lua" "$url"
}

sent=0 early=''
while ((sent < 200000)); do
    report=$(load 5)
    ! grep -q 'Non-2xx\|Socket errors' <<<"$report" || { printf '%s\n' "$report"; exit 1; }
    sent=$((sent + $(awk '/requests in/ { print $1 }' <<<"$report")))
    [[ -n $early ]] || ((sent < 20000)) || early="$(memory) after $sent requests"
done
awk '/Requests\/sec/ { print $2 " requests a second" } $1 == "50%" || $1 == "99%" { print $1, $2 }' <<<"$report"
printf '%s, %s after %s\n' "$early" "$(memory)" "$sent"
