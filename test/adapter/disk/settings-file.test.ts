import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newSettings } from '../../../shared/settings.ts'
import { readSettings, settingsFile, sweepSettings } from '../../../electron/adapters/settings-file.ts'

let root: string
let path: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'musette-settings-'))
  path = join(root, 'settings.json')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const put = (file: string, text: string): string => {
  writeFileSync(file, text)
  return file
}
const withNextId = (nextId: number) => ({ ...newSettings('h'), nextId })
const write = (nextId: number) =>
  settingsFile(path, newSettings('h')).update(settings => ({ ...settings, nextId }))

test('where nothing is, they are fresh, each home with an id of its own', () => {
  const [first, second] = [readSettings(path), readSettings(path)]
  expect(first.isFromLastGood).toBe(false)
  expect(first.settings).toEqual(newSettings(first.settings.homeId))
  expect(first.settings.homeId).not.toBe(second.settings.homeId)
})

test('what was written is read, for its owner only, and no temporary file stays', async () => {
  await write(7)
  expect(readSettings(path)).toEqual({ settings: withNextId(7), isFromLastGood: false })
  expect(readdirSync(root).toSorted()).toEqual(['settings.json', 'settings.json.last-good'])
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('what killed processes left half written is swept, and nothing else', async () => {
  await write(7)
  for (const name of ['settings.json.71.tmp', 'settings.json.last-good.72.tmp', 'other.tmp', 'ledger.sqlite'])
    writeFileSync(join(root, name), '{')
  sweepSettings(path)
  expect(readdirSync(root).toSorted()).toEqual(
    ['ledger.sqlite', 'other.tmp', 'settings.json', 'settings.json.last-good'].toSorted(),
  )
  sweepSettings(join(root, 'not there', 'settings.json'))
})

describe('what is no settings file', () => {
  test.each([
    ['a folder', () => mkdirSync(path)],
    ['a pipe', () => spawnSync('mkfifo', [path])],
    ['a device that never ends', () => symlinkSync('/dev/zero', path)],
    ['larger than any settings', () => truncateSync(put(path, '{'), 1024 ** 3)],
  ])(
    '%s, is damage like any other: nobody waits for it, and the last good copy is taken',
    async (_, make) => {
      await write(7)
      rmSync(path)
      make()
      expect(readSettings(path)).toEqual({ settings: withNextId(7), isFromLastGood: true })
      rmSync(`${path}.last-good`)
      expect(() => readSettings(path)).toThrow(expect.objectContaining({ code: 'settings-damaged' }))
    },
  )

  test('a byte order mark, which some editors add, is no damage', () => {
    put(path, `\uFEFF${JSON.stringify(withNextId(9))}`)
    expect(readSettings(path)).toEqual({ settings: withNextId(9), isFromLastGood: false })
  })
})

test('changes made at once follow each other', async () => {
  const store = settingsFile(path, newSettings('h'))
  const add = () => store.update(settings => ({ ...settings, nextId: settings.nextId + 1 }))
  await Promise.all([add(), add(), add()])
  expect([store.current().nextId, readSettings(path).settings.nextId]).toEqual([4, 4])
})

test('a change that fails leaves everything as it was, and the next one works', async () => {
  const store = settingsFile(path, newSettings('h'))
  await store.update(settings => ({ ...settings, nextId: 2 }))
  const failing = store.update(() => {
    throw new TypeError('a bug')
  })
  await expect(failing).rejects.toThrow('a bug')
  expect(readSettings(path).settings.nextId).toBe(2)
  await store.update(settings => ({ ...settings, nextId: 3 }))
  expect(readSettings(path).settings.nextId).toBe(3)
})

test('a file that cannot be written is said so and not believed', async () => {
  mkdirSync(join(root, 'settings.json'))
  const store = settingsFile(path, newSettings('h'))
  const wanted = store.update(settings => ({ ...settings, nextId: 9 }))
  await expect(wanted).rejects.toMatchObject({ name: 'AppError', file: path })
  expect(store.current().nextId).toBe(1)
})

describe('damaged settings', () => {
  test.each([
    ['cut', (text: string) => text.slice(0, 40)],
    ['empty', () => ''],
    ['of zeros', (text: string) => '\0'.repeat(text.length)],
    ['of another shape', () => '{"version":1}'],
    ['a list', () => '[]'],
  ])('that are %s give way to the last good copy', async (_, harm) => {
    await write(7)
    writeFileSync(path, harm(readFileSync(path, 'utf8')))
    expect(readSettings(path)).toEqual({ settings: withNextId(7), isFromLastGood: true })
  })

  test('that are gone as well', async () => {
    await write(7)
    rmSync(path)
    expect(readSettings(path)).toEqual({ settings: withNextId(7), isFromLastGood: true })
  })

  test('are an error where there is no good copy either', () => {
    writeFileSync(path, '{')
    expect(() => readSettings(path)).toThrow(expect.objectContaining({ code: 'settings-damaged' }))
    writeFileSync(`${path}.last-good`, '{')
    expect(() => readSettings(path)).toThrow(expect.objectContaining({ code: 'settings-damaged' }))
  })

  test('written by a newer Musette are not replaced by an older copy', async () => {
    await write(7)
    writeFileSync(path, '{"version":2,"all":"else"}')
    expect(() => readSettings(path)).toThrow(expect.objectContaining({ code: 'settings-newer' }))
  })
})

test('a last good copy that cannot be written takes nothing from a change that is on the disk', async () => {
  mkdirSync(join(root, 'settings.json.last-good'))
  await write(7)
  expect(readSettings(path)).toEqual({ settings: withNextId(7), isFromLastGood: false })
  expect(readdirSync(root).toSorted()).toEqual(['settings.json', 'settings.json.last-good'])
})
