import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { controlAddress } from '../../../electron/adapters/control-address.ts'
import {
  askControl,
  serveControl,
  type ControlRequest,
  type ControlServer,
} from '../../../electron/adapters/control-channel.ts'
import { AppError } from '../../../shared/app-error.ts'

let home = ''
const cleanups: (() => Promise<void> | void)[] = []

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'musette-control-'))
  cleanups.push(() => {
    rmSync(home, { recursive: true, force: true })
  })
})

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function serve(
  handle: (request: ControlRequest, signal: AbortSignal) => Promise<unknown>,
  homeFolder = home,
): Promise<ControlServer> {
  const server = await serveControl({ homeFolder, handle })
  cleanups.push(() => server.close())
  return server
}

async function serverProcess() {
  const child = spawn(process.execPath, [resolve('test/helpers/control-server.ts'), home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kill = async () => {
    if (child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
  }
  cleanups.push(kill)
  for await (const said of createInterface({ input: child.stdout })) return { kill, said }
  throw new Error('the server said nothing')
}

const echo = (request: ControlRequest) => Promise.resolve(request)
const ask = (name: string, args: unknown = null) => askControl({ homeFolder: home, request: { name, args } })
const nobody = { kind: 'nobody' }

test('carries a request there and its answer back', async () => {
  await serve(echo)
  const args = { folder: '/rides\n“übung”', list: [1, null, true] }
  expect(await ask('sourceAdd', args)).toEqual({ kind: 'answer', value: { name: 'sourceAdd', args } })
})

test('answers several askers at once, each its own', async () => {
  await serve(({ args }) => Promise.resolve(args))
  const replies = await Promise.all([1, 2, 3, 4].map(number => ask('number', number)))
  expect(replies).toEqual([1, 2, 3, 4].map(value => ({ kind: 'answer', value })))
})

test('finds nobody where none listens, none ever did, or the home is missing', async () => {
  const server = await serve(echo)
  await server.close()
  const missing = { homeFolder: join(home, 'no such home'), request: { name: 'status', args: null } }
  expect([await ask('status'), await askControl(missing)]).toEqual([nobody, nobody])
})

test('hands expected trouble over with code, message and file, and hides what a bug says', async () => {
  await serve(({ name }) =>
    Promise.reject(
      name === 'expected'
        ? new AppError('folder-refused', 'That folder is refused.', 'give-up', { file: '/rides' })
        : new TypeError('key 12345 is not a function'),
    ),
  )
  expect([await ask('expected'), await ask('bug')]).toEqual([
    { kind: 'failed', code: 'folder-refused', message: 'That folder is refused.', file: '/rides' },
    { kind: 'failed', code: 'internal', message: 'The running Musette hit an error of its own.', file: null },
  ])
})

test('can be entered by its owner only', async () => {
  chmodSync(home, 0o755)
  await serve(echo)
  const { path } = await controlAddress(home)
  expect([statSync(path).mode & 0o777, statSync(dirname(path)).mode & 0o777]).toEqual([0o600, 0o700])
})

test('replaces the socket of a killed server, and finds nobody there before', async () => {
  const { kill } = await serverProcess()
  expect(await ask('echo', 'before')).toEqual({ kind: 'answer', value: 'before' })
  await kill()
  expect([existsSync((await controlAddress(home)).path), await ask('echo')]).toEqual([true, nobody])
  await serve(({ args }) => Promise.resolve(args))
  expect(await ask('echo', 'after')).toEqual({ kind: 'answer', value: 'after' })
})

test('finds nobody when the server dies while it works on the request', async () => {
  const { kill } = await serverProcess()
  const reply = ask('never answered')
  await ask('echo')
  await kill()
  expect(await reply).toEqual(nobody)
})

test('finds nobody when the server closes in between, and aborts what it was doing', async () => {
  const { promise: started, resolve: start } = Promise.withResolvers<AbortSignal>()
  const server = await serve((_request, signal) => {
    start(signal)
    return new Promise(() => undefined)
  })
  const reply = ask('sync')
  const signal = await started
  await server.close()
  expect([await reply, signal.aborted]).toEqual([nobody, true])
})

test('tells the server when the asker gives up', async () => {
  const { promise: started, resolve: start } = Promise.withResolvers<AbortSignal>()
  await serve((_request, signal) => {
    start(signal)
    return new Promise(() => undefined)
  })
  const giveUp = new AbortController()
  const reply = askControl({ homeFolder: home, request: { name: 'sync', args: null }, signal: giveUp.signal })
  const outcome = reply.then(null, (error: unknown) => error)
  const signal = await started
  const aborted = once(signal, 'abort')
  giveUp.abort('enough')
  expect(await outcome).toBe('enough')
  await aborted
})

test('gives up on a silent server after the time given', async () => {
  await serve(() => new Promise(() => undefined))
  const question = { homeFolder: home, request: { name: 'status', args: null }, timeoutMs: 20 }
  expect(await askControl(question)).toMatchObject({ kind: 'failed', code: 'home-in-use' })
})

test('says what stands in its place where that cannot be removed', async () => {
  const { path } = await controlAddress(home)
  mkdirSync(join(path, 'something'), { recursive: true })
  await expect(serve(echo)).rejects.toMatchObject({ name: 'AppError', file: path })
})

test('refuses a message of more than 1 MiB, in either direction, and goes on serving', async () => {
  const { path } = await controlAddress(home)
  await serve(({ name }) => Promise.resolve(name === 'long' ? 'x'.repeat(1_100_000) : 'short'))
  expect(await ask('short', 'x'.repeat(1_100_000))).toMatchObject({ kind: 'failed', code: 'bad-usage' })
  expect(await ask('long')).toMatchObject({ kind: 'failed', code: 'internal' })
  expect(await rawly(path, 'x'.repeat(1_100_000))).toMatchObject({ kind: 'failed', code: 'bad-usage' })
  expect(await ask('short')).toEqual({ kind: 'answer', value: 'short' })
})

test.each([['not JSON at all'], ['null'], ['{"args":{}}'], ['{"name":7}']])(
  'refuses a line that is no request: %s',
  async line => {
    await serve(echo)
    const { path } = await controlAddress(home)
    expect(await rawly(path, `${line}\n`)).toMatchObject({ kind: 'failed', code: 'bad-usage' })
  },
)

test('meets outside a home whose path is too long, by whatever name the home goes', async () => {
  const long = join(home, 'a'.repeat(60), 'b'.repeat(60))
  mkdirSync(long, { recursive: true })
  symlinkSync(long, join(home, 'short'))
  await serve(({ args }) => Promise.resolve(args), long)
  const { path, folder } = await controlAddress(long)
  cleanups.push(() => {
    rmSync(folder ?? '', { recursive: true, force: true })
  })
  expect(Buffer.byteLength(path)).toBeLessThanOrEqual(100)
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
  const request = { name: 'echo', args: 'here' }
  expect(await askControl({ homeFolder: join(home, 'short'), request })).toEqual({
    kind: 'answer',
    value: 'here',
  })
})

test('neither listens in nor asks through a folder that is a link', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'musette-elsewhere-'))
  cleanups.push(() => {
    rmSync(elsewhere, { recursive: true, force: true })
  })
  const { folder } = await controlAddress(home)
  symlinkSync(elsewhere, folder ?? '')
  await expect(serveControl({ homeFolder: home, handle: echo })).rejects.toMatchObject({
    code: 'folder-refused',
  })
  expect(await ask('status')).toEqual(nobody)
})

test('uses a pipe named after the home on Windows', async () => {
  const { path, folder } = await controlAddress(home, 'win32')
  expect([path.replace(/[0-9a-f]{32}$/, 'HASH'), folder]).toEqual(['\\\\.\\pipe\\musette-HASH', null])
})

/** Sends text past the client, as a stranger might, and reads the one line that comes back. */
async function rawly(path: string, text: string): Promise<unknown> {
  const socket = createConnection(path)
  socket.on('error', () => undefined)
  socket.write(text)
  for await (const line of createInterface({ input: socket })) return JSON.parse(line)
  return null
}
