CREATE TABLE quote (
    symbol TEXT PRIMARY KEY,
    as_of  TEXT NOT NULL,
    body   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE daily_bar (
    symbol TEXT NOT NULL,
    day    TEXT NOT NULL,
    open   REAL NOT NULL,
    high   REAL NOT NULL,
    low    REAL NOT NULL,
    close  REAL NOT NULL,
    volume INTEGER NOT NULL,
    PRIMARY KEY (symbol, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE headline (
    id        TEXT PRIMARY KEY,
    published TEXT NOT NULL,
    publisher TEXT NOT NULL,
    title     TEXT NOT NULL,
    url       TEXT NOT NULL,
    body      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX headline_by_time ON headline (published);

CREATE TABLE story (
    id        TEXT PRIMARY KEY,
    published TEXT NOT NULL,
    body      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX story_by_time ON story (published);

CREATE TABLE rule_state (
    rule_id      TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    symbol       TEXT NOT NULL,
    phase        TEXT NOT NULL,
    body         TEXT NOT NULL,
    PRIMARY KEY (rule_id, rule_version, symbol)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
    id            TEXT PRIMARY KEY,
    fired_at      TEXT NOT NULL,
    rule_id       TEXT NOT NULL,
    subject       TEXT NOT NULL,
    state         TEXT NOT NULL,
    shown_at      TEXT,
    suppressed_by TEXT,
    body          TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_by_time ON alert (fired_at);
