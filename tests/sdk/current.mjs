// The operations of the current SDK.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const { Novu } = require("@novu/api");
const errors = require("@novu/api/models/errors");

const { BARE, DATA, LIMITED } = process.env;
const sdk = (serverURL, secretKey = "sk_test_123") =>
  new Novu({ secretKey, serverURL, retryConfig: { strategy: "none" } });
const link = { subscriberId: "subscriber-123", integrationIdentifier: "slack-main", context: { tenant: "acme", app: { id: "jira", data: { a: 1 } } } };
const connect = { subscriberId: "subscriber-123", integrationIdentifier: "slack-main", autoLinkUser: true, connectionMode: "subscriber" };
const fails = async (call, status, type) => {
  const error = await call.then(() => assert.fail("a success"), (error) => error);
  assert.ok(error instanceof errors[type], `${error?.constructor?.name}: ${error}`);
  assert.equal(error.statusCode, status);
  return error;
};

let calls = 0;
for (const url of [BARE, DATA]) {
  const { integrations } = sdk(url);
  for (const reply of [
    await integrations.generateLinkUserOAuthUrl(link),
    await integrations.generateConnectOAuthUrl(connect),
    await integrations.generateChatOAuthUrl(connect),
  ]) {
    assert.match(reply.result.url, /^https:\/\/slack\.com\/oauth\/v2\/authorize\?state=/);
    assert.equal(reply.headers["ratelimit-limit"][0], "100");
    calls += 1;
  }
  const key = `key-${url}`;
  const first = await integrations.generateLinkUserOAuthUrl(link, key);
  const again = await integrations.generateLinkUserOAuthUrl(link, key);
  assert.equal(again.result.url, first.result.url);
  assert.equal(again.headers["idempotency-replay"][0], "true");
  const other = { ...link, subscriberId: "other" };
  await fails(integrations.generateLinkUserOAuthUrl(other, key), 422, "ValidationErrorDto");

  await fails(sdk(url, "wrong").integrations.generateLinkUserOAuthUrl(link), 401, "ErrorDto");
  await fails(integrations.generateLinkUserOAuthUrl({ ...link, integrationIdentifier: "none" }), 404, "ErrorDto");
  await fails(integrations.generateConnectOAuthUrl({ integrationIdentifier: "slack-main" }), 400, "ErrorDto");
  const invalid = await fails(integrations.generateLinkUserOAuthUrl({ ...link, context: { tenant: "a b" } }), 422, "ValidationErrorDto");
  assert.deepEqual(Object.keys(invalid.errors), ["context.tenant"]);
  calls += 7;
}
const { integrations } = sdk(LIMITED);
let limited;
for (let at = 0; at < 5 && !limited; at += 1) {
  await integrations.generateLinkUserOAuthUrl(link).catch((error) => { limited = error; });
}
assert.equal(limited.statusCode, 429);
assert.equal(limited.body, '"API rate limit exceeded"');
console.log(`${calls + 1} calls, each as it should be`);
