import { createHash } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodeDisk } from '../../../../electron/adapters/node-disk.ts'
import { statusNow } from '../../../../electron/sync/workouts/workout-folder.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const bytes = '<workout_file/>'
const sha256 = createHash('sha256').update(bytes).digest('hex')

test.each([
  ['the file as it was written', 'ours', (path: string) => writeFileSync(path, bytes)],
  ['a file that was changed', 'changed', (path: string) => writeFileSync(path, `${bytes} `)],
  ['nothing', 'gone', () => undefined],
  ['a folder', 'changed', (path: string) => mkdirSync(path)],
  [
    'a link to the very same bytes',
    'changed',
    (path: string) => {
      writeFileSync(`${path}.elsewhere`, bytes)
      symlinkSync(`${path}.elsewhere`, path)
    },
  ],
])('right before it is replaced or removed, %s is %s', async (_, status, make) => {
  const folder = temporaryFolder('musette-status-')
  make(join(folder, 'a.zwo'))
  expect(await statusNow(nodeDisk(), folder, { fileName: 'a.zwo', sha256, workout: null })).toBe(status)
})
