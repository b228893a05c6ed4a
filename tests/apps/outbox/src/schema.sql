-- The transaction that decides to send a message writes its row. Only the columns after `body` change later.
CREATE TABLE IF NOT EXISTS outbox (
    idempotency_key TEXT PRIMARY KEY,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    body TEXT NOT NULL,
    -- First `ready`, and finally `accepted`, `refused`, `opted_out` or `unknown`. A person must check an `unknown` message. A
    -- `paused` message holds up its sender's messages, or all messages. A person fixes the account, and makes the message `ready`
    -- again.
    state TEXT NOT NULL DEFAULT 'ready',
    -- Milliseconds since 1970. A worker that takes a row moves `due` ahead. If the worker dies, another takes the row then.
    due BIGINT NOT NULL DEFAULT 0,
    first_tried BIGINT,
    -- The id of an accepted message, or the advice after an error. Empty if the response ended before the id.
    detail TEXT NOT NULL DEFAULT ''
);

-- A separate table, because a webhook may arrive before the worker has stored the message's id.
CREATE TABLE IF NOT EXISTS deliveries (
    message_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (message_id, recipient)
);

-- The last word of each recipient: STOP or START.
CREATE TABLE IF NOT EXISTS opt_words (
    recipient TEXT PRIMARY KEY,
    word TEXT NOT NULL,
    -- Milliseconds since 1970. Events may arrive out of order, so only a later word changes the row.
    said_at BIGINT NOT NULL
);
