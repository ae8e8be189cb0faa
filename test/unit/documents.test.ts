import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { reasonCodes } from '../../shared/reasons.ts'
import { activityStates } from '../../shared/states.ts'
import { plantedBugs } from '../sim/planted/bugs.ts'
import { recorders } from '../sim/recorders/all.ts'
import { faultNames } from '../sim/service/fault-windows.ts'
import { allSteps } from '../torture/steps.ts'

const root = join(import.meta.dirname, '..', '..')
const text = (name: string): string => readFileSync(join(root, name), 'utf8')
const architecture = text('ARCHITECTURE.md')

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const manifest = JSON.parse(text('package.json')) as Manifest // our own file
const packages = Object.entries({
  ...manifest.dependencies,
  ...manifest.devDependencies,
  ...manifest.optionalDependencies,
})

describe('ARCHITECTURE.md', () => {
  test('lists every reason code', () => {
    expect(reasonCodes.filter(code => !architecture.includes(`\`${code}\``))).toEqual([])
  })

  test('names every state', () => {
    expect(activityStates.filter(state => !architecture.includes(state))).toEqual([])
  })

  test('gives a reason for every package', () => {
    const isNamed = (name: string): boolean =>
      architecture.includes(`\`${name}\``) ||
      (name.startsWith('@types/') && architecture.includes('`@types/*`')) ||
      (name.startsWith('node-') && architecture.includes(`-${name.split('-').slice(2).join('-')}\``)) ||
      (name === '@eslint/js' && architecture.includes('`eslint`'))
    expect(packages.map(([name]) => name).filter(name => !isNamed(name))).toEqual([])
  })
})

describe('RELIABILITY.md', () => {
  const reliability = text('RELIABILITY.md').replaceAll(/\s+/g, ' ')
  const missing = (names: readonly string[]): readonly string[] =>
    names.filter(name => !reliability.includes(name.replaceAll(/\s+/g, ' ')))

  test('names every recorder and every fault of the simulation', () => {
    expect(missing(Object.values(recorders).map(recorder => recorder.name))).toEqual([])
    expect(missing(faultNames.map(name => `\`${name}\``))).toEqual([])
  })

  test('names every planted bug', () => {
    expect(missing(plantedBugs.map(bug => bug.name))).toEqual([])
  })

  test('names every step at which the app is killed', () => {
    expect(missing(allSteps)).toEqual([])
  })

  test('cites tests that exist', () => {
    const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    const cited = [...reliability.matchAll(/`([\w./-]+\.test\.ts)`/g)].map(([, name]) => name ?? '')
    expect(cited.length).toBeGreaterThan(20)
    const isThere = (name: string): boolean =>
      files.some(file => `test/${file}` === name || file.endsWith(`/${name}`))
    expect(cited.filter(name => !isThere(name))).toEqual([])
  })
})

describe('package.json and its lock file', () => {
  test('pin every version exactly', () => {
    const isExact = (version: string): boolean => /^(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+$/.test(version)
    expect(packages.filter(([, version]) => !isExact(version))).toEqual([])
  })

  test('name no registry host', () => {
    expect(text('package-lock.json').match(/"resolved":\s*"https?:/g)).toBeNull()
  })
})
