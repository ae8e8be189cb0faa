import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const rows = readFileSync('docs/security-checklist.md', 'utf8')
  .split('\n')
  .map(line => line.split('|').map(cell => cell.trim()))
  .filter(cells => /^\d+\. /.test(cells[1] ?? ''))
  .map(([, point = '', , held = '', tests = '']) => [point, held, tests] as const)

test('names every point once', () => {
  const numbers = rows.map(([point]) => Number.parseInt(point, 10))
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
})

test.each(rows)('%s: says how it is held, and by tests that are there', (_point, held, tests) => {
  for (const way of held.split(', ')) expect(['option', 'behaviour', 'packaged']).toContain(way)
  const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file)
  expect(files.length).toBeGreaterThan(0)
  expect(files.filter(file => !existsSync(file))).toEqual([])
})

test('every test it names is there', () => {
  const named = readFileSync('docs/security-checklist.md', 'utf8').matchAll(/`(test\/[^`]+)`/g)
  const files = [...named].map(([, file = '']) => file)
  expect(files.length).toBeGreaterThan(40)
  expect(files.filter(file => !existsSync(file))).toEqual([])
})

test("Electron's version is exact", () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Readonly<Record<string, string>>
  } // ours
  expect(manifest.devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
})
