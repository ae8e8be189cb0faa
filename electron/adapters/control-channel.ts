import { chmod, rm } from 'node:fs/promises'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { AppError } from '../../shared/app-error.ts'
import { controlAddress, isOurFolder, makePrivateFolder } from './control-address.ts'
import { diskError } from './disk-errors.ts'
import { encodeMessage, MAX_MESSAGE_BYTES, readMessages } from './control-messages.ts'

/** What one Musette asks of the one that holds the home. */
export interface ControlRequest {
  readonly name: string
  readonly args: unknown
}

export interface ControlServerOptions {
  readonly homeFolder: string
  /**
   * Answers one request with something JSON can carry. An AppError reaches the asker as its code, message and file.
   * The signal aborts when the asker has gone or the server closes.
   */
  readonly handle: (request: ControlRequest, signal: AbortSignal) => Promise<unknown>
}

export interface ControlServer {
  /** Stops listening, aborts what is being handled and cuts the connections. */
  close(): Promise<void>
}

export interface ControlQuestion {
  readonly homeFolder: string
  readonly request: ControlRequest
  /** How long to wait for the answer, in ms; without it for as long as the other side lives. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/**
 * `code` is an ErrorCode, or `internal` for a bug in the process asked. `nobody`: none is listening, or the one
 * asked died before it answered, in which case the work may or may not have been done.
 */
export type ControlReply =
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly file: string | null }
  | { readonly kind: 'nobody' }

/**
 * Listens for other processes of this user that want something of this home: a socket in a folder only its owner
 * can enter, or a named pipe on Windows. Only for the holder of the home's lock: what a dead process left there is
 * removed. Throws AppError `folder-refused` when the folder is somebody else's, `disk-error` when listening fails, and
 * what stands in the way of removing.
 */
export async function serveControl({ homeFolder, handle }: ControlServerOptions): Promise<ControlServer> {
  const address = await controlAddress(homeFolder)
  if (address.folder !== null) {
    await makePrivateFolder(address.folder)
    await rm(address.path, { force: true }).catch((error: unknown) => {
      throw diskError(error, address.path)
    })
  }
  const closing = new AbortController()
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serveSocket(socket, handle, closing.signal)
  })
  await listening(server, address.path)
  // Its folder is what keeps others out; some file systems give a socket no mode of its own.
  if (address.folder !== null) await chmod(address.path, 0o600).catch(() => undefined)
  return {
    close: async () => {
      closing.abort()
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Asks the process that holds the home. Rejects only with the signal's reason, when that aborts. */
export async function askControl(question: ControlQuestion): Promise<ControlReply> {
  question.signal?.throwIfAborted()
  const address = await controlAddress(question.homeFolder)
  if (address.folder !== null && !(await isOurFolder(address.folder))) return { kind: 'nobody' }
  const line = encodeMessage(question.request)
  if (line === null) {
    return { kind: 'failed', code: 'bad-usage', message: 'The request is too long.', file: null }
  }
  return new Promise((resolve, reject) => {
    const socket = createConnection(address.path)
    const { signal, timeoutMs } = question
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      socket.destroy()
      finish()
    }
    const end = (reply: ControlReply) => settle(() => resolve(reply))
    // The reason is whatever the caller gave to abort().
    const onAbort = () => settle(() => reject(signal?.reason as Error))
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(
            () => end(failed('home-in-use', 'The running Musette did not answer in time.')),
            timeoutMs,
          )
    signal?.addEventListener('abort', onAbort)
    // Refused, reset and gone all say the same: nobody there to answer.
    socket.on('error', () => end({ kind: 'nobody' }))
    socket.on('close', () => end({ kind: 'nobody' }))
    readMessages(socket, {
      message: message => end(parseReply(message)),
      tooLong: () => end(failed('internal', 'The running Musette gave an answer that is too long.')),
    })
    socket.write(line)
  })
}

function serveSocket(socket: Socket, handle: ControlServerOptions['handle'], closing: AbortSignal) {
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, closing])
  const answer = (reply: unknown) => {
    const line =
      encodeMessage(reply) ?? encodeMessage(failed('internal', 'The answer is too long to be sent.'))
    if (line !== null && !socket.destroyed) socket.end(line)
  }
  let asked = false
  socket.on('error', () => socket.destroy())
  socket.on('close', () => gone.abort())
  readMessages(socket, {
    message: message => {
      // One question a connection: whatever follows is not ours.
      if (asked) return
      asked = true
      void replyTo(message, handle, signal).then(answer)
    },
    tooLong: () => answer(failed('bad-usage', `A request must stay under ${MAX_MESSAGE_BYTES} bytes.`)),
  })
}

/** Never rejects. */
async function replyTo(message: unknown, handle: ControlServerOptions['handle'], signal: AbortSignal) {
  const request = parseRequest(message)
  if (request === null) return failed('bad-usage', 'This is not a request.')
  try {
    return { kind: 'answer', value: (await handle(request, signal)) ?? null }
  } catch (error) {
    return error instanceof AppError
      ? failed(error.code, error.message, error.file)
      : failed('internal', 'The running Musette hit an error of its own.')
  }
}

function failed(code: string, message: string, file: string | null = null): ControlReply {
  return { kind: 'failed', code, message, file }
}

function parseRequest(message: unknown): ControlRequest | null {
  if (typeof message !== 'object' || message === null || !('name' in message)) return null
  if (typeof message.name !== 'string') return null
  return { name: message.name, args: 'args' in message ? message.args : null }
}

function parseReply(message: unknown): ControlReply {
  const fields: Readonly<Record<string, unknown>> =
    typeof message === 'object' && message !== null ? { ...message } : {}
  if (fields['kind'] === 'answer') return { kind: 'answer', value: fields['value'] ?? null }
  const { code, message: words, file } = fields
  return typeof code === 'string' && typeof words === 'string'
    ? failed(code, words, typeof file === 'string' ? file : null)
    : failed('internal', 'The running Musette gave an answer that cannot be read.')
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', cause => {
      const details = { cause, file: path }
      reject(new AppError('disk-error', 'Cannot listen for other Musettes in this home.', 'give-up', details))
    })
    server.listen(path, resolve)
  })
}
