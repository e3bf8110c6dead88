CREATE TRIGGER headline_changed AFTER UPDATE ON headline BEGIN DELETE FROM reading WHERE id = OLD.id; END;

CREATE TRIGGER headline_gone AFTER DELETE ON headline BEGIN DELETE FROM reading WHERE id = OLD.id; END;

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

CREATE TABLE corporate_action (
    symbol TEXT NOT NULL,
    day    TEXT NOT NULL,
    kind   TEXT NOT NULL CHECK (kind IN ('split', 'dividend')),
    amount REAL NOT NULL, -- new shares per old one, or cash per share
    PRIMARY KEY (symbol, day, kind)
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

CREATE TABLE history_hole (
    symbol TEXT NOT NULL,
    day    TEXT NOT NULL,
    tries  INTEGER NOT NULL, -- answers that went past the day without it
    PRIMARY KEY (symbol, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE history_span (
    symbol TEXT PRIMARY KEY,
    since  TEXT NOT NULL -- the first day that was asked for: what the provider had from then on is kept
) STRICT, WITHOUT ROWID;

CREATE TABLE minute_bar (
    symbol  TEXT NOT NULL,
    minutes INTEGER NOT NULL, -- the length of the bar
    start   INTEGER NOT NULL, -- seconds since 1970, UTC
    open    REAL NOT NULL,
    high    REAL NOT NULL,
    low     REAL NOT NULL,
    close   REAL NOT NULL,
    volume  INTEGER NOT NULL,
    PRIMARY KEY (symbol, minutes, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE onset (
    symbol TEXT NOT NULL,
    day    TEXT NOT NULL, -- the session whose move it is
    at     TEXT NOT NULL,
    body   TEXT NOT NULL,
    PRIMARY KEY (symbol, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE quote (
    symbol TEXT PRIMARY KEY,
    as_of  TEXT NOT NULL,
    body   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reading ( -- what the title of a headline says
    id        TEXT PRIMARY KEY, -- the headline's
    published TEXT NOT NULL,
    edition   TEXT NOT NULL, -- of the lists and the program that it was read by
    entities  TEXT NOT NULL, -- that it names, between spaces
    body      TEXT NOT NULL -- empty where it names nobody
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_state (
    rule_id      TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    symbol       TEXT NOT NULL,
    phase        TEXT NOT NULL,
    body         TEXT NOT NULL,
    PRIMARY KEY (rule_id, rule_version, symbol)
) STRICT, WITHOUT ROWID;

CREATE TABLE said (
    symbol TEXT NOT NULL,
    day    TEXT NOT NULL, -- the session that was explained
    at     TEXT NOT NULL,
    body   TEXT NOT NULL,
    PRIMARY KEY (symbol, day, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
    symbol  TEXT PRIMARY KEY,
    fetched TEXT NOT NULL,
    body    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE story (
    id        TEXT PRIMARY KEY,
    published TEXT NOT NULL,
    body      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_by_time ON alert (fired_at);

CREATE INDEX headline_by_time ON headline (published);

CREATE INDEX minute_bar_by_time ON minute_bar (start);

CREATE INDEX onset_by_time ON onset (at);

CREATE INDEX reading_by_time ON reading (published, edition, entities);

CREATE INDEX said_by_time ON said (at);

CREATE INDEX story_by_time ON story (published);
