-- The mobility picture by enterprise, zone and commune: what a worker was before is not in his newest record.
alter table unit add column zone text check (length(zone) between 1 and 200);
comment on column unit.zone is 'Khu công nghiệp in which the unit lies, set by the administrator; null: the unit stands for itself.';

create table employer_zone (
  unit text not null references unit (code),
  employer text not null check (length(employer) <= 300),
  zone text not null check (length(zone) between 1 and 300),
  device text not null references kiosk (device),
  primary key (unit, employer)
);
comment on table employer_zone is 'Khu công nghiệp of an enterprise as a gate of the unit told last; stronger than the zone of the unit.';
grant select, insert, update, delete on employer_zone to hub_app;

create table worker_past (
  device text not null, epoch text not null, seq bigint not null,
  unit text not null, worker_id text not null,
  told_on date not null,
  sealed bytea not null,
  primary key (device, epoch, seq)
);
create index worker_past_unit on worker_past (unit, told_on);
comment on table worker_past is 'What an event ended for a worker: a place (enterprise, team, commune) or a former time of work; sealed like worker.sealed. From this version on.';
grant select, insert on worker_past to hub_app;
