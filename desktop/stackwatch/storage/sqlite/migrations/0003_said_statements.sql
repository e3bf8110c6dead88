CREATE TABLE said (
    symbol TEXT NOT NULL,
    day    TEXT NOT NULL, -- the session that was explained
    at     TEXT NOT NULL,
    body   TEXT NOT NULL,
    PRIMARY KEY (symbol, day, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX said_by_time ON said (at);

CREATE TABLE statement (
    symbol  TEXT PRIMARY KEY,
    fetched TEXT NOT NULL,
    body    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
