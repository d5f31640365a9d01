-- The mirror: what services say. Disposable: a change here changes FOYER_MIRROR_VERSION, and then it is
-- fetched again.
--
-- A service's numbers are unique within its connection only, so a row's number is the connection's
-- (source.key) above 44 bits and the service's own below: it stays the same for ever, whatever is deleted
-- and fetched again.

CREATE TABLE source (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;

CREATE TABLE sync_state (
  source INTEGER NOT NULL,
  resource TEXT NOT NULL,
  cursor TEXT,
  watermark TEXT,
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  synced_at INTEGER,
  stored INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT -1,
  -- The run that is under way, or was the last one.
  run INTEGER NOT NULL DEFAULT 0,
  run_whole INTEGER NOT NULL DEFAULT 0,
  run_watermark TEXT,
  run_began INTEGER,
  PRIMARY KEY (source, resource)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  row INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  digest INTEGER NOT NULL DEFAULT 0,
  slug TEXT NOT NULL CHECK (slug <> ''),
  organizer TEXT,
  name TEXT,
  zone TEXT,
  currency TEXT,
  locale TEXT,
  date_from INTEGER,
  date_to INTEGER,
  date_admission INTEGER,
  has_subevents INTEGER NOT NULL,
  live INTEGER NOT NULL,
  testmode INTEGER NOT NULL,
  signing_keys TEXT
) STRICT;

CREATE TABLE subevent (
  row INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  digest INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  active INTEGER NOT NULL,
  date_from INTEGER,
  date_to INTEGER,
  date_admission INTEGER
) STRICT;

CREATE TABLE category (
  row INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  digest INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  position INTEGER NOT NULL,
  is_addon INTEGER NOT NULL
) STRICT;

CREATE TABLE product (
  row INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  digest INTEGER NOT NULL DEFAULT 0,
  category INTEGER NOT NULL,
  name TEXT,
  position INTEGER NOT NULL,
  active INTEGER NOT NULL,
  admission INTEGER NOT NULL,
  attention INTEGER NOT NULL,
  checkin_text TEXT,
  media_policy TEXT,
  media_type TEXT
) STRICT;

CREATE TABLE variation (
  row INTEGER PRIMARY KEY,
  product INTEGER NOT NULL,
  name TEXT,
  position INTEGER NOT NULL,
  active INTEGER NOT NULL,
  attention INTEGER NOT NULL,
  checkin_text TEXT
) STRICT;

CREATE INDEX variation_by_product ON variation (product);

CREATE TABLE question (
  row INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  digest INTEGER NOT NULL DEFAULT 0,
  identifier TEXT,
  question TEXT,
  help_text TEXT,
  type TEXT,
  required INTEGER NOT NULL,
  ask_during_checkin INTEGER NOT NULL,
  show_during_checkin INTEGER NOT NULL,
  hidden INTEGER NOT NULL,
  products TEXT,
  valid_number_min TEXT,
  valid_number_max TEXT,
  valid_date_min TEXT,
  valid_date_max TEXT,
  valid_datetime_min TEXT,
  valid_datetime_max TEXT,
  valid_string_length_max INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE question_option (
  row INTEGER PRIMARY KEY,
  question INTEGER NOT NULL,
  identifier TEXT,
  answer TEXT,
  position INTEGER NOT NULL
) STRICT;

CREATE INDEX question_option_by_question ON question_option (question);

CREATE TABLE list (
  row INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  digest INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  all_products INTEGER NOT NULL,
  products TEXT,
  subevent INTEGER NOT NULL,
  include_pending INTEGER NOT NULL,
  allow_multiple_entries INTEGER NOT NULL,
  allow_entry_after_exit INTEGER NOT NULL,
  addon_match INTEGER NOT NULL,
  rules TEXT,
  exit_all_at INTEGER
) STRICT;

CREATE TABLE mark (
  row INTEGER PRIMARY KEY,
  source INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('revoked', 'blocked')),
  id INTEGER NOT NULL,
  run INTEGER NOT NULL,
  digest INTEGER NOT NULL DEFAULT 0,
  secret TEXT NOT NULL,
  blocked INTEGER NOT NULL,
  changed INTEGER,
  UNIQUE (source, kind, id)
) STRICT;

CREATE INDEX mark_by_secret ON mark (secret);

CREATE TABLE orders (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL,
  code TEXT NOT NULL CHECK (code <> ''),
  run INTEGER NOT NULL,
  -- Of the record as it came; 0 after anything else was written to it.
  digest INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('n', 'p', 'e', 'c')),
  require_approval INTEGER NOT NULL,
  valid_if_pending INTEGER NOT NULL,
  testmode INTEGER NOT NULL,
  attention INTEGER NOT NULL,
  checkin_text TEXT,
  email TEXT,
  phone TEXT,
  name TEXT,
  company TEXT,
  locale TEXT,
  total TEXT,
  datetime INTEGER,
  expires INTEGER,
  last_modified INTEGER,
  UNIQUE (source, code)
) STRICT;

CREATE TABLE order_document (
  orders INTEGER PRIMARY KEY REFERENCES orders (row) ON DELETE CASCADE,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE attendee (
  row INTEGER PRIMARY KEY,
  orders INTEGER NOT NULL,
  positionid INTEGER NOT NULL,
  product INTEGER NOT NULL,
  variation INTEGER NOT NULL,
  subevent INTEGER NOT NULL,
  -- Whether lists count it: 0 no (canceled, expired), 1 where pending ones count, 2 yes.
  standing INTEGER NOT NULL CHECK (standing IN (0, 1, 2)),
  canceled INTEGER NOT NULL,
  blocked INTEGER NOT NULL,
  addon_to INTEGER NOT NULL,
  valid_from INTEGER,
  valid_until INTEGER,
  secret TEXT,
  name TEXT,
  email TEXT,
  company TEXT,
  pseudonymization_id TEXT,
  -- The folded name, for lists; the folded words of all that one may be found by, two blanks before each.
  sort_key TEXT NOT NULL,
  words TEXT NOT NULL
) STRICT;

CREATE INDEX attendee_by_order ON attendee (orders);
CREATE INDEX attendee_by_secret ON attendee (secret);
CREATE INDEX attendee_by_name ON attendee (sort_key);

-- How many tickets of a kind there are (list 0), and how many of them have been let in on a list and are
-- inside: counted along with every change, since a million tickets cannot be counted at every scan.
CREATE TABLE tally (
  source INTEGER NOT NULL,
  list INTEGER NOT NULL,
  product INTEGER NOT NULL,
  subevent INTEGER NOT NULL,
  standing INTEGER NOT NULL,
  n INTEGER NOT NULL,
  inside INTEGER NOT NULL,
  PRIMARY KEY (source, list, product, subevent, standing)
) STRICT, WITHOUT ROWID;

CREATE TABLE check_in (
  attendee INTEGER NOT NULL,
  list INTEGER NOT NULL,
  datetime INTEGER NOT NULL,
  -- 0: written here, from the answer to a redeem.
  id INTEGER NOT NULL,
  exit INTEGER NOT NULL CHECK (exit IN (0, 1)),
  automatic INTEGER NOT NULL,
  gate INTEGER NOT NULL,
  device_id INTEGER NOT NULL,
  -- Service's time at which it was written here; NULL if it came with a page.
  written INTEGER,
  PRIMARY KEY (attendee, list, datetime, id, exit)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_by_list ON check_in (list, attendee) WHERE exit = 0;
CREATE INDEX entry_by_time ON check_in (list, datetime) WHERE exit = 0;

CREATE TABLE answer (
  attendee INTEGER NOT NULL,
  question INTEGER NOT NULL,
  answer TEXT,
  options TEXT,
  PRIMARY KEY (attendee, question)
) STRICT, WITHOUT ROWID;

-- Every three letters of the words of every attendee. detail=none: no positions, a third of the size; a
-- hit is checked against the words themselves.
CREATE VIRTUAL TABLE trigram USING fts5 (
  words, content = '', detail = none, columnsize = 0, tokenize = 'trigram case_sensitive 1'
);

-- Attendees whose words are not in the index yet.
CREATE TABLE unindexed (
  attendee INTEGER PRIMARY KEY
) STRICT;
