import { Linter } from 'eslint'
import { expect, test } from 'vitest'
import { roomRules } from '../../build/eslint-rooms.js'

const linter = new Linter()

/** The rules that a file at this path breaks, with the room configuration alone. */
function broken(file: string, source: string): readonly (string | null)[] {
  const everyFile = { files: ['**/*.ts', '**/*.mjs', '**/*.svelte'] }
  const messages = linter.verify(source, [everyFile, ...roomRules], { filename: file })
  return [...new Set(messages.map(message => message.ruleId))]
}

const importing = (module: string) => `import { thing } from '${module}'\nexport const it = thing\n`

test.each([
  // one room from another
  ['shared/a.ts', '../electron/sync/engine.ts'],
  ['shared/a.ts', '../electron/formats/proof.ts'],
  ['shared/a.ts', '../renderer/bridge.ts'],
  ['electron/formats/a.ts', '../sync/engine.ts'],
  ['electron/formats/fit/a.ts', '../../adapters/disk.ts'],
  ['electron/sync/a.ts', '../adapters/disk.ts'],
  ['electron/sync/activities/a.ts', '../../adapters/disk.ts'],
  ['electron/sync/activities/a.ts', '../../intervals/client.ts'],
  ['electron/sync/a.ts', '../host/engine-host.ts'],
  ['electron/intervals/a.ts', '../adapters/disk.ts'],
  ['electron/adapters/a.ts', '../intervals/client.ts'],
  ['electron/adapters/a.ts', '../host/snapshot.ts'],
  ['electron/host/a.ts', '../headless/commands.ts'],
  ['electron/host/a.ts', '../desktop/tray.ts'],
  ['electron/headless/a.ts', '../desktop/tray.ts'],
  ['electron/desktop/a.ts', '../headless/commands.ts'],
  ['electron/desktop/a.ts', '../headless.ts'],
  ['renderer/a.ts', '../electron/sync/engine.ts'],
  ['renderer/state/a.ts', '../../electron/host/snapshot.ts'],
  ['renderer/state/a.ts', '../../electron/headless.ts'],
  ['electron/sync/a.ts', '../../test/helpers/fake-clock.ts'],
  // an outside module from a room that does not own it
  ['shared/a.ts', 'node:path'],
  ['renderer/a.ts', 'node:fs'],
  ['electron/formats/a.ts', 'node:fs'],
  ['electron/formats/a.ts', 'node:fs/promises'],
  ['electron/sync/a.ts', 'node:fs/promises'],
  ['electron/sync/a.ts', 'node:sqlite'],
  ['electron/sync/a.ts', 'chokidar'],
  ['electron/sync/a.ts', 'keytar'],
  ['electron/sync/a.ts', 'undici'],
  ['electron/intervals/a.ts', 'node:fs'],
  ['electron/intervals/a.ts', 'keytar'],
  ['electron/host/a.ts', 'node:sqlite'],
  ['electron/host/a.ts', 'node:net'],
  ['electron/headless/a.ts', 'keytar'],
  ['electron/headless/a.ts', 'node:child_process'],
  // only the desktop knows Electron
  ...['shared', 'renderer', 'electron/formats', 'electron/sync', 'electron/intervals'].map(electronIn),
  ...['electron/adapters', 'electron/host', 'electron/workers', 'electron/headless'].map(electronIn),
  ['electron/headless.ts', 'electron'],
  ['electron/headless/a.ts', 'electron/main'],
  // a builtin by its old name, and what ticks or reaches out in rooms of rules
  ['shared/a.ts', 'path'],
  ['electron/formats/a.ts', 'fs'],
  ['electron/sync/a.ts', 'fs/promises'],
  ['electron/host/a.ts', 'net'],
  ['electron/headless/a.ts', 'child_process'],
  ['shared/a.ts', 'node:timers/promises'],
  ['electron/formats/a.ts', 'timers'],
  ['electron/sync/a.ts', 'node:timers/promises'],
  ['electron/sync/a.ts', 'node:perf_hooks'],
  ['electron/sync/a.ts', 'node:process'],
  ['electron/sync/a.ts', 'node:os'],
  ['electron/sync/a.ts', 'node:dns/promises'],
  // where a program begins
  ['electron/adapters/a.ts', '../main.ts'],
  ['electron/host/a.ts', '../headless.ts'],
  ['electron/headless/a.ts', '../headless.ts'],
  ['electron/headless/commands/a.ts', '../../headless.ts'],
  ['electron/headless.ts', './main.ts'],
  ['electron/desktop/a.ts', '../main.ts'],
  ['electron/desktop/a.ts', '../preload.ts'],
  ['electron/main.ts', './preload.ts'],
  ['electron/workers/a.ts', '../preload.ts'],
  ['renderer/a.ts', '../electron/preload.ts'],
  ['electron/headless/a.ts', '../musette.mjs'],
  // the launcher, before anything is installed or built
  ['electron/musette.mjs', './headless.ts'],
  ['electron/musette.mjs', './headless/help.ts'],
  ['electron/musette.mjs', '../shared/app-error.ts'],
  ['electron/musette.mjs', '../package.json'],
  ['electron/musette.mjs', 'undici'],
  ['electron/musette.mjs', 'node:sqlite'],
])('%s must not import %s', (file, module) => {
  const ways = [
    importing(module),
    `import '${module}'\n`,
    `export { thing } from '${module}'\n`,
    `export * from '${module}'\n`,
    `export const it = await import('${module}')\n`,
  ]
  expect(ways.map(source => broken(file, source))).toEqual(ways.map(() => ['rooms/imports']))
})

test.each([
  ['shared/a.ts', './app-error.ts'],
  ['electron/formats/fit/a.ts', '../../../shared/app-error.ts'],
  ['electron/formats/a.ts', './byte-source.ts'],
  ['electron/sync/activities/a.ts', '../../formats/proof.ts'],
  ['electron/sync/activities/a.ts', '../ports/clock.ts'],
  ['electron/intervals/a.ts', '../sync/ports/intervals-service.ts'],
  ['electron/intervals/a.ts', 'undici'],
  ['electron/adapters/a.ts', '../sync/ports/disk.ts'],
  ['electron/adapters/a.ts', 'node:fs/promises'],
  ['electron/adapters/a.ts', 'node:sqlite'],
  ['electron/adapters/a.ts', 'keytar'],
  ['electron/host/a.ts', '../adapters/disk.ts'],
  ['electron/host/a.ts', '../intervals/client.ts'],
  ['electron/workers/a.ts', 'node:worker_threads'],
  ['electron/headless/a.ts', '../host/snapshot.ts'],
  ['electron/headless.ts', './headless/commands.ts'],
  ['electron/headless.ts', './headless/main.ts'],
  ['electron/headless/commands/a.ts', '../main.ts'],
  ['electron/adapters/a.ts', 'fs'],
  ['electron/adapters/a.ts', 'node:timers/promises'],
  ['electron/sync/a.ts', 'node:crypto'],
  ['electron/formats/a.ts', 'zlib'],
  ['electron/musette.mjs', 'node:child_process'],
  ['electron/musette.mjs', 'fs'],
  ['electron/desktop/a.ts', 'electron'],
  ['electron/main.ts', 'electron'],
  ['electron/main.ts', './desktop/tray.ts'],
  ['electron/preload.ts', 'electron'],
  ['renderer/a.ts', '../shared/ipc-contract.ts'],
  ['renderer/pages/a.ts', '../state/app-view.svelte.ts'],
])('%s may import %s', (file, module) => {
  expect(broken(file, importing(module))).toEqual([])
  expect(broken(file, `export const it = await import('${module}')\n`)).toEqual([])
})

test('an import of something only known when it runs is refused, but for the launcher', () => {
  const source = 'export const load = name => import(name)\n'
  const files = ['shared/a.ts', 'electron/adapters/a.ts', 'electron/main.ts', 'electron/musette.mjs']
  expect(files.map(file => broken(file, source))).toEqual([
    ['rooms/imports'],
    ['rooms/imports'],
    ['rooms/imports'],
    [],
  ])
})

test.each([
  ['setTimeout(() => {}, 1)', 'no-restricted-globals'],
  ['setInterval(() => {}, 1)', 'no-restricted-globals'],
  ['setImmediate(() => {})', 'no-restricted-globals'],
  ['void fetch("https://intervals.icu")', 'no-restricted-globals'],
  ['export const home = process.env', 'no-restricted-globals'],
  ['export const at = performance.now()', 'no-restricted-globals'],
  ['globalThis.setTimeout(() => {}, 1)', 'no-restricted-globals'],
  ['void globalThis.fetch("https://intervals.icu")', 'no-restricted-globals'],
  ['export const home = globalThis["process"]', 'no-restricted-globals'],
  ['export const at = Date.now()', 'no-restricted-properties'],
  ['export const { now } = Date', 'no-restricted-properties'],
  ['export const at = new Date()', 'rooms/no-clock'],
  ['export const at = Date()', 'rooms/no-clock'],
  ['export const at = globalThis.Date', 'rooms/no-clock'],
  ['export const chance = Math.random()', 'no-restricted-properties'],
])('rules reach for no time, chance or network of their own: %s', (source, rule) => {
  const pure = ['shared/a.ts', 'electron/formats/a.ts', 'electron/sync/workouts/a.ts']
  expect(pure.map(file => broken(file, source))).toEqual([[rule], [rule], [rule]])
  expect(broken('electron/adapters/a.ts', source)).toEqual([])
})

test('rules may make a date of a moment they were given', () => {
  expect(broken('electron/sync/a.ts', 'export const text = ms => new Date(ms).toISOString()\n')).toEqual([])
})

function electronIn(room: string): [string, string] {
  return [`${room}/a.ts`, 'electron']
}
