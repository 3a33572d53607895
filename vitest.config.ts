import { defineConfig } from 'vitest/config'

/** Tests run straight from the sources. Two files at a time: the machine this must also run on has two cores. */
const shared = {
  exclude: ['**/node_modules/**', '**/dist/**'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: ['kernel/base/src/server/embedded/test-cluster.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'house',
          include: [
            'kernel/**/*.test.{ts,tsx}',
            'scenes/**/*.test.{ts,tsx}',
            'adapters/**/*.test.ts',
            'apps/**/*.test.{ts,tsx}',
            'ui/**/*.test.{ts,tsx}',
            'tools/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...shared,
          name: 'journeys',
          include: ['e2e/**/*.spec.ts'],
          globalSetup: ['e2e/support/platform-of-run.ts'],
          // One browser and one platform at a time.
          fileParallelism: false,
          testTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
