// Who may import whom (ARCHITECTURE.md, "The rooms"). One row a room: its files, the rooms it may import,
// and the outside modules only it may name.

/** @type {Record<string, { files: string[], may: string[] }>} */
const rooms = {
  shared: { files: ['shared/**'], may: [] },
  formats: { files: ['electron/formats/**'], may: ['shared'] },
  sync: { files: ['electron/sync/**'], may: ['shared', 'formats'] },
  intervals: { files: ['electron/intervals/**'], may: ['shared', 'formats', 'sync'] },
  adapters: { files: ['electron/adapters/**'], may: ['shared', 'formats', 'sync'] },
  host: {
    files: ['electron/host/**'],
    may: ['shared', 'formats', 'sync', 'intervals', 'adapters', 'workers'],
  },
  workers: {
    files: ['electron/workers/**'],
    may: ['shared', 'formats', 'sync', 'intervals', 'adapters', 'host'],
  },
  desktop: {
    files: ['electron/desktop/**', 'electron/main.ts', 'electron/preload.ts'],
    may: ['shared', 'sync', 'intervals', 'adapters', 'host', 'workers'],
  },
  headless: {
    files: ['electron/headless/**', 'electron/headless.ts'],
    may: ['shared', 'formats', 'sync', 'intervals', 'adapters', 'host', 'workers'],
  },
  renderer: { files: ['renderer/**'], may: ['shared'] },
}

// Outside modules and the rooms that may name them; every other room is refused.
/** @type {Record<string, string[]>} */
const owners = {
  electron: ['desktop'],
  chokidar: ['adapters'],
  keytar: ['adapters'],
  undici: ['intervals'],
  'node:sqlite': ['adapters'],
  'node:fs': ['adapters', 'workers', 'host', 'headless', 'desktop'],
  'node:fs/promises': ['adapters', 'workers', 'host', 'headless', 'desktop'],
  'node:http': ['adapters', 'intervals'],
  'node:https': ['adapters', 'intervals'],
  'node:net': ['adapters'],
  'node:worker_threads': ['workers', 'host'],
  'node:child_process': ['adapters', 'desktop'],
}

/** Ambient effects that rules must not reach for: time, chance and the network come through ports. */
const ambient = ['setTimeout', 'setInterval', 'setImmediate', 'fetch', 'process', 'performance']
const pureRooms = ['shared', 'formats', 'sync']

/** @type {import('eslint').Linter.Config[]} */
export const roomRules = Object.entries(rooms).map(([room, { files, may }]) => {
  const forbidden = Object.keys(rooms).filter(other => other !== room && !may.includes(other))
  const outside = Object.entries(owners)
    .filter(([, allowed]) => !allowed.includes(room))
    .map(([name]) => name)
  const pure = pureRooms.includes(room)
  return {
    files,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: outside.map(name => ({ name, message: `${room} must not import ${name}.` })),
          patterns: [
            {
              regex: `^\\.\\.?/(?:.*/)?(?:${forbidden.join('|')})(?:\\.ts$|/)`,
              message: `${room} must not import another room than: ${may.join(', ') || 'none'}.`,
            },
            ...(room === 'renderer' || room === 'shared'
              ? [{ regex: '^node:', message: `${room} runs in a window too: no Node modules.` }]
              : []),
            { regex: '(^|/)test/', message: 'Shipped code never imports tests.' },
          ],
        },
      ],
      ...(pure
        ? {
            'no-restricted-globals': [
              'error',
              ...ambient.map(name => ({ name, message: 'Comes through a port.' })),
            ],
            'no-restricted-properties': [
              'error',
              { object: 'Date', property: 'now', message: 'Time comes from the Clock port.' },
              { object: 'Math', property: 'random', message: 'Chance comes from the Random port.' },
            ],
          }
        : {}),
    },
  }
})
