CREATE TABLE reading ( -- what the title of a headline says
    id        TEXT PRIMARY KEY, -- the headline's
    published TEXT NOT NULL,
    edition   TEXT NOT NULL, -- of the lists and the program that it was read by
    entities  TEXT NOT NULL, -- that it names, between spaces
    body      TEXT NOT NULL -- empty where it names nobody
) STRICT, WITHOUT ROWID;
CREATE INDEX reading_by_time ON reading (published, edition, entities);
CREATE TRIGGER headline_gone AFTER DELETE ON headline BEGIN DELETE FROM reading WHERE id = OLD.id; END;
CREATE TRIGGER headline_changed AFTER UPDATE ON headline BEGIN DELETE FROM reading WHERE id = OLD.id; END;
