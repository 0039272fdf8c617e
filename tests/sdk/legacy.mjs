// The older redirect, which only older SDKs have. They follow it, so what it leads to is made to be here.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const { Novu, HTTPClient } = { ...require("@novu/api"), ...require("@novu/api/lib/http") };

let seen = [];
const fetcher = async (request) => {
  const response = await fetch(request, { redirect: "manual" });
  seen.push(response);
  return response;
};
const sdk = new Novu({
  security: { secretKey: "sk_test_123" }, apiKey: "sk_test_123", secretKey: "sk_test_123",
  serverURL: process.env.BARE, retryConfig: { strategy: "none" },
  httpClient: new HTTPClient({ fetcher }),
});
const hmacHash = createHmac("sha256", "sk_test_123").update("sub/1 é").digest("hex");
const ask = (hash) => sdk.subscribers.authentication.chatAccessOauth({
  subscriberId: "sub/1 é", providerId: "slack", hmacHash: hash,
  environmentId: "66a1b2c3d4e5f60718293a4b", integrationIdentifier: "slack-main",
}).then(() => undefined, (error) => error);
await ask(hmacHash);
assert.equal(seen[0].status, 302);
assert.match(seen[0].headers.get("location"), /^https:\/\/slack\.com\/oauth\/v2\/authorize\?client_id=client-1/);
const refused = await ask("0");
assert.equal(seen[1].status, 400);
assert.equal(refused.statusCode ?? refused.httpMeta?.response?.status, 400);
console.log("2 calls, each as it should be");
