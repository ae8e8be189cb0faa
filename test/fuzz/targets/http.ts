import { Readable } from 'node:stream'
import { brotliCompressSync } from 'node:zlib'
import { deflateSync, gzipSync, zlibSync } from 'fflate'
import {
  encodeMessage,
  MAX_MESSAGE_BYTES,
  readMessages,
} from '../../../electron/adapters/control-messages.ts'
import { parseApiOrigin } from '../../../electron/intervals/api-origin.ts'
import { MultipartFile } from '../../../electron/intervals/multipart.ts'
import { readReplyBody } from '../../../electron/intervals/reply-body.ts'
import { parseRetryAfter } from '../../../electron/intervals/retry-after.ts'
import {
  errorOfStatus,
  errorOfUnreadable,
  errorWithoutReply,
} from '../../../electron/intervals/translate-errors.ts'
import { recordingBaseName } from '../../../electron/formats/candidate-name.ts'
import { join } from '../../helpers/fit-writer.ts'
import type { SimRandom } from '../../sim/random.ts'
import { havoc, oddByte } from '../mutate/bytes.ts'
import { oddText } from '../mutate/hostile-texts.ts'
import { inputOf, mutateJson, valueOf } from '../mutate/json.ts'
import { mutateLines } from '../mutate/lines.ts'
import { must, type FuzzTarget } from '../target.ts'
import { orAppError } from './promises.ts'

const nowMs = Date.UTC(2026, 10, 21)
const dayMs = 86_400_000
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The first byte of an input chooses. */
const encodings = ['gzip', 'br', 'deflate', 'identity', ' X-GZIP ', '', 'zstd', 'gzip, br', null] as const
const bodyCap = 64 * 1024

function bodySeeds(): readonly Uint8Array[] {
  const text = bytesOf(JSON.stringify({ id: 'i1', list: Array.from({ length: 300 }, (_, at) => at) }))
  const long = new Uint8Array(100_000)
  return (
    [
      [0, gzipSync(text, { mtime: 0 })],
      [1, brotliCompressSync(text)],
      [2, zlibSync(text)],
      [2, deflateSync(text)],
      [3, text],
      [0, gzipSync(long, { mtime: 0 })],
      [1, brotliCompressSync(long)],
    ] as const
  ).map(([encoding, body]) => join([Uint8Array.of(encoding), body]))
}

async function readBody(input: Uint8Array): Promise<unknown> {
  const encoding = encodings[(input[0] ?? 0) % encodings.length] ?? null
  const body = input.subarray(1)
  // eslint-disable-next-line @typescript-eslint/require-await -- a body comes bit by bit
  const pieces = async function* () {
    for (let at = 0; at < body.length; at += 1000) yield body.subarray(at, at + 1000)
  }
  const read = await readReplyBody(pieces(), encoding, bodyCap)
  if (read.kind === 'unreadable') return read.why
  must(read.bytes.length <= bodyCap, 'a reply is never larger than its cap')
  return read.bytes.length
}

function mutateBody(random: SimRandom, input: Uint8Array, other: Uint8Array): Uint8Array {
  if (random.chance(0.2)) return join([Uint8Array.of(oddByte(random)), input.subarray(1)])
  const changed = havoc(random, input.subarray(1), other.subarray(1))
  if (random.chance(0.3)) return join([Uint8Array.of(0), gzipSync(changed, { mtime: 0 })])
  return join([input.subarray(0, 1), changed])
}

function readErrorReply(value: unknown): unknown {
  const secret = 'S3CR3T-key'
  const facts = { name: 'upload', secrets: [secret, ''] }
  return [200, 302, 400, 401, 403, 404, 408, 413, 422, 425, 429, 500, 503, 999].flatMap(status =>
    (
      [
        [true, 'whole'],
        [true, 'some'],
        [false, 'nothing'],
      ] as const
    ).map(([isUpload, sent]) => {
      const call = { ...facts, isUpload, sent }
      const error = errorOfStatus(call, { status, json: value, isPage: !isUpload, retryAfterMs: null })
      must(!error.message.includes(secret), 'no message holds a secret')
      must(error.message.length < 400 && error.message.isWellFormed(), 'a message is short and whole')
      must(
        !/[\p{Cc}\u2028\u202E]/u.test(error.message),
        'a message is one line without marks that turn it round',
      )
      const unread = errorOfUnreadable(call, { status, isPage: !isUpload }, 'it was cut off', value)
      const silent = errorWithoutReply(call, value)
      must(!isUpload || silent.bodySent, 'a body that was sent may have been taken')
      return [error.code, error.bodySent, unread.code, silent.code]
    }),
  )
}

async function encodeUpload(input: Uint8Array): Promise<unknown> {
  const name = new TextDecoder().decode(input)
  const content = input.subarray(0, 100)
  for (const fileName of [name, `${recordingBaseName(name)}.fit`]) {
    const file = new MultipartFile(
      {
        fileName,
        bytes: content.length,
        // eslint-disable-next-line @typescript-eslint/require-await -- a body comes bit by bit
        body: async function* () {
          yield content
        },
      },
      'BOUNDARY',
    )
    const chunks: Uint8Array[] = []
    for await (const chunk of file.stream()) if (chunk instanceof Uint8Array) chunks.push(chunk)
    const whole = join(chunks)
    must(whole.length === file.contentLength, 'a body is as long as it was said to be')
    const head =
      new TextDecoder().decode(whole.subarray(0, whole.length - content.length)).split('\r\n\r\n')[0] ?? ''
    must(head.split('\r\n').length === 3, 'a name adds no line to the head')
    must((head.match(/"/g) ?? []).length === 4, 'a name ends where its quotes do')
    must(!/[\r\n]/.test(head.replaceAll('\r\n', '')), 'a name brings no line end')
  }
  return null
}

async function readControl(input: Uint8Array): Promise<unknown> {
  const pieces: Buffer[] = []
  for (let at = 0; at < input.length; at += 1 + (input.length % 97))
    pieces.push(Buffer.from(input.subarray(at, at + 1 + (input.length % 97))))
  const told: unknown[] = []
  const stream = Readable.from(pieces)
  readMessages(stream, {
    message: message => void told.push(message ?? 'no JSON'),
    tooLong: () => void told.push('too long'),
  })
  await new Promise(resolve => stream.once('close', resolve))
  must(told.length <= input.length, 'no more messages than bytes')
  for (const message of told) {
    const line = encodeMessage(message)
    must(
      line === null || (line.length <= MAX_MESSAGE_BYTES && line.indexOf(0x0a) === line.length - 1),
      'a message is one line',
    )
  }
  return told
}

export const httpTargets: readonly FuzzTarget[] = [
  {
    name: 'reply-body',
    files: ['electron/intervals/reply-body.ts'],
    seeds: bodySeeds,
    mutate: mutateBody,
    run: readBody,
  },
  {
    name: 'retry-after',
    files: ['electron/intervals/retry-after.ts'],
    seeds: () =>
      [
        '120\n',
        '0.5',
        'Sat, 21 Nov 2026 00:10:00 GMT\nSat, 21 Nov 2026 00:09:00 GMT',
        'Sunday, 06-Nov-94 08:49:37 GMT',
      ].map(bytesOf),
    mutate: mutateLines([
      '120',
      '1e9',
      '99999999999999999999999',
      'Sat, 21 Nov 2026 00:10:00 GMT',
      'Xyz, 99 Foo 9999 99:99:99 GMT',
    ]),
    run: input => {
      const [header = '', date] = new TextDecoder().decode(input).split('\n')
      const waitMs = parseRetryAfter(header, date ?? null, nowMs)
      must(
        waitMs === null || (waitMs >= 0 && waitMs <= dayMs && Number.isFinite(waitMs)),
        'a wait is at most a day',
      )
      return waitMs
    },
  },
  {
    name: 'error-replies',
    files: ['electron/intervals/translate-errors.ts'],
    seeds: () =>
      [{ status: 422, error: 'Name is too long S3CR3T-key' }, { message: 'x' }, 'page'].map(inputOf),
    mutate: mutateJson,
    run: input => readErrorReply(valueOf(input)),
  },
  {
    name: 'multipart',
    files: ['electron/intervals/multipart.ts', 'electron/formats/candidate-name.ts'],
    seeds: () => ['ride.fit', 'Grüße "x"\r\n.tcx', '../../x.gpx.gz'].map(bytesOf),
    mutate: (random, input, other) =>
      random.chance(0.5) ? bytesOf(oddText(random)) : havoc(random, input, other),
    run: encodeUpload,
  },
  {
    name: 'control-messages',
    files: ['electron/adapters/control-messages.ts'],
    seeds: () => [
      bytesOf('{"id":1,"name":"sync"}\n{"id":2,"name":"status","args":{}}\n'),
      bytesOf('\n\nx\n"\\u2028"\n'),
    ],
    mutate: mutateLines(['{"id":1}', '', 'null', '\0', '"\uD800"', '[[[[']),
    run: readControl,
  },
  {
    name: 'api-origin',
    files: ['electron/intervals/api-origin.ts'],
    seeds: () => ['https://intervals.icu', 'http://127.0.0.1:8080/', 'http://[::1]:1'].map(bytesOf),
    mutate: mutateLines([
      'http://',
      'https://',
      'user:pw@',
      '@',
      '/path',
      '?q',
      '#f',
      'localhost',
      '127.1',
      '0x7f.1',
      '\\',
      '%00',
      '。',
      'javascript:',
    ]),
    run: input => {
      const text = new TextDecoder().decode(input)
      const origin = orAppError(['bad-usage'], () => parseApiOrigin(text))
      if (origin === null) return null
      must(
        /^https:\/\/[^/@?#\\]+$|^http:\/\/(?:localhost|\[::1\]|127(?:\.\d+){3})(?::\d+)?$/.test(origin),
        'an origin is a host alone',
      )
      must(parseApiOrigin(origin) === origin, 'an origin is its own')
      return origin
    },
  },
]
