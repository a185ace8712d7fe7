import { defineConfig } from '@playwright/test'
import { LAUNCH } from './shared/chromium.ts'

const { CI } = process.env

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/browser',
  globalSetup: './shared/global-setup.ts',
  fullyParallel: true,
  // One a core leaves a quarter of the CPU time idle.
  workers: '150%',
  retries: 0,
  forbidOnly: CI === 'true',
  reporter: [['list'], ['json', { outputFile: '../test-results/browser.json' }]],
  // For what never comes: whatever does may take a busy machine many times what it takes an idle one.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    // A new context a test costs four times the CPU of a reset one; fixtures.ts resets what Playwright leaves.
    reuseContext: true,
    // One of an earlier test would answer from what it keeps. offline.test.ts has its own.
    serviceWorkers: 'block',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    screenshot: 'only-on-failure',
    launchOptions: LAUNCH,
  },
})
