import type { Migration } from './migration.ts';

/** The counter: procedures, citizens, papers held, scans, dossiers, and who looked at whom. */
export const counter: Migration = {
  version: 2,
  name: 'counter',
  up: (db) => {
    db.exec(`
      -- What the hub sent beside the catalogue that the program brings along; old versions stay for old dossiers.
      create table procedure (
        code text not null,
        effective_from text not null,
        body text not null,
        primary key (code, effective_from)
      ) strict, without rowid;

      create table working_year (year integer primary key, days text not null) strict;

      -- The file is encrypted, so numbers stand here as they are; what leaves it carries a keyed hash.
      create table citizen (
        citizen_no integer primary key,
        personal_id text not null unique,
        fields text not null,
        updated_at text not null
      ) strict;

      create table blob (
        sha256 text primary key,
        size integer not null,
        mime text not null,
        pages integer not null,
        position integer not null references event
      ) strict, without rowid;

      create table dossier (
        dossier_no integer primary key,
        dossier_id text not null unique,
        dossier_code text not null unique,
        local_date text not null,
        block text not null,
        serial integer not null,
        procedure_code text not null,
        procedure_name text not null,
        verified integer not null check (verified in (0, 1)),
        result_type text,
        result_name text not null,
        status text not null,
        citizen_no integer not null references citizen,
        citizen text not null,
        received_at text not null,
        due text,
        due_at text,
        paused_at text,
        officer text not null,
        officer_name text not null,
        copies integer not null,
        note text,
        result text,
        hand_over text,
        content_hash text not null,
        last_position integer not null references event,
        unique (local_date, block, serial)
      ) strict;
      create index dossier_by_status on dossier (status, dossier_no);
      create index dossier_by_citizen on dossier (citizen_no);
      create index dossier_due on dossier (due_at) where status in ('received', 'in-progress');

      create table dossier_component (
        dossier_no integer not null references dossier,
        ordinal integer not null,
        component_id text not null,
        name text not null,
        origin text not null,
        copies integer not null,
        paper_id text,
        ask_again_reason text,
        blobs text not null,
        primary key (dossier_no, ordinal)
      ) strict, without rowid;

      -- Which events tell the story of a dossier.
      create table dossier_event (
        dossier_no integer not null references dossier,
        position integer not null references event,
        primary key (dossier_no, position)
      ) strict, without rowid;

      create table paper (
        paper_id text primary key,
        citizen_no integer not null references citizen,
        paper_type text not null,
        name text not null,
        number text,
        issuer text,
        issued_on text,
        valid_until text,
        trust text not null check (trust in ('result-of-this-system', 'scan', 'shared-data')),
        blobs text not null,
        dossier_no integer references dossier
      ) strict, without rowid;
      create index paper_by_citizen on paper (citizen_no);

      -- Where a scan is used, so that it is shown only with its dossier or to who looked its citizen up.
      create table blob_use (
        sha256 text not null references blob,
        citizen_no integer not null references citizen,
        dossier_no integer not null default 0,
        primary key (sha256, citizen_no, dossier_no)
      ) strict, without rowid;

      create table look_up (
        actor text not null,
        at_ms integer not null,
        subject text not null,
        primary key (actor, at_ms, subject)
      ) strict, without rowid;

      -- Names without accents, words by their beginnings: SQLite's own folding leaves đ as it is.
      create virtual table dossier_search using fts5(words, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3');
    `);
  },
};
