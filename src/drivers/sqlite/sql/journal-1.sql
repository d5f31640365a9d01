-- The journal, version 1: what Foyer has promised to do, and what it asked outside.

CREATE TABLE command (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  kind TEXT NOT NULL CHECK (kind <> ''),
  connection TEXT NOT NULL,
  target TEXT NOT NULL,
  arguments TEXT NOT NULL CHECK (json_valid (arguments)),
  key TEXT UNIQUE,
  created INTEGER,
  door_time INTEGER,
  unsure INTEGER NOT NULL CHECK (unsure IN (0, 1)),
  actor TEXT,
  desk TEXT,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'unknown', 'done', 'needs_you', 'settled', 'withdrawn')),
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  not_before INTEGER,
  result TEXT CHECK (result IS NULL OR json_valid (result)),
  problem TEXT CHECK (problem IS NULL OR json_valid (problem)),
  note TEXT,
  -- What is laid over the mirror while the service has not confirmed: NULL once it has.
  laid_attendee INTEGER,
  laid_list INTEGER,
  laid_at INTEGER,
  laid_exit INTEGER CHECK (laid_exit IN (0, 1)),
  CHECK ((laid_attendee IS NULL) = (laid_list IS NULL)),
  CHECK ((laid_attendee IS NULL) = (laid_exit IS NULL))
) STRICT;

CREATE INDEX command_by_state ON command (state, row);
CREATE INDEX command_laid ON command (laid_attendee, laid_list) WHERE laid_attendee IS NOT NULL;

-- The line that adds up is asked for all the time and must not count a year of commands.
CREATE TABLE command_count (
  state TEXT PRIMARY KEY,
  n INTEGER NOT NULL CHECK (n >= 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER command_added AFTER INSERT ON command BEGIN
  INSERT INTO command_count (state, n) VALUES (new.state, 1)
    ON CONFLICT (state) DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER command_moved AFTER UPDATE OF state ON command WHEN new.state <> old.state BEGIN
  UPDATE command_count SET n = n - 1 WHERE state = old.state;
  INSERT INTO command_count (state, n) VALUES (new.state, 1)
    ON CONFLICT (state) DO UPDATE SET n = n + 1;
END;

-- Each row's hash is taken over the hash before it and the row: a row changed, removed or put in between
-- shows. AUTOINCREMENT remembers the last number, so that rows cut off at the end show too.
CREATE TABLE audit (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER,
  connection TEXT,
  service TEXT,
  method TEXT,
  route TEXT,
  status INTEGER NOT NULL,
  duration INTEGER NOT NULL,
  request_id TEXT,
  error TEXT,
  bytes_sent INTEGER NOT NULL,
  bytes_received INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length (hash) = 32)
) STRICT;

CREATE TABLE connection (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  service TEXT,
  base_url TEXT,
  organizer TEXT,
  event TEXT,
  subevent INTEGER NOT NULL,
  auth_scheme TEXT,
  secret_ref TEXT,
  desk TEXT,
  device_id INTEGER NOT NULL,
  gate INTEGER NOT NULL,
  gate_name TEXT,
  security_profile TEXT,
  ca_file TEXT,
  version TEXT,
  sample INTEGER NOT NULL CHECK (sample IN (0, 1))
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY CHECK (key <> ''),
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
