import { z } from 'zod';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { RequestShape } from '../../../shared/contracts/requests/define.ts';
import { serve } from '../../../electron/service/serve.ts';

const said = new Map<string, number>();
const open = { output: z.unknown(), access: 'open' } as const;
const requests: Record<string, RequestShape> = {
  'system/ping': { ...open, input: z.object({}) },
  'echo/say': { ...open, input: z.object({ text: z.string(), bytes: z.instanceof(Uint8Array) }), output: z.object({ text: z.string(), bytes: z.instanceof(Uint8Array), times: z.number() }) },
  'echo/problem': { ...open, input: z.object({}) },
  'echo/announce': { ...open, input: z.object({}) },
  'echo/bug': { ...open, input: z.object({}) },
  'echo/crash': { ...open, input: z.object({}) },
  'echo/hang': { ...open, input: z.object({}) },
};

/** A service whose store is a map in memory: what is tested is everything around it. */
serve(requests, (context) => Promise.resolve({
  handlers: {
    'system/ping': () => Promise.resolve({}),
    'echo/say': ({ text, bytes }: { text: string; bytes: Uint8Array }) => {
      said.set(text, (said.get(text) ?? 0) + 1);
      return Promise.resolve({ text, bytes, times: said.get(text) });
    },
    'echo/problem': () => Promise.reject(new ProblemError('card-removed', 'at step 3')),
    'echo/announce': () => {
      context.emit('card/state', { reader: 'invented', present: true });
      return Promise.resolve({});
    },
    'echo/bug': () => Promise.reject(new TypeError('Nguyễn Văn An 001090012345')),
    'echo/crash': () => process.abort(),
    'echo/hang': () => new Promise(() => undefined),
  },
  admit: () => undefined,
  close: () => Promise.resolve(),
}));
