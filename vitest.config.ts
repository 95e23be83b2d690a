import { defineConfig } from 'vitest/config';

/** Runaway guards, not speed goals: a test that needs longer says so itself. */
const seconds = (count: number): number => count * 1000;
/** How long `expect.poll` looks for what shall come; its own second is too short for a machine that is busy. */
const expect = { poll: { timeout: seconds(15) } };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], expect, testTimeout: seconds(60) } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: seconds(60) } },
      {
        // One file at a time: they share the machine's virtual card reader and its two cores.
        test: {
          name: 'integration', include: ['test/integration/**/*.test.ts'], fileParallelism: false,
          expect, testTimeout: seconds(120), hookTimeout: seconds(180),
        },
      },
      {
        test: {
          name: 'e2e', include: ['test/e2e/**/*.e2e.test.ts'], fileParallelism: false,
          globalSetup: ['test/e2e/global-setup.ts'], expect, testTimeout: seconds(120), hookTimeout: seconds(180),
        },
      },
      { test: { name: 'long', include: ['test/long/**/*.test.ts'], fileParallelism: false, globalSetup: ['test/e2e/global-setup.ts'], expect, testTimeout: seconds(3600), hookTimeout: seconds(300) } },
    ],
  },
});
