import { expect, test } from 'vitest'
import { shrink } from '../../fuzz/shrink.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const holds = (part: string) => (bytes: Uint8Array) => Promise.resolve(textOf(bytes).includes(part))

test('leaves out what is not needed for the fault', async () => {
  const input = bytesOf(`${'x'.repeat(1000)}<bad>${'y'.repeat(500)}`)
  expect(textOf(await shrink(input, holds('<bad>'), 5000))).toBe('<bad>')
})

test('makes plain what must stay in its place', async () => {
  const fails = (bytes: Uint8Array) => Promise.resolve(bytes.length === 12 && bytes[11] === 0x21)
  expect(textOf(await shrink(bytesOf('hello world!'), fails, 500))).toBe('00000000000!')
})

test('asks no more often than it may, and keeps what still fails', async () => {
  let asked = 0
  const fails = (bytes: Uint8Array) => {
    asked++
    return holds('q')(bytes)
  }
  const small = await shrink(bytesOf(`${'x'.repeat(4000)}q`), fails, 20)
  expect(asked).toBeLessThanOrEqual(20)
  expect(textOf(small)).toContain('q')
  expect(small.length).toBeLessThan(4001)
})
