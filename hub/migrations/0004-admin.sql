-- How often a kiosk greets is its own word: silence is judged by that, not by a guess that is the same for all.
alter table kiosk add column greets_every_seconds integer check (greets_every_seconds between 1 and 86400);
comment on column kiosk.greets_every_seconds is 'Told in each greeting; null: a kiosk from before it told this.';

create table admin_act (
  act_no bigint generated always as identity primary key,
  at timestamptz not null default now(),
  name text not null,
  act text not null check (length(act) between 1 and 40),
  subject text not null default '' check (length(subject) <= 400)
);
comment on table admin_act is 'Nhật ký quản trị: who did what here. Append-only, like the events.';
grant select, insert on admin_act to hub_app;
