import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..');
let folder: string;

// A copy of the rules over an empty tree: what is tested is whether a forbidden import would be caught.
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-borders-'));
  copyFileSync(path.join(root, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lint(file: string, imported: string): string {
  const full = path.join(folder, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, `import * as x from '${imported}';\n\nexport const y = x;\n`);
  const result = spawnSync(process.execPath, [path.join(root, 'node_modules', 'oxlint', 'bin', 'oxlint'), '-c', '.oxlintrc.json', '-f', 'unix', file], { cwd: folder, encoding: 'utf8' });
  return result.stdout;
}

describe('the lint refuses an import over a border', () => {
  it.each([
    ['shared/domain/a.ts', 'node:fs'],
    ['shared/domain/a.ts', 'react'],
    ['shared/domain/a.ts', '../../electron/store/store.ts'],
    ['renderer/views/gate/a.tsx', 'electron'],
    ['renderer/views/gate/a.tsx', 'node:fs'],
    ['renderer/views/gate/a.tsx', '../../../electron/service/serve.ts'],
    ['renderer/views/gate/a.tsx', '../../../hub/store/ingest.ts'],
    ['hub/http/a.ts', 'electron'],
    ['hub/http/a.ts', '../../electron/store/store.ts'],
    ['hub/http/a.ts', '../../renderer/format.ts'],
    ['electron/service/a.ts', 'electron'],
    ['electron/service/a.ts', '../../renderer/format.ts'],
    ['electron/service/handlers/a.ts', '../../../hub/main.ts'],
    ['electron/cli/a.ts', 'electron'],
    ['electron/store/a.ts', 'electron'],
    ['electron/store/a.ts', '../card/tlv.ts'],
    ['electron/store/a.ts', '../service/serve.ts'],
    ['electron/devices/a.ts', '../store/store.ts'],
    ['electron/devices/a.ts', '../card/tlv.ts'],
    ['electron/card/a.ts', '../devices/pcsc.ts'],
    ['electron/card/a.ts', '../sync/client.ts'],
    ['electron/sync/a.ts', '../store/store.ts'],
    ['electron/main/a.ts', '../store/store.ts'],
    ['electron/main/a.ts', '../../renderer/format.ts'],
    ['electron/preload/a.ts', '../card/tlv.ts'],
  ])('%s importing %s', (file, imported) => {
    expect(lint(file, imported)).toContain('no-restricted-imports');
  });

  it.each([
    ['shared/domain/a.ts', 'zod'],
    ['shared/domain/a.ts', './b.ts'],
    ['renderer/views/gate/a.tsx', '../../../shared/domain/b.ts'],
    ['hub/http/a.ts', '../../shared/contracts/hub.ts'],
    ['electron/service/a.ts', '../store/store.ts'],
    ['electron/cli/a.ts', '../service/serve.ts'],
    ['electron/main/a.ts', 'electron'],
    ['electron/preload/a.ts', 'electron'],
  ])('but lets pass %s importing %s', (file, imported) => {
    expect(lint(file, imported)).not.toContain('no-restricted-imports');
  });
});
