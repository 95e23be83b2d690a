import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

const here = fileURLToPath(new URL('.', import.meta.url));
const fonts = path.join(path.dirname(fileURLToPath(import.meta.resolve('@fontsource/be-vietnam-pro/package.json'))), 'files');
const font = (set: string, weight: number): string => path.join(fonts, `be-vietnam-pro-${set}-${weight}-normal.woff2`);

const files: Readonly<Record<string, { file: string; type: string }>> = {
  'tokens.css': { file: path.join(here, '..', '..', 'shared', 'look', 'tokens.css'), type: 'text/css; charset=utf-8' },
  'hub.css': { file: path.join(here, 'hub.css'), type: 'text/css; charset=utf-8' },
  'hub.js': { file: path.join(here, 'hub.js'), type: 'text/javascript; charset=utf-8' },
  'icon.svg': { file: path.join(here, 'icon.svg'), type: 'image/svg+xml' },
  ...Object.fromEntries(['vietnamese', 'latin'].flatMap((set) => [400, 600].map((weight) => [`fonts/${set}-${weight}.woff2`, { file: font(set, weight), type: 'font/woff2' }]))),
};

/** The few files of the pages, from a fixed list: no path from outside reaches the disk. */
export function assetRoutes(app: FastifyInstance): void {
  for (const [name, { file, type }] of Object.entries(files)) {
    const bytes = readFileSync(file);
    app.get(`/assets/${name}`, (_request, reply) => reply.header('cache-control', 'max-age=300').type(type).send(bytes));
  }
}
