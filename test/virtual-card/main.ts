import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPcscd } from './pcscd.ts';
import { CardProfile, type CardProfileInput } from './profile.ts';
import { insertVirtualCard, vpcdPorts } from './vpcd.ts';

const usage = 'npm run virtual-card -- [--port 35963] [--profile FILE.json] [--can NNNNNN]';

/** Puts an invented card into a virtual reader, prints what opens it as one JSON line, and stays until it is stopped. */
async function main(): Promise<number> {
  let values: { port?: string | undefined; profile?: string | undefined; can?: string | undefined };
  let profile: CardProfileInput;
  try {
    ({ values } = parseArgs({ options: { port: { type: 'string' }, profile: { type: 'string' }, can: { type: 'string' } } }));
    // npm runs scripts in the project's folder and tells from where it was called.
    const file = values.profile === undefined ? null : path.resolve(process.env['INIT_CWD'] ?? process.cwd(), values.profile);
    profile = CardProfile.parse({ ...(file === null ? {} : JSON.parse(readFileSync(file, 'utf8'))), ...(values.can ? { can: values.can } : {}) });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    return 2;
  }
  const pcscd = await startPcscd();
  const port = Number(values.port ?? vpcdPorts[0]);
  const inserted = await insertVirtualCard({ port, profile });
  const { card } = inserted;
  process.stdout.write(`${JSON.stringify({
    ready: true, port, readers: pcscd.readers, can: card.can, mrz: card.mrz.join('\n'), qr: card.qr,
    document: card.profile.person.personalId.slice(-9), birth: card.profile.person.birthDate, expiry: card.profile.person.expiresOn,
  })}\n`);
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  await Promise.race([stopped, inserted.removed]);
  await inserted.remove();
  await pcscd.stop();
  return 0;
}

// The reader monitor keeps a process alive (electron/devices/pcsc-monitor.ts).
process.exit(await main());
