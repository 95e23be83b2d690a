-- What a kiosk erased by law is erased here too (Luật 91/2025/QH15): it names its own events by their numbers.
create table erased_run (
  device text not null references kiosk (device),
  epoch text not null check (epoch ~ '^[0-9a-f]{16}$'),
  first bigint not null check (first > 0),
  last bigint not null check (last >= first),
  at timestamptz not null default now(),
  primary key (device, epoch, first, last)
);
comment on table erased_run is 'Numbers of events that their own kiosk has emptied; whichever of them comes later is emptied too.';
grant select, insert on erased_run to hub_app;

-- The application may empty the content of events, and that is all that it can do to them: header and hash stay, so the chain does.
create function empty_events(of_device text, of_epoch text, firsts bigint[], lasts bigint[]) returns bigint
  language sql volatile security definer set search_path = public, pg_temp as $$
  with raws as (
    update quarantine q set raw = null from unnest(firsts, lasts) as r (first, last)
    where q.device = of_device and q.epoch = of_epoch and q.seq between r.first and r.last and q.raw is not null
  ), done as (
    update event e set salt = null, payload = null, sealed = null from unnest(firsts, lasts) as r (first, last)
    where e.device = of_device and e.epoch = of_epoch and e.seq between r.first and r.last and e.type <> 'worker-erased'
      and (e.payload is not null or e.sealed is not null or e.salt is not null)
    returning 1
  )
  select count(*) from done
$$;
comment on function empty_events is 'Takes payload and salt of events away for good. The proof of an erasure, worker-erased, cannot be emptied.';
revoke execute on function empty_events from public;
grant execute on function empty_events to hub_app;

grant delete on gate_scan, worker, worker_past, change to hub_app;
create index worker_past_of on worker_past (device, worker_id);
create index change_of_worker on change (key) where kind = 'worker';
