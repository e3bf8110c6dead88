CREATE TABLE onset (
    symbol TEXT NOT NULL,
    day    TEXT NOT NULL, -- the session whose move it is
    at     TEXT NOT NULL,
    body   TEXT NOT NULL,
    PRIMARY KEY (symbol, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX onset_by_time ON onset (at);
