import { describe, expect, test } from 'vitest'
import { escapeFileName, MultipartFile } from '../../../electron/intervals/multipart.ts'

describe('a file name in form data', () => {
  test.each([
    ['ride.fit', 'ride.fit'],
    ['a"b.fit', 'a%22b.fit'],
    ['a\r\nb.fit', 'a%0D%0Ab.fit'],
    ['50%.fit', '50%.fit'],
    ['Übung 自転車.fit', 'Übung 自転車.fit'],
    ['a\\b.fit', 'a\\b.fit'],
    ['half \ud83d.fit', 'half \ufffd.fit'],
  ])('%j is written as %j', (name, written) => {
    expect(escapeFileName(name)).toBe(written)
  })
})

describe('a form body', () => {
  test('says how much of it was handed over', async () => {
    const file = new MultipartFile(
      {
        fileName: 'a.fit',
        bytes: 3,
        // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
        body: async function* () {
          yield Uint8Array.of(1, 2, 3)
        },
      },
      'edge',
    )
    expect(file.sent).toBe('nothing')
    const stream = file.stream()
    expect(file.sent).toBe('nothing')
    const chunks: Buffer[] = []
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
    expect({ sent: file.sent, failure: file.failure }).toEqual({ sent: 'whole', failure: null })
    expect(Buffer.concat(chunks)).toHaveLength(file.contentLength)
  })

  test('keeps what it handed out when the reader uses its buffer again', async () => {
    const shared = new Uint8Array(2)
    const file = new MultipartFile(
      {
        fileName: 'a.fit',
        bytes: 6,
        // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
        body: async function* () {
          for (const value of [65, 66, 67]) yield shared.fill(value)
        },
      },
      'edge',
    )
    const chunks: Buffer[] = []
    for await (const chunk of file.stream() as AsyncIterable<Buffer>) chunks.push(chunk)
    expect(Buffer.concat(chunks).toString()).toContain('\r\n\r\nAABBCC\r\n--edge--')
  })

  test('does not take the connection’s error for the file’s own', async () => {
    const file = new MultipartFile(
      {
        fileName: 'a.fit',
        bytes: 2e6,
        // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
        body: async function* () {
          for (;;) yield new Uint8Array(1000)
        },
      },
      'edge',
    )
    const stream = file.stream()
    await new Promise(resolve => stream.once('readable', resolve))
    const closed = new Promise(resolve => stream.once('close', resolve))
    stream.destroy(new Error('the line is dead'))
    await closed
    expect({ sent: file.sent, failure: file.failure }).toEqual({ sent: 'some', failure: null })
  })
})
