import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '.sst/**', '.frontdesk/**'],
    pool: 'threads',
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // A test may reach the local endpoint on loopback; nothing may be taken from the developer's own accounts.
    env: { AWS_EC2_METADATA_DISABLED: 'true', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    restoreMocks: true,
    passWithNoTests: false,
    allowOnly: false,
  },
});
