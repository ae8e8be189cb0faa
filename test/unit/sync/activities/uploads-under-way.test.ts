import { expect, test } from 'vitest'
import { UploadsUnderWay } from '../../../../electron/sync/activities/uploads-under-way.ts'

const ride = { sha256: 'aa', name: 'a.fit', sourceId: 's1', totalBytes: 6 }

async function* pieces(...sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) {
    await Promise.resolve()
    yield new Uint8Array(size)
  }
}

async function drain(body: AsyncGenerator<Uint8Array>): Promise<void> {
  while ((await body.next()).done !== true);
}

test('a piece counts once the next is asked for', async () => {
  const underWay = new UploadsUnderWay()
  const seen: number[] = []
  underWay.begin(ride)
  for await (const piece of underWay.counted('aa', pieces(2, 3, 1))) {
    seen.push(piece.length, underWay.list[0]?.sentBytes ?? -1)
  }
  expect([seen, underWay.list]).toEqual([[2, 0, 3, 2, 1, 5], [{ ...ride, sentBytes: 6 }]])
})

test('a body that is sent again is counted anew, and one longer than promised not beyond its end', async () => {
  const underWay = new UploadsUnderWay()
  underWay.begin(ride)
  for (const sizes of [[4], [5, 5]]) {
    await drain(underWay.counted('aa', pieces(...sizes)))
  }
  expect(underWay.list[0]?.sentBytes).toBe(6)
})

test('each begin, piece and end is told', async () => {
  const underWay = new UploadsUnderWay()
  let told = 0
  underWay.onChange(() => (told += 1))
  underWay.begin(ride)
  await drain(underWay.counted('aa', pieces(3, 3)))
  underWay.end('aa', true)
  expect([told, underWay.list, underWay.done]).toEqual([4, [], 1])
})

test('only what is over counts as done, until the queue is empty', () => {
  const underWay = new UploadsUnderWay()
  for (const [sha256, isOver] of [
    ['aa', true],
    ['bb', false],
    ['cc', true],
  ] as const) {
    underWay.begin({ ...ride, sha256 })
    underWay.end(sha256, isOver)
  }
  underWay.end('dd', true)
  const before = underWay.done
  underWay.endBatch()
  expect([before, underWay.done]).toEqual([2, 0])
})
