import { expect, test } from 'vitest'
import { workoutVersion } from '../../../../electron/formats/workout/workout-version.ts'
import { FitWriter, join } from '../../../helpers/fit-writer.ts'

/** A FIT workout of one step, made at `madeAt` (FIT seconds) by a device with a serial number. */
function fit(madeAt: number, watts: number, littleEndian = true, headerSize: 12 | 14 = 14): Uint8Array {
  const writer = new FitWriter(littleEndian)
  writer.message(0, [
    [0, 'enum', 5],
    [1, 'uint16', 255],
    [3, 'uint32z', madeAt % 1000],
    [4, 'uint32', madeAt],
  ])
  writer.message(27, [
    [4, 'uint32', watts],
    [3, 'uint32', 1],
  ])
  return writer.finish(headerSize)
}

test.each([
  ['little-endian', true, 14],
  ['big-endian', false, 14],
  ['with a short header', true, 12],
] as const)('the moment a FIT file was made is no new version (%s)', (_, littleEndian, header) => {
  const first = workoutVersion('fit', fit(1_000_000_001, 1200, littleEndian, header))
  expect(workoutVersion('fit', fit(1_000_000_777, 1200, littleEndian, header))).toBe(first)
  expect(workoutVersion('fit', fit(1_000_000_001, 1201, littleEndian, header))).not.toBe(first)
})

test('only file_id tells the making of a file', () => {
  const withField4 = (value: number): Uint8Array => {
    const writer = new FitWriter()
    writer.message(27, [[4, 'uint32', value]])
    return writer.finish()
  }
  expect(workoutVersion('fit', withField4(1))).not.toBe(workoutVersion('fit', withField4(2)))
})

test.each([
  ['cut off', (bytes: Uint8Array) => bytes.subarray(0, -1)],
  ['chained', (bytes: Uint8Array) => join([bytes, bytes])],
  ['not FIT', () => new TextEncoder().encode('<workout_file>, not what it should be')],
  ['empty', () => new Uint8Array()],
  ['broken inside', (bytes: Uint8Array) => bytes.map((byte, at) => (at === 14 ? 0x0f : byte))],
])('bytes count as they are when they are %s', (_, change) => {
  const [a, b] = [change(fit(1_000_000_001, 1200)), change(fit(1_000_000_001, 1200))]
  expect(workoutVersion('fit', a)).toBe(workoutVersion('fit', b))
  expect(workoutVersion('fit', a)).toBe(workoutVersion('zwo', a))
})

test('other formats count byte for byte', () => {
  const bytes = fit(1_000_000_001, 1200)
  expect(workoutVersion('zwo', bytes)).not.toBe(workoutVersion('zwo', fit(1_000_000_002, 1200)))
})
