import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  ackedSeq, appendEvent, inspectStore, openStore, personalHash, readEvents, readHash, readHead, readSettings, replaceSiteKey,
  setAckedSeq, verifyChain, writeKiosk, writeSettings, type Store, type StoreOptions,
} from '../../electron/store/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { StoredEvent, zeroHash } from '../../shared/contracts/event.ts';
import { scriptedClock, temporaryFolder } from './temporary.ts';

function open(dir: string, options: Partial<StoreOptions> = {}): Store {
  const store = openStore(dir, { create: true, appVersion: '0.1.0', clock: scriptedClock('2026-11-22T01:00:00Z'), ...options });
  onTestFinished(() => store.close());
  return store;
}

function note(store: Store, n: number): void {
  store.transaction(() => {
    for (let i = 0; i < n; i += 1) appendEvent(store, { type: 'clock-marked', payload: { text: `sự kiện ${i}`, n: i }, actor: 'system' });
  });
}

/** Changes the file behind the program's back, as somebody with the key and a database tool would. */
function tamper(dir: string, sql: string): void {
  const db = openDatabase(join(dir, 'store.db'), { key: Buffer.from(readFileSync(join(dir, 'store.key'), 'utf8').trim(), 'hex') });
  db.exec('drop trigger event_is_never_changed; drop trigger event_is_never_deleted; pragma foreign_keys = off;');
  db.exec(sql);
  db.close();
}

describe('opening a store', () => {
  it('a new folder gets an encrypted database and a key file for its owner alone', () => {
    const dir = join(temporaryFolder(), 'new');
    const store = open(dir);
    note(store, 1);
    expect(statSync(join(dir, 'store.key')).mode & 0o777).toBe(0o600);
    expect(store.keySource).toBe('key-file');
    expect(readFileSync(join(dir, 'store.db')).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
    expect(readFileSync(join(dir, 'store.db-wal')).includes('sự kiện')).toBe(false);
  });

  it('every connection syncs each commit to the disk', () => {
    const store = open(temporaryFolder());
    expect(store.db.pragma('synchronous', { simple: true })).toBe(2);
    expect(store.db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(store.db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(store.db.pragma('secure_delete', { simple: true })).toBe(1);
  });

  it('device, epoch and events are the same after closing and opening again', () => {
    const dir = temporaryFolder();
    const first = openStore(dir, { create: true, appVersion: '0.1.0' });
    note(first, 3);
    const { device, epoch } = first;
    first.close();
    const second = open(dir);
    expect(second.device.id).toBe(device.id);
    expect(second.epoch).toEqual(epoch);
    expect(readHead(second).seq).toBe(3);
  });

  it('a second writer is refused with store-in-use, a reader is let in', () => {
    const dir = temporaryFolder();
    const store = open(dir);
    note(store, 2);
    expect(() => openStore(dir, { appVersion: '0.1.0' })).toThrow('store-in-use');
    const reader = open(dir, { readOnly: true });
    expect(readHead(reader).seq).toBe(2);
    expect(() => reader.transaction(() => appendEvent(reader, { type: 'clock-marked', payload: {}, actor: 'cli' }))).toThrow(/readonly|query_only/);
  });

  it('a second process is refused with store-in-use while the first lives', () => {
    const dir = temporaryFolder();
    open(dir);
    const script = `import { openStore } from ${JSON.stringify(join(process.cwd(), 'electron/store/index.ts'))};
      try { openStore(${JSON.stringify(dir)}, { appVersion: '0' }); } catch (error) { console.log(error.code); }`;
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout.trim()).toBe('store-in-use');
  });

  it('a folder without a store is refused with store-missing and left empty', () => {
    const dir = join(temporaryFolder(), 'absent');
    expect(() => openStore(dir, { appVersion: '0.1.0' })).toThrow('store-missing');
    expect(existsSync(dir)).toBe(false);
  });

  it('another key is refused with store-key-wrong', () => {
    const dir = temporaryFolder();
    openStore(dir, { create: true, appVersion: '0.1.0' }).close();
    writeFileSync(join(dir, 'store.key'), 'ab'.repeat(32));
    expect(() => openStore(dir, { appVersion: '0.1.0' })).toThrow('store-key-wrong');
  });

  it('a lost key file is refused with store-key-missing and not replaced', () => {
    const dir = temporaryFolder();
    openStore(dir, { create: true, appVersion: '0.1.0' }).close();
    rmSync(join(dir, 'store.key'));
    expect(() => openStore(dir, { create: true, appVersion: '0.1.0' })).toThrow('store-key-missing');
    expect(existsSync(join(dir, 'store.key'))).toBe(false);
  });

  it('a key in the keychain leaves no key file, and without it the answer is store-key-in-keychain', () => {
    const dir = temporaryFolder();
    const key = new Uint8Array(32).fill(7);
    openStore(dir, { create: true, appVersion: '0.1.0', key }).close();
    expect(existsSync(join(dir, 'store.key'))).toBe(false);
    expect(() => openStore(dir, { appVersion: '0.1.0' })).toThrow('store-key-in-keychain');
    expect(open(dir, { key }).keySource).toBe('keychain');
  });

  it('a database of a newer version is refused with store-too-new and not changed', () => {
    const dir = temporaryFolder();
    openStore(dir, { create: true, appVersion: '0.1.0' }).close();
    tamper(dir, 'pragma user_version = 999');
    const before = readFileSync(join(dir, 'store.db'));
    expect(() => openStore(dir, { appVersion: '0.1.0' })).toThrow('store-too-new');
    expect(readFileSync(join(dir, 'store.db')).equals(before)).toBe(true);
  });

  it('a file that is no database is refused with a coded problem', () => {
    const dir = temporaryFolder();
    openStore(dir, { create: true, appVersion: '0.1.0' }).close();
    writeFileSync(join(dir, 'store.db'), Buffer.alloc(8192, 'x'));
    expect(() => openStore(dir, { appVersion: '0.1.0' })).toThrow('store-key-wrong');
  });

  it('an empty file where a store was in use is damage, not a first start', () => {
    const dir = temporaryFolder();
    openStore(dir, { create: true, appVersion: '0.1.0' }).close();
    writeFileSync(join(dir, 'store.db'), '');
    expect(() => openStore(dir, { create: true, appVersion: '0.1.0' })).toThrow('store-damaged');
    // A first start that was cut short has left no folder of scans yet, and begins anew.
    rmSync(join(dir, 'blobs'), { recursive: true });
    openStore(dir, { create: true, appVersion: '0.1.0' }).close();
  });

  it('a damaged writer lock is made anew and still holds off a second writer', () => {
    const dir = temporaryFolder();
    openStore(dir, { create: true, appVersion: '0.1.0' }).close();
    writeFileSync(join(dir, 'writer.lock'), 'what a failing disk left here');
    const store = openStore(dir, { appVersion: '0.1.0' });
    expect(() => openStore(dir, { appVersion: '0.1.0' })).toThrow('store-in-use');
    store.close();
  });
});

describe('events', () => {
  it('are numbered without a gap and read back as the contract says', () => {
    const store = open(temporaryFolder());
    note(store, 5);
    const events = readEvents(store, { afterSeq: 0, limit: 10 });
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5]);
    for (const event of events) expect(StoredEvent.parse(event)).toEqual(event);
    expect(events[0]?.prevHash).toBe(zeroHash);
    expect(events[4]?.hash).toBe(readHead(store).hash);
    expect(readHash(store, 3)).toBe(events[2]?.hash);
  });

  it('a failed transaction leaves neither event nor gap', () => {
    const store = open(temporaryFolder());
    note(store, 1);
    expect(() => store.transaction(() => {
      appendEvent(store, { type: 'clock-marked', payload: {}, actor: 'system' });
      throw new Error('later step failed');
    })).toThrow('later step failed');
    note(store, 1);
    expect(readEvents(store, { afterSeq: 0, limit: 10 }).map((event) => event.seq)).toEqual([1, 2]);
    expect(verifyChain(store).ok).toBe(true);
  });

  it('outside a transaction none is written', () => {
    const store = open(temporaryFolder());
    expect(() => appendEvent(store, { type: 'clock-marked', payload: {}, actor: 'system' })).toThrow('transaction');
  });

  it('the database itself refuses to change or delete one', () => {
    const store = open(temporaryFolder());
    note(store, 2);
    expect(() => store.db.exec("update event set actor = 'other' where position = 1")).toThrow('append-only');
    expect(() => store.db.exec('delete from event where position = 2')).toThrow('append-only');
  });

  it('erasing a payload with its salt keeps the chain', () => {
    const store = open(temporaryFolder());
    note(store, 3);
    store.db.exec('update event set payload = null, salt = null where position = 2');
    expect(verifyChain(store)).toMatchObject({ ok: true, events: 3 });
    expect(readEvents(store, { afterSeq: 1, limit: 1 })[0]).toMatchObject({ payload: null, salt: null });
  });

  it('maxBytes bounds a batch but lets at least one event through', () => {
    const store = open(temporaryFolder());
    note(store, 10);
    expect(readEvents(store, { afterSeq: 0, limit: 10, maxBytes: 1 })).toHaveLength(1);
    expect(readEvents(store, { afterSeq: 0, limit: 10, maxBytes: 3000 }).length).toBeLessThan(5);
  });

  it('what the hub confirmed is remembered', () => {
    const dir = temporaryFolder();
    const store = openStore(dir, { create: true, appVersion: '0.1.0' });
    note(store, 4);
    setAckedSeq(store, 3);
    store.close();
    expect(ackedSeq(open(dir))).toBe(3);
  });
});

describe('the chain', () => {
  const changes = {
    'a changed payload': "update event set payload = replace(payload, 'sự kiện 6', 'sự kiện X') where position = 7",
    'a changed actor': "update event set actor = 'other' where position = 7",
    'a changed time': "update event set at = '2020-01-01T00:00:00.000Z' where position = 7",
    'a changed hash': 'update event set hash = zeroblob(32) where position = 7',
    'a deleted event': 'delete from event where position = 7',
  };
  it.each(Object.entries(changes))('%s is found at its number', (_, sql) => {
    const dir = temporaryFolder();
    const first = openStore(dir, { create: true, appVersion: '0.1.0' });
    note(first, 20);
    first.close();
    tamper(dir, sql);
    expect(() => openStore(dir, { appVersion: '0.1.0' })).toThrow('store-damaged');
    expect(verifyChain(open(dir, { readOnly: true }))).toMatchObject({ ok: false, events: 6, firstBad: 7 });
  });

  it('a change far back does not stop the start, the whole check finds it', () => {
    const dir = temporaryFolder();
    const first = openStore(dir, { create: true, appVersion: '0.1.0' });
    note(first, 1200);
    first.close();
    tamper(dir, "update event set payload = '{}' where position = 7");
    expect(verifyChain(open(dir, { readOnly: true }))).toMatchObject({ ok: false, firstBad: 7, events: 6 });
  });

  it('an empty store has a good chain with a head of zeros', () => {
    expect(verifyChain(open(temporaryFolder()))).toEqual({ ok: true, events: 0, head: zeroHash, firstBad: null });
  });
});

describe('a full disk', () => {
  it('refuses the act with disk-full, keeps what was stored, and goes on when there is room again', () => {
    const store = open(temporaryFolder());
    note(store, 10);
    const pages = store.db.pragma('page_count', { simple: true }) as number;
    store.db.pragma(`max_page_count = ${pages}`);
    expect(() => {
      for (let i = 0; i < 100; i += 1) note(store, 10);
    }).toThrow('disk-full');
    const { seq } = readHead(store);
    store.db.pragma('max_page_count = 1000000');
    note(store, 1);
    expect(readHead(store).seq).toBe(seq + 1);
    expect(verifyChain(store).ok).toBe(true);
  });
});

describe('settings and keys', () => {
  it('settings have defaults, and what a failed transaction set is forgotten', () => {
    const store = open(temporaryFolder());
    expect(readSettings(store).repeatSeconds).toBe(20);
    expect(() => store.transaction(() => {
      writeSettings(store, { repeatSeconds: 5 });
      expect(readSettings(store).repeatSeconds).toBe(5);
      throw new Error('no');
    })).toThrow('no');
    expect(readSettings(store).repeatSeconds).toBe(20);
    writeSettings(store, { theme: 'dark' });
    expect(readSettings(store)).toMatchObject({ theme: 'dark', repeatSeconds: 20 });
  });

  it('events name the unit of the set-up', () => {
    const store = open(temporaryFolder());
    store.transaction(() => {
      writeKiosk(store, { mode: 'gate', unit: { code: 'KCN-01', name: 'Khu công nghiệp mẫu' }, lanes: [], demo: false });
      appendEvent(store, { type: 'kiosk-set-up', payload: {}, actor: 'system' });
    });
    expect(readEvents(store, { afterSeq: 0, limit: 1 })[0]?.unit).toBe('KCN-01');
  });

  it('a new site key changes the hash of a number, and the workers follow', () => {
    const store = open(temporaryFolder());
    const before = personalHash(store, '001090000001');
    store.sql<[Buffer]>(`insert into worker (worker_id, full_name, department, employer, personal_id, personal_hash, search_text)
      values ('NV1', 'Nguyễn Văn An', 'May 1', 'Công ty A', '001090000001', ?, '')`).run(Buffer.from(before, 'hex'));
    store.transaction(() => replaceSiteKey(store, new Uint8Array(32).fill(3)));
    const after = personalHash(store, '001090000001');
    expect(after).not.toBe(before);
    expect(store.sql<[], { hash: Buffer }>('select personal_hash as hash from worker').get()?.hash.toString('hex')).toBe(after);
  });
});

describe('inspecting a store', () => {
  it('tells integrity, key source, size, events and version beside a running writer', async () => {
    const dir = temporaryFolder();
    const store = open(dir);
    note(store, 4);
    expect(await inspectStore(dir)).toMatchObject({ ok: true, integrity: 'ok', keySource: 'key-file', events: 4 });
  });

  it('a page overwritten on the disk is told', async () => {
    const dir = temporaryFolder();
    const store = openStore(dir, { create: true, appVersion: '0.1.0' });
    note(store, 2000);
    store.close();
    const file = join(dir, 'store.db');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096 * 40, 4096 * 41);
    writeFileSync(file, bytes);
    const found = await inspectStore(dir).catch((error: unknown) => error);
    expect(found).toMatchObject(found instanceof Error ? { code: 'store-damaged' } : { ok: false });
  });

  it('another program cannot read a copy of the file', () => {
    const dir = temporaryFolder();
    openStore(dir, { create: true, appVersion: '0.1.0' }).close();
    copyFileSync(join(dir, 'store.db'), join(dir, 'copy.db'));
    const db = new Database(join(dir, 'copy.db'));
    onTestFinished(() => void db.close());
    expect(() => db.prepare('select * from sqlite_schema').all()).toThrow('not a database');
  });
});
