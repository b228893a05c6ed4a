-- A row is written in the transaction that decides on a message, and never changes but for the columns after `body`.
CREATE TABLE IF NOT EXISTS outbox (
    idempotency_key TEXT PRIMARY KEY,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    body TEXT NOT NULL,
    -- `ready` until it is `accepted`, `refused`, `opted_out`, or `unknown`: somebody has to look. A message that is `paused` holds
    -- up those of its sender, or all, until somebody has mended the account and made it `ready` again.
    state TEXT NOT NULL DEFAULT 'ready',
    -- Milliseconds since 1970. A worker that takes a row moves `due` on: if it dies, another takes the row then.
    due BIGINT NOT NULL DEFAULT 0,
    first_tried BIGINT,
    -- The id of an accepted message, empty if its response broke off before it; else the advice after an error.
    detail TEXT NOT NULL DEFAULT ''
);

-- A table of its own, because a webhook may come before the worker has written the message's id.
CREATE TABLE IF NOT EXISTS deliveries (
    message_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (message_id, recipient)
);

-- What each recipient said last: STOP or START.
CREATE TABLE IF NOT EXISTS opt_words (
    recipient TEXT PRIMARY KEY,
    word TEXT NOT NULL,
    -- Milliseconds since 1970. An event may come after a later one, so only a later word changes the row.
    said_at BIGINT NOT NULL
);
