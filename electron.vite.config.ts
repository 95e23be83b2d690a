import { readdirSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;
// build.ts builds beside the running app and then swaps the folders.
const out = process.env.MOTCUA_OUT ?? path.join(root, 'out');
const at = (...parts: string[]): string => path.join(root, ...parts);

/** Each file of electron/service/workers becomes out/main/<name>.js, beside the service that starts it. */
function workers(): Record<string, string> {
  const folder = at('electron', 'service', 'workers');
  try {
    return Object.fromEntries(readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => [name.slice(0, -3), path.join(folder, name)]));
  } catch {
    return {};
  }
}

// Targets are those of the oldest Electron that runs this code: the stand-in for tests has Node 20.18 and Chrome 130.
export default defineConfig({
  main: {
    // Packages stay packages: native ones cannot be bundled, and electron-builder brings them along.
    build: {
      target: 'node20.18', externalizeDeps: true, sourcemap: true, outDir: path.join(out, 'main'), emptyOutDir: true,
      rollupOptions: {
        input: { index: at('electron', 'main', 'index.ts'), service: at('electron', 'service', 'main.ts'), ...workers() },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    // A sandboxed preload can require nothing but electron, so it is one CommonJS file.
    build: {
      target: 'node20.18', externalizeDeps: false, sourcemap: false, outDir: path.join(out, 'preload'), emptyOutDir: true,
      rollupOptions: { input: { index: at('electron', 'preload', 'index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      target: 'chrome130', outDir: path.join(out, 'renderer'), emptyOutDir: true, sourcemap: false,
      // Inlined files would be data: addresses, which the content security policy refuses for scripts and fonts.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: at('renderer', 'index.html') } },
    },
  },
});
