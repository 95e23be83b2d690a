-- Counters that work off line number dossiers each in a block of its own, which the hub hands out once and for all.
alter table hub_state add column first_epoch text;
comment on column hub_state.first_epoch is 'The epoch with which this hub began; another one now means that the database was set back since.';
update hub_state set first_epoch = hub_epoch;

create table number_block (
  unit text not null references unit (code),
  block_no integer not null check (block_no between 1 and 915),
  device text not null references kiosk (device),
  epoch text not null check (epoch ~ '^[0-9a-f]{16}$'),
  hub_epoch text not null,
  claimed boolean not null,
  given_at timestamptz not null default now(),
  primary key (unit, block_no),
  unique (unit, device, epoch)
);
comment on table number_block is 'Khối số hồ sơ: given to one kiosk for one epoch of its store, never to another, never again.';
comment on column number_block.claimed is 'The kiosk told of it: it was given in what this database lost, or by a hub before.';
grant select, insert on number_block to hub_app;
