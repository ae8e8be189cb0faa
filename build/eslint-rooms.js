import { isBuiltin } from 'node:module'
import { dirname, relative, resolve, sep } from 'node:path'

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
  // Runs on older Nodes, before anything is built or installed.
  launcher: { files: ['electron/musette.mjs'], may: [] },
}

/** The project's, wherever the linter was started. */
const root = dirname(import.meta.dirname)

/** Where programs begin: they join the parts and do their work on import, so nobody imports them. */
const entries = ['electron/main.ts', 'electron/headless.ts', 'electron/preload.ts', 'electron/musette.mjs']

const pureRooms = ['shared', 'formats', 'sync']
/** These run in a window too. */
const windowRooms = ['shared', 'renderer']
const impureRooms = Object.keys(rooms).filter(room => !pureRooms.includes(room))
const diskRooms = ['adapters', 'workers', 'host', 'headless', 'desktop', 'launcher']

// Outside modules and the rooms that may name them; every other room is refused.
/** @type {Record<string, string[]>} */
const owners = {
  electron: ['desktop'],
  chokidar: ['adapters'],
  keytar: ['adapters'],
  undici: ['intervals'],
  'node:sqlite': ['adapters'],
  'node:fs': diskRooms,
  'node:fs/promises': diskRooms,
  'node:http': ['adapters', 'intervals'],
  'node:https': ['adapters', 'intervals'],
  'node:http2': ['adapters', 'intervals'],
  'node:net': ['adapters', 'launcher'],
  'node:tls': ['adapters'],
  'node:dgram': ['adapters'],
  'node:dns': ['adapters'],
  'node:dns/promises': ['adapters'],
  'node:worker_threads': ['workers', 'host', 'launcher'],
  'node:child_process': ['adapters', 'desktop', 'launcher'],
  'node:timers': impureRooms,
  'node:timers/promises': impureRooms,
  'node:perf_hooks': impureRooms,
  'node:process': impureRooms,
  'node:os': impureRooms,
}

/** Ambient effects that rules must not reach for: time, chance and the network come through ports. */
const ambient = ['setTimeout', 'setInterval', 'setImmediate', 'fetch', 'process', 'performance']

/**
 * The room a file lies in; null for none.
 * @param {string} path from the project's root, with slashes
 */
function roomOf(path) {
  const matches = /** @param {string} files */ files =>
    files.endsWith('/**') ? path.startsWith(files.slice(0, -2)) : path === files
  return Object.entries(rooms).find(([, { files }]) => files.some(matches))?.[0] ?? null
}

/**
 * Why a room must not import this module; null when it may.
 * @param {string} room
 * @param {string} module as it is written
 * @param {string} path of a relative module, from the project's root
 */
function refusal(room, module, path) {
  const may = rooms[room]?.may ?? []
  if (/^[./]/.test(module)) {
    if (path.startsWith('test/')) return 'Shipped code never imports tests.'
    if (entries.includes(path)) return `Nobody imports ${path}: a program begins there.`
    const target = roomOf(path)
    if (room === 'launcher') return `${room} must not import anything but Node's own modules.`
    if (target === null || target === room || may.includes(target)) return null
    return `${room} must not import another room than: ${may.join(', ') || 'none'}.`
  }
  const isNode = isBuiltin(module)
  if (room === 'launcher' && !isNode) return `${room} must not import anything but Node's own modules.`
  if (windowRooms.includes(room) && isNode) return `${room} runs in a window too: no Node modules.`
  // `fs` is `node:fs`, and `electron/main` is electron.
  const name = isNode ? `node:${module.replace(/^node:/, '')}` : packageOf(module)
  const allowed = owners[name]
  return allowed === undefined || allowed.includes(room) ? null : `${room} must not import ${name}.`
}

/** @param {string} module */
function packageOf(module) {
  const [first = '', second = ''] = module.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

/** @type {import('eslint').Rule.RuleModule} */
const imports = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const folder = dirname(resolve(context.cwd, context.filename))
    const fromRoot = /** @param {string} path */ path => relative(root, path).split(sep).join('/')
    const room = roomOf(fromRoot(resolve(context.cwd, context.filename)))
    if (room === null) return {}
    /** @param {unknown} source @param {import('estree').Node} node */
    const check = (source, node) => {
      const message =
        typeof source === 'string' ? refusal(room, source, fromRoot(resolve(folder, source))) : unknown
      if (message !== null) context.report({ node, message })
    }
    // What it needs is only known once it is built.
    const unknown = room === 'launcher' ? null : 'An import must say what it imports.'
    return {
      ImportDeclaration: node => check(node.source.value, node),
      ExportAllDeclaration: node => check(node.source.value, node),
      ExportNamedDeclaration: node => {
        if (node.source) check(node.source.value, node)
      },
      ImportExpression: node => check(node.source.type === 'Literal' ? node.source.value : null, node),
    }
  },
}

/** @type {import('eslint').Rule.RuleModule} */
const noClock = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const report = /** @param {import('estree').Node} node */ node =>
      context.report({ node, message: 'Time comes from the Clock port.' })
    return {
      'NewExpression[callee.name="Date"][arguments.length=0]': report,
      'CallExpression[callee.name="Date"]': report,
      'MemberExpression[object.name="globalThis"][property.name="Date"]': report,
    }
  },
}

const plugin = { rules: { imports, 'no-clock': noClock } }

/** @type {import('eslint').Linter.Config[]} */
export const roomRules = Object.entries(rooms).map(([room, { files }]) => ({
  files,
  plugins: { rooms: plugin },
  rules: {
    'rooms/imports': 'error',
    ...(pureRooms.includes(room)
      ? {
          'rooms/no-clock': 'error',
          'no-restricted-globals': [
            'error',
            {
              globals: ambient.map(name => ({ name, message: 'Comes through a port.' })),
              checkGlobalObject: true,
            },
          ],
          'no-restricted-properties': [
            'error',
            { object: 'Date', property: 'now', message: 'Time comes from the Clock port.' },
            { object: 'Math', property: 'random', message: 'Chance comes from the Random port.' },
          ],
        }
      : {}),
  },
}))
