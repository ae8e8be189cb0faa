import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readReplyBody } from '../../../electron/intervals/reply-body.ts'

const plain = Buffer.from('{"a":"é"}'.repeat(20))

// eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
async function* inPieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
}

describe('a reply’s body', () => {
  test.each([
    ['nothing', null, plain],
    ['identity', 'identity', plain],
    ['gzip', 'GZip', gzipSync(plain)],
    ['x-gzip', 'x-gzip', gzipSync(plain)],
    ['brotli', 'br', brotliCompressSync(plain)],
    ['zlib', 'deflate', deflateSync(plain)],
    ['a bare deflate stream', 'deflate', deflateRawSync(plain)],
  ])('packed with %s is unpacked', async (_, encoding, bytes) => {
    const content = await readReplyBody(inPieces(bytes), encoding, 1000)
    expect(content.kind === 'read' ? Buffer.from(content.bytes).toString() : content).toBe(plain.toString())
  })

  test.each([
    ['too long', null, plain, 100, 'the reply is too large'],
    ['too long once unpacked', 'gzip', gzipSync(plain), 100, 'the reply cannot be unpacked'],
    ['garbled', 'gzip', plain, 1000, 'the reply cannot be unpacked'],
    ['cut', 'gzip', gzipSync(plain).subarray(0, -4), 1000, 'the reply cannot be unpacked'],
    ['packed twice', 'gzip, br', plain, 1000, 'the reply is packed in an unknown way'],
  ])('that is %s is unreadable', async (_, encoding, bytes, cap, why) => {
    expect(await readReplyBody(inPieces(bytes), encoding, cap)).toMatchObject({ kind: 'unreadable', why })
  })

  test('of exactly the cap is read', async () => {
    expect(await readReplyBody(inPieces(gzipSync(plain)), 'gzip', plain.length)).toMatchObject({
      kind: 'read',
    })
  })
})
