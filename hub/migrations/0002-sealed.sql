-- A copy of the database alone tells nobody's name or number: what may hold one is sealed with a key that follows from hub.key.
alter table hub_state add column key_check text;
comment on column hub_state.key_check is 'Says whether a hub.key is the one of this database, and nothing more about it. Every replica must have that one.';

alter table event add column sealed bytea;
comment on column event.sealed is 'Salt and payload as JSON, AES-256-GCM: 12 bytes nonce, cipher text, 16 bytes tag. In the clear only for the types that hold no person.';
comment on column quarantine.raw is 'The event as it came, sealed like event.sealed.';

alter table worker alter column body drop not null, add column sealed bytea;
comment on column worker.sealed is 'The body, sealed like event.sealed.';
alter table change alter column body drop not null, add column sealed bytea;
comment on column change.sealed is 'The body of a worker, sealed like event.sealed; procedures and calendars are in the clear.';

alter table export_chunk add column at timestamptz not null default now();
comment on column export_chunk.bytes is 'Sealed like event.sealed.';
