import { expect, test } from 'vitest'
import { hiddenName, hideNamesInLog, redactor } from '../../../../electron/host/help/redact.ts'

const nothing = { secrets: [], userHome: '', folders: [] }

test('takes out secrets, the user’s home and the folders, wherever they stand', () => {
  const redact = redactor({
    secrets: ['s3cret', null, ''],
    userHome: '/home/ada',
    folders: ['/home/ada/Rides'],
  })
  expect(redact('/home/ada/Rides/a.fit for s3cret (s3cret), log in /home/ada/.config')).toBe(
    '<folder 37786041>/a.fit for <redacted> (<redacted>), log in <user>/.config',
  )
})

test('a folder inside another is named by itself, not by what is left of it', () => {
  const redact = redactor({ ...nothing, folders: ['/data', '/data/rides'] })
  const [outer, inner] = [redact('/data'), redact('/data/rides')]
  expect([outer, inner].every(text => /^<folder [0-9a-f]{8}>$/.test(text))).toBe(true)
  expect(outer).not.toBe(inner)
})

test('finds a Windows path inside JSON too, where its backslashes are doubled', () => {
  const home = String.raw`C:\Users\Ada`
  const redact = redactor({ ...nothing, userHome: home })
  expect(redact(JSON.stringify({ file: `${home}\\ride.fit` }))).toBe(String.raw`{"file":"<user>\\ride.fit"}`)
})

test('leaves everything else as it is, also with a home of one letter or none', () => {
  expect(redactor({ ...nothing, userHome: '/' })('/rides/a.fit')).toBe('/rides/a.fit')
  expect(redactor(nothing)('/rides/a.fit')).toBe('/rides/a.fit')
})

test.each([
  ['/rides/Ada in Rome.FIT', /^<file [0-9a-f]{8}\.fit>$/],
  ['/rides/run.fit.gz', /^<file [0-9a-f]{8}\.fit\.gz>$/],
  ['/rides/noending', /^<file [0-9a-f]{8}>$/],
])('hides the name %s and keeps its endings', (path, shape) => {
  expect(hiddenName(path)).toMatch(shape)
})

test('the same file has the same hidden name, another has another', () => {
  expect(hiddenName('/a/b.fit')).toBe(hiddenName('/a/b.fit'))
  expect(hiddenName('/a/c.fit')).not.toBe(hiddenName('/a/b.fit'))
})

test('hides names in a log at any depth, and leaves out lines that are none', () => {
  const log = [
    '{"message":"sent","file":"/a/b.fit","more":{"folder":"/a"}}',
    'half a li',
    '{"file":null}',
    '',
  ]
  expect(hideNamesInLog(log.join('\n'))).toBe(
    `{"message":"sent","file":"${hiddenName('/a/b.fit')}","more":{"folder":"${hiddenName('/a')}"}}\n{"file":null}`,
  )
})
