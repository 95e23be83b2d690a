import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..');
const readmes = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', 'README.md', '**/README.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
const scripts = Object.keys((JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts);

/** Paths in backticks or links that look like files or folders of the project. */
function named(text: string): string[] {
  const ticks = [...text.matchAll(/`([\w.@-]+(?:\/[\w.@-]+)*\/?)`/g)].map((match) => match[1]!);
  const links = [...text.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)].map((match) => match[1]!);
  const files = ticks.filter((tick) => /\.(ts|tsx|mjs|cjs|json|css|md|sql|yml|html)$/.test(tick) || /^(electron|renderer|shared|hub|test|resources|\.ci)\//.test(tick));
  return [...files, ...links];
}

describe('READMEs', () => {
  it('there is one at the root and one for each folder of the picture', () => {
    expect(readmes).toContain('README.md');
    for (const folder of ['electron', 'electron/main', 'electron/preload', 'electron/service', 'electron/store', 'electron/card', 'electron/devices',
      'electron/sync', 'electron/cli', 'renderer', 'shared/contracts', 'shared/domain', 'shared/qr', 'shared/look', 'hub', 'resources', 'test', 'test/virtual-card']) {
      expect(readmes).toContain(`${folder}/README.md`);
    }
  });

  it.each(readmes)('%s names only files that exist', (readme) => {
    const text = readFileSync(path.join(root, readme), 'utf8');
    const missing = named(text).filter((name) => {
      // Made by a run: not in the repository.
      if (['test/demo/out', 'store.key', 'hub.json', 'hub.key'].includes(name)) return false;
      return ![root, path.dirname(path.join(root, readme))].some((base) => existsSync(path.join(base, name)));
    });
    expect(missing).toEqual([]);
  });

  it.each(readmes)('%s names only npm scripts that exist', (readme) => {
    const text = readFileSync(path.join(root, readme), 'utf8');
    const called = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map((match) => match[1]!);
    expect(called.filter((name) => !scripts.includes(name))).toEqual([]);
  });
});
