import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { expect, test } from 'vitest'
import { matrix, type Part } from './matrix.ts'
import { renderMatrix } from './render-matrix.ts'
import { faults } from './world/faults.ts'

const path = join(import.meta.dirname, '../../../docs/fault-matrix.md')

test('docs/fault-matrix.md says what the tests play', async () => {
  const options = (await resolveConfig(path)) ?? {}
  expect(readFileSync(path, 'utf8')).toBe(await format(renderMatrix(), { ...options, parser: 'markdown' }))
})

test('every fault has a cell, and no cell is there twice', () => {
  const parts: readonly Part[] = Object.values(matrix)
  const cells = parts.flatMap(part => part.cells)
  expect(Object.keys(faults).filter(name => !cells.some(cell => cell.fault === name))).toEqual([])
  const names = cells.map(cell => `${cell.kind} ${cell.fault}`)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})
