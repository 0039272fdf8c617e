-- Texts whose name begins with `sealed_` are encrypted. Times are milliseconds since 1970.
CREATE TABLE environments (
    id TEXT PRIMARY KEY NOT NULL,
    organization_id TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE api_keys (
    hash TEXT PRIMARY KEY NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environments (id),
    sealed_key TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX api_keys_of ON api_keys (environment_id);

CREATE TABLE signing_keys (
    id TEXT PRIMARY KEY NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environments (id),
    sealed_key TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX signing_keys_of ON signing_keys (environment_id, created_at);

CREATE TABLE integrations (
    environment_id TEXT NOT NULL REFERENCES environments (id),
    identifier TEXT NOT NULL,
    position BIGINT NOT NULL,
    provider TEXT NOT NULL,
    channel TEXT NOT NULL,
    client_id TEXT,
    sealed_secret TEXT,
    tenant_id TEXT,
    redirect_url TEXT,
    hmac BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (environment_id, identifier)
);

CREATE TABLE subscribers (
    environment_id TEXT NOT NULL REFERENCES environments (id),
    id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (environment_id, id)
);

CREATE TABLE contexts (
    environment_id TEXT NOT NULL REFERENCES environments (id),
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    data TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (environment_id, kind, id)
);

CREATE TABLE connections (
    environment_id TEXT NOT NULL REFERENCES environments (id),
    identifier TEXT NOT NULL,
    integration TEXT NOT NULL,
    provider TEXT NOT NULL,
    -- Empty if it belongs to nobody.
    subscriber_id TEXT NOT NULL,
    -- A JSON array.
    context_keys TEXT NOT NULL,
    sealed_access TEXT NOT NULL,
    sealed_refresh TEXT,
    expires_at BIGINT,
    workspace_id TEXT,
    workspace_name TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (environment_id, identifier),
    UNIQUE (environment_id, integration, subscriber_id, context_keys)
);

CREATE TABLE endpoints (
    environment_id TEXT NOT NULL REFERENCES environments (id),
    identifier TEXT NOT NULL,
    integration TEXT NOT NULL,
    -- Empty if it belongs to none.
    connection TEXT NOT NULL,
    subscriber_id TEXT NOT NULL,
    context_keys TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- What tells its address from others of the subscriber.
    address_hash TEXT NOT NULL,
    -- A JSON object.
    sealed_address TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (environment_id, identifier),
    UNIQUE (environment_id, integration, subscriber_id, context_keys, kind, address_hash)
);

CREATE TABLE idempotency (
    environment_id TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    lock TEXT NOT NULL,
    -- Of one that is running: until when others wait. Of one that is done: until when it is kept.
    expires_at BIGINT NOT NULL,
    -- NULL while it is running.
    status BIGINT,
    body TEXT,
    PRIMARY KEY (environment_id, idempotency_key)
);
CREATE INDEX idempotency_expires ON idempotency (expires_at);
