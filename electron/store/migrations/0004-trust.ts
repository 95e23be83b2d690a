import type { Migration } from './migration.ts';

/** Trust: the certificates of issuing authorities that an administrator let in, and their lists of revoked ones. */
export const trust: Migration = {
  version: 4,
  name: 'trust',
  up: (db) => {
    db.exec(`
      -- der is what chips are checked against; the other columns are what a person is shown of it.
      create table trust_certificate (
        fingerprint text primary key,
        der blob not null,
        country text not null,
        subject text not null,
        issuer text not null,
        serial text not null,
        not_before text not null,
        not_after text not null,
        algorithm text not null,
        self_signed integer not null check (self_signed in (0, 1)),
        signature_ok integer check (signature_ok in (0, 1)),
        signature_reason text not null,
        origin_file text not null,
        imported_at text not null,
        imported_by text not null,
        search_text text not null
      ) strict;
      create index trust_certificate_by_country on trust_certificate (country, subject, not_after, fingerprint);

      -- One list an issuer: a newer one takes the place of the older.
      create table trust_crl (
        fingerprint text primary key,
        der blob not null,
        country text not null,
        issuer text not null unique,
        this_update text not null,
        next_update text,
        revoked integer not null,
        signature_ok integer check (signature_ok in (0, 1)),
        signature_reason text not null,
        origin_file text not null,
        imported_at text not null,
        imported_by text not null,
        search_text text not null
      ) strict;
    `);
  },
};
