-- Where this journal begins: a cursor that no other journal has. A journal that was restored from a copy begins anew at
-- its last event, and every cursor from before is unknown.
CREATE TABLE origin (
    number INTEGER NOT NULL,
    nonce  TEXT    NOT NULL,
    -- By what the home that the journal lies in is told from a copy of it; unknown until the first start.
    home   TEXT
) STRICT;

INSERT INTO origin (number, nonce) VALUES (0, lower(hex(randomblob(8))));
