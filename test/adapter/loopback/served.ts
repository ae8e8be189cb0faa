import { request, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { createConnection } from 'node:net'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  serveLoopback,
  type LoopbackLimits,
  type LoopbackServer,
} from '../../../electron/adapters/loopback-server.ts'
import { pageHeaders } from '../../../electron/host/window/content-policy.ts'
import { readPage } from '../../../electron/host/window/page-files.ts'
import type { WindowEvent } from '../../../shared/ipc-contract.ts'
import { snapshotOf } from '../../helpers/window/snapshots.ts'

export const token = 'tOken_of-this-test_0123456789abcdefghijklmnop'

/** A real server on a real socket, over a page in a temporary folder. */
export interface Served {
  readonly server: LoopbackServer
  readonly port: number
  /** The page's folder; `secret.html` lies beside it. */
  readonly folder: string
  /** Every request that reached its handler. */
  readonly asked: (readonly [name: string, args: unknown])[]
  readonly logged: string[]
  /** How often a file of the page was asked for. */
  readonly pagesRead: number
  readonly listeners: number
  readonly tell: (event: WindowEvent) => void
  readonly ask: (path: string, options?: AskOptions) => Promise<Reply>
}

export interface AskOptions {
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const open: (() => Promise<void>)[] = []

/** For afterEach. */
export async function closeServed(): Promise<void> {
  for (const close of open.splice(0)) await close()
}

/** `answerAfterMs`: how long an answer to a request of the contract takes. */
export async function served({
  answerAfterMs = 0,
  ...limits
}: Partial<LoopbackLimits> & { readonly answerAfterMs?: number } = {}): Promise<Served> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'musette-loopback-')))
  const folder = join(root, 'renderer')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Musette</title>')
  writeFileSync(join(folder, 'assets', 'app-D_4x-1.js'), 'export {}')
  writeFileSync(join(root, 'secret.html'), 'SECRET')
  writeFileSync(join(folder, '.hidden.html'), 'SECRET')
  writeFileSync(join(folder, 'app.js.map'), 'SECRET')
  const asked: (readonly [string, unknown])[] = []
  const logged: string[] = []
  let pagesRead = 0
  const listeners = new Set<(event: WindowEvent) => void>()
  const server = await serveLoopback({
    ...{ port: 0, token, limits },
    log: (level, message, fields) => void logged.push(JSON.stringify({ level, message, ...fields })),
    answer: async (name, args) => {
      asked.push([name, args])
      if (answerAfterMs > 0) await sleep(answerAfterMs)
      return { kind: 'ok', value: name }
    },
    page: async path => {
      pagesRead += 1
      const file = await readPage(folder, path)
      return { ...file, headers: { ...pageHeaders('self'), ...file.headers } }
    },
    firstEvent: () => ({ kind: 'snapshot', snapshot: snapshotOf({ revision: 1 }) }),
    onEvent: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  })
  open.push(async () => {
    await server.close()
    rmSync(root, { recursive: true, force: true })
  })
  return {
    ...{ server, folder, asked, logged, port: server.port },
    get pagesRead() {
      return pagesRead
    },
    get listeners() {
      return listeners.size
    },
    tell: event => {
      for (const listener of listeners) listener(event)
    },
    ask: async (path, options) => readAll(await send(server.port, path, options)),
  }
}

/** What our own page sends with a request. */
export function pageSends(port: number): OutgoingHttpHeaders {
  return {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    origin: `http://127.0.0.1:${port}`,
    'sec-fetch-site': 'same-origin',
  }
}

/** The headers without some of them. */
export function without<T extends object>(headers: T, ...names: readonly string[]): Partial<T> {
  const left = Object.entries(headers).filter(([name]) => !names.includes(name))
  return Object.fromEntries(left) as Partial<T> // some of its own entries
}

/** Sends a request with exactly this path, as no browser and no URL parser has touched it. */
export function send(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: AskOptions = {},
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, resolve)
    asking.on('error', reject)
    asking.end(body)
  })
}

export async function readAll(message: IncomingMessage): Promise<Reply> {
  let body = ''
  for await (const chunk of message.setEncoding('utf8')) body += String(chunk)
  return { status: message.statusCode ?? 0, headers: message.headers, body }
}

/** Sends raw bytes and answers all that comes back until the connection closes. */
export function sendRaw(port: number, text: string, host = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, host, () => socket.write(text))
    let got = ''
    socket.setEncoding('utf8').on('data', chunk => (got += String(chunk)))
    socket.on('error', reject)
    socket.on('close', () => resolve(got))
  })
}
