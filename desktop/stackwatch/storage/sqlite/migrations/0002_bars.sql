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
CREATE INDEX minute_bar_by_time ON minute_bar (start);

CREATE TABLE history_span (
    symbol TEXT PRIMARY KEY,
    since  TEXT NOT NULL -- the first day that was asked for: what the provider had from then on is kept
) STRICT, WITHOUT ROWID;
INSERT INTO history_span SELECT symbol, min(day) FROM daily_bar GROUP BY symbol;

CREATE TABLE history_hole (
    symbol TEXT NOT NULL,
    day    TEXT NOT NULL,
    tries  INTEGER NOT NULL, -- answers that went past the day without it
    PRIMARY KEY (symbol, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE corporate_action (
    symbol TEXT NOT NULL,
    day    TEXT NOT NULL,
    kind   TEXT NOT NULL CHECK (kind IN ('split', 'dividend')),
    amount REAL NOT NULL, -- new shares per old one, or cash per share
    PRIMARY KEY (symbol, day, kind)
) STRICT, WITHOUT ROWID;
