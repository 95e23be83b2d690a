-- The provincial hub. The application works as the role hub_app, which can neither change nor delete an event.
do $$ begin
  if not exists (select from pg_roles where rolname = 'hub_app') then create role hub_app nologin; end if;
exception when duplicate_object then null;
end $$;
-- An owner who is no superuser works as a role only as its member; where the role was made by somebody else, he has seen to that.
do $$ begin
  execute format('grant hub_app to %I', current_user);
exception when insufficient_privilege then null;
end $$;

create table hub_state (
  only_row boolean primary key default true check (only_row),
  hub_id text not null check (hub_id ~ '^[0-9a-f]{32}$'),
  hub_epoch text not null check (hub_epoch ~ '^[0-9a-f]{16}$')
);
comment on table hub_state is 'Who this hub is. hub_epoch changes when the database was restored from a backup.';

create table unit (
  code text primary key check (length(code) between 1 and 64),
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default now()
);
comment on table unit is 'Đơn vị: a one-stop unit or a site with gates. Codes change with the administrative map; data is never keyed by them alone.';

create table kiosk (
  device text primary key check (device ~ '^[0-9a-f]{64}$'),
  public_key bytea not null check (length(public_key) = 32),
  name text not null,
  mode text not null check (mode in ('counter', 'gate')),
  unit text not null references unit (code),
  state text not null default 'active' check (state in ('active', 'revoked')),
  app_version text not null,
  enrolled_at timestamptz not null default now(),
  last_contact_at timestamptz not null default now(),
  last_push_at timestamptz,
  clock_offset_ms bigint,
  backlog bigint not null default 0,
  blobs_waiting bigint not null default 0,
  free_disk_bytes bigint,
  told_epoch text,
  told_seq bigint
);
comment on table kiosk is 'Ki-ốt. device = hex SHA-256 of its Ed25519 public key. What it told of itself last; never a source of truth for events.';

create table enrol_code (
  code_hash bytea primary key,
  unit text not null references unit (code),
  name text,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by text
);
comment on table enrol_code is 'Mã ghi danh dùng một lần: bound to a unit, 15 minutes, only its hash is kept.';

create table attempt (
  kind text not null check (kind in ('enrol', 'login', 'token')),
  subject text not null,
  at timestamptz not null default now()
);
create index attempt_recent on attempt (kind, subject, at);
comment on table attempt is 'Failed tries, counted across replicas; swept after a day.';

create table nonce (
  device text not null,
  nonce text not null,
  at timestamptz not null default now(),
  primary key (device, nonce)
);
create index nonce_at on nonce (at);
comment on table nonce is 'Requests already seen inside the time window; a second one with the same nonce is refused.';

create table chain (
  device text not null references kiosk (device),
  epoch text not null check (epoch ~ '^[0-9a-f]{16}$'),
  have_seq bigint not null check (have_seq >= 0),
  have_head text not null check (have_head ~ '^[0-9a-f]{64}$'),
  updated_at timestamptz not null default now(),
  primary key (device, epoch)
);
comment on table chain is 'How far the gapless chain of each device and epoch is held here.';

create table event (
  device text not null references kiosk (device),
  epoch text not null check (epoch ~ '^[0-9a-f]{16}$'),
  seq bigint not null check (seq > 0),
  id uuid not null unique,
  type text not null check (length(type) <= 64),
  schema_v bigint not null check (schema_v > 0),
  at timestamptz not null,
  at_text text not null,
  tz bigint not null,
  mono_ms bigint not null,
  boot_id text not null,
  actor text not null,
  unit text not null,
  purpose text,
  blobs jsonb not null,
  payload_hash text not null,
  prev_hash text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  salt text,
  payload jsonb,
  received_at timestamptz not null default now(),
  primary key (device, epoch, seq)
);
-- Rows come nearly in the order of time: ranges of blocks serve an export by days at a hundredth of a tree's cost to an insert.
create index event_at on event using brin (at timestamptz_minmax_multi_ops) with (autosummarize = on, pages_per_range = 32);
comment on table event is 'Append-only: one row a fact, as the kiosk wrote it. Authority is (device, epoch, seq); id only locates. at_text is the hashed form of at.';
comment on column event.received_at is 'Clock of the hub, beside the clock of the kiosk in at.';

create table quarantine (
  device text not null references kiosk (device),
  epoch text not null,
  seq bigint not null,
  code text not null,
  hash text not null,
  raw bytea,
  at timestamptz not null default now(),
  primary key (device, epoch, seq)
);
comment on table quarantine is 'Events that are acknowledged but not understood. raw is kept only where event cannot hold the row.';

create table alarm (
  alarm_no bigint generated always as identity primary key,
  device text not null references kiosk (device),
  code text not null,
  detail text not null,
  at timestamptz not null default now(),
  times bigint not null default 1,
  last_at timestamptz not null default now(),
  cleared_at timestamptz,
  cleared_by text
);
create unique index alarm_open on alarm (device, code) where cleared_at is null;
comment on table alarm is 'What an administrator must look at, one open row a device and code.';

create table event_blob (
  device text not null,
  epoch text not null,
  seq bigint not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size >= 0),
  mime text not null,
  primary key (device, epoch, seq, sha256)
);
create index event_blob_sha256 on event_blob (sha256, device);
comment on table event_blob is 'Which event names which scan. An event is complete when all its blobs are.';

create table blob (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  received bigint not null default 0,
  complete_at timestamptz
);
comment on table blob is 'Bản quét by the hash of its bytes. complete_at is set after the whole hash was checked.';

create table blob_chunk (
  sha256 text not null references blob (sha256) on delete cascade,
  start bigint not null,
  size integer not null,
  bytes bytea not null,
  primary key (sha256, start)
);
alter table blob_chunk alter column bytes set storage external;
comment on table blob_chunk is 'AES-256-GCM: 12 bytes nonce, cipher text, 16 bytes tag; additional data = sha256:start. Key from hub.key, not in the database.';

create table change (
  change_no bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  unit text,
  kind text not null check (kind in ('procedure', 'worker', 'calendar')),
  key text not null,
  body jsonb not null,
  at timestamptz not null default now()
);
create index change_order on change (xid, change_no);
comment on table change is 'What kiosks pull: unit null is for all. Read in (xid, change_no) order below the oldest open transaction, so a late commit is never skipped.';

create table gate_scan (
  device text not null, epoch text not null, seq bigint not null,
  at timestamptz not null,
  unit text not null,
  lane text, outcome text not null, direction text, reason text, worker_id text, work_date date, via text,
  primary key (device, epoch, seq)
);
create index gate_scan_at on gate_scan using brin (at timestamptz_minmax_multi_ops) with (autosummarize = on, pages_per_range = 32);
comment on table gate_scan is 'Lượt qua cổng, read from events of type gate-scan.';

create table dossier (
  dossier_id uuid primary key,
  dossier_code text, procedure_code text, procedure_name text,
  unit text not null, device text not null,
  status text not null, status_at timestamptz not null,
  received_at timestamptz, due_at timestamptz, resolved_at timestamptz, digitised_at timestamptz, handed_over_at timestamptz,
  components integer not null default 0, components_reused integer not null default 0, components_scanned integer not null default 0
);
create index dossier_received_at on dossier (received_at);
comment on table dossier is 'Hồ sơ, folded from events; a later step may arrive before the intake. Holds no name and no personal number.';

create table result (
  device text not null, epoch text not null, seq bigint not null,
  dossier_id uuid not null, at timestamptz not null, unit text not null,
  number text, issued_on date, signer text, scans integer not null,
  primary key (device, epoch, seq)
);
create index result_at on result (at);
comment on table result is 'Kết quả đã số hóa.';

create table worker (
  unit text not null, worker_id text not null,
  body jsonb not null, left_at timestamptz, changed_at timestamptz not null, device text not null, epoch text not null, seq bigint not null,
  primary key (unit, worker_id)
);
comment on table worker is 'Người lao động as last recorded by any gate of the unit.';

create table look_up (
  device text not null, epoch text not null, seq bigint not null,
  at timestamptz not null, unit text not null, actor text not null, purpose text, type text not null,
  primary key (device, epoch, seq)
);
create index look_up_at on look_up (at);
comment on table look_up is 'Lượt tra cứu dữ liệu cá nhân: who, when, why.';

create table admin_user (
  name text primary key,
  secret_hash text not null,
  created_at timestamptz not null default now()
);
comment on table admin_user is 'Quản trị tỉnh; argon2id.';

create table session (
  token_hash bytea primary key,
  name text not null references admin_user (name),
  csrf text not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
comment on table session is 'Phiên đăng nhập of the admin pages; only the hash of the cookie is kept.';

create table export_token (
  token_id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  name text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
comment on table export_token is 'Mã truy cập for pulling exports; shown once, only its hash is kept.';

create table export_job (
  export_id uuid primary key,
  requester text not null,
  manifest jsonb not null,
  created_at timestamptz not null default now(),
  fetched_at timestamptz,
  file_gone_at timestamptz
);
comment on table export_job is 'Log of every export with its manifest; the file itself is kept for a day.';

create table export_chunk (
  export_id uuid not null,
  chunk_no integer not null,
  bytes bytea not null,
  primary key (export_id, chunk_no)
);
alter table export_chunk alter column bytes set storage external;
comment on table export_chunk is 'Bytes of the newest exports, so that any replica can hand them out.';

grant select, insert on event, quarantine, event_blob, gate_scan, result, look_up, change to hub_app;
grant select, insert, update on unit, kiosk, enrol_code, chain, alarm, blob, dossier, worker, admin_user, export_token, export_job to hub_app;
grant select, insert, update, delete on attempt, nonce, session, blob_chunk, export_chunk to hub_app;
grant select, insert, update on hub_state to hub_app;
