import type { Migration } from './migration.ts';

/** What gates hand on of one another is proven by the gate that wrote it; what is not lies apart, and not without end. */
export const siteProof: Migration = {
  version: 13,
  name: 'site-proof',
  up: (db) => {
    db.exec(`
      alter table site_gate add column public_key blob;
      -- What it told last as it signed it, to be handed on.
      alter table site_gate add column told_signed text;
      alter table site_gate add column known_at text;
      alter table site_gate add column known_by text check (known_by in ('hub', 'lan', 'file'));
      alter table site_gate add column listed integer not null default 0 check (listed in (0, 1));
      update site_gate set known_at = heard_at, known_by = heard_by, listed = coalesce(heard_by = 'hub', 0);

      -- Up to here each block has a proof, without a gap.
      alter table site_chain add column proven integer not null default 0;

      -- The furthest proof of each block: of the events with start < seq <= through.
      create table site_proof (
        chain_no integer not null references site_chain,
        start integer not null,
        through integer not null,
        state blob not null,
        signature blob not null,
        primary key (chain_no, start)
      ) strict, without rowid;

      -- Events that came empty from another than their gate: it alone can say that it emptied them.
      create table site_blank (chain_no integer not null references site_chain, seq integer not null, primary key (chain_no, seq)) strict, without rowid;

      -- Its place among the decisions of all gates, where that is another than its time.
      alter table correction_decision add column place text;

      -- Everything is asked for once more: what is here already is only compared, proofs come with it, and kinds of
      -- events that were not told before.
      delete from site_run;

      create table site_quarantine_next (
        quarantine_no integer primary key,
        device text not null,
        epoch text not null,
        seq integer not null,
        code text not null,
        -- Who brought it; null is the hub.
        bearer text,
        body text not null,
        at text not null,
        size integer generated always as (length(body)) stored,
        unique (device, epoch, seq, code)
      ) strict;
      insert into site_quarantine_next (device, epoch, seq, code, body, at) select device, epoch, seq, code, body, at from site_quarantine order by at, seq;
      drop table site_quarantine;
      alter table site_quarantine_next rename to site_quarantine;
      -- How much there is, without reading it.
      create index site_quarantine_size on site_quarantine (device, quarantine_no, size);
      create index site_quarantine_by_bearer on site_quarantine (bearer) where bearer is not null;
      -- How many were given up; device '' stands for those that are no gates here.
      create table site_quarantine_dropped (device text primary key, rows integer not null) strict, without rowid;

      create table site_due_next (
        kind text not null check (kind in ('shifts', 'worker', 'assigned', 'zones', 'rule', 'labour', 'presence')),
        key text not null,
        primary key (kind, key)
      ) strict, without rowid;
      insert into site_due_next select kind, key from site_due;
      drop table site_due;
      alter table site_due_next rename to site_due;
    `);
  },
};
