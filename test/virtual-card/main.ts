import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPcscd } from './pcscd.ts';
import { CardProfile, type CardProfileInput } from './profile.ts';
import { insertVirtualCard, vpcdPorts } from './vpcd.ts';
import { writeFiles } from './written-files.ts';

const usage = 'npm run virtual-card -- [--profile FILE.json] [--port 35963] [--can NNNNNN] [--out DIR]';
const ownProfile = path.join(import.meta.dirname, 'profiles', 'cccd-2021.json');

/** npm runs scripts in the project's folder and tells from where it was called. */
const fromCaller = (file: string): string => path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file);

interface Asked {
  profile: CardProfileInput;
  port: number;
  /** Where the files are to stay; null: a folder that goes with the card. */
  out: string | null;
}

function asked(): Asked {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, profile: { type: 'string' }, can: { type: 'string' }, out: { type: 'string' } },
  });
  const file = values.profile === undefined ? ownProfile : fromCaller(values.profile);
  const port = Number(values.port ?? vpcdPorts[0]);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`--port ${values.port}`);
  return {
    profile: CardProfile.parse({ ...JSON.parse(readFileSync(file, 'utf8')), ...(values.can ? { can: values.can } : {}) }),
    port, out: values.out === undefined ? null : fromCaller(values.out),
  };
}

/** Puts an invented card into a virtual reader, prints what opens it as one JSON line, and stays until it is stopped. */
async function main(): Promise<number> {
  let call: Asked;
  try {
    call = asked();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    return 2;
  }
  const pcscd = await startPcscd();
  const folder = call.out ?? mkdtempSync(path.join(os.tmpdir(), 'motcua-virtual-card-'));
  const inserted = await insertVirtualCard({ port: call.port, profile: call.profile });
  const { card } = inserted;
  const { person, document } = card.profile;
  process.stdout.write(`${JSON.stringify({
    ready: true, port: call.port, readers: pcscd.readers, can: card.can, mrz: card.mrz.join('\n'), qr: card.qr,
    document: document?.number ?? person.personalId.slice(-9), birth: person.birthDate, expiry: person.expiresOn,
    files: writeFiles(card, folder),
  })}\n`);
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  await Promise.race([stopped, inserted.removed]);
  await inserted.remove();
  await pcscd.stop();
  if (call.out === null) rmSync(folder, { recursive: true, force: true });
  return 0;
}

// The reader monitor keeps a process alive (electron/devices/pcsc-monitor.ts).
process.exit(await main());
