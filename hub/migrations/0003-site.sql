-- Gates of one unit pull each other's events from here, and must know up to which instant each of them has told everything.
alter table kiosk add column told_at timestamptz;
comment on column kiosk.told_at is 'When told_epoch and told_seq were told. Once that many events are here, everything until then is.';
