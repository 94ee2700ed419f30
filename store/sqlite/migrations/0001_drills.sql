CREATE TABLE drill (
	id       INTEGER PRIMARY KEY,
	name     TEXT    NOT NULL UNIQUE, -- what it is asked for by
	created  INTEGER NOT NULL,        -- wall clock, ms
	imported INTEGER NOT NULL,
	scenario TEXT    NOT NULL,
	site     TEXT    NOT NULL,
	header   TEXT    NOT NULL,        -- line 1 of the drill file
	closed   TEXT,                    -- its closed line
	-- where the file stood when its lines were last packed
	events   INTEGER NOT NULL,
	bytes    INTEGER NOT NULL,
	head     TEXT    NOT NULL,
	last     TEXT    NOT NULL,
	recorded INTEGER NOT NULL,
	sum      INTEGER NOT NULL         -- CRC-32C of all but the header, whose hash the chain holds
) STRICT;

-- Drills that are being imported: their chunks come before them.
CREATE TABLE arriving (
	drill INTEGER PRIMARY KEY
) STRICT;

-- Lines as they are appended. Events of many drills lie side by side on few
-- pages, so that one commit writes few.
CREATE TABLE recent (
	id    INTEGER PRIMARY KEY,
	drill INTEGER NOT NULL,
	seq   INTEGER NOT NULL,
	key   TEXT,
	line  TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX recent_seq ON recent (drill, seq);
CREATE UNIQUE INDEX recent_key ON recent (drill, key) WHERE key IS NOT NULL;

-- Lines packed by drill: each chunk follows the one before it without a gap.
-- Their keys have no index, which would cost more than all the rest: the one
-- process that appends has read the log, and knows them.
CREATE TABLE chunk (
	id    INTEGER PRIMARY KEY,
	drill INTEGER NOT NULL,
	last  INTEGER NOT NULL, -- seq of its last line
	lines TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX chunk_last ON chunk (drill, last);

CREATE TABLE beat (
	drill INTEGER PRIMARY KEY,
	at    INTEGER NOT NULL, -- exercise time, ms
	wall  INTEGER NOT NULL, -- wall clock, ms
	sum   INTEGER NOT NULL  -- CRC-32C of all three
) STRICT;

CREATE TABLE record (
	kind  TEXT    NOT NULL,
	id    TEXT    NOT NULL,
	value BLOB    NOT NULL,
	sum   INTEGER NOT NULL, -- CRC-32C of all three
	PRIMARY KEY (kind, id)
) STRICT;
