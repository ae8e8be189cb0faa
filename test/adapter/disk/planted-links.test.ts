import { readFileSync, lstatSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settingsFile } from '../../../electron/adapters/settings-file.ts'
import { DesktopStateFile } from '../../../electron/desktop/desktop-state-file.ts'
import { newSettings } from '../../../shared/settings.ts'
import { LogLines } from '../../helpers/log-lines.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

/* Whoever knows the name of a temporary file could have put a link there that leads to another file of ours. */

const kinds: readonly (readonly [string, (path: string) => unknown])[] = [
  ['settings', path => settingsFile(path, newSettings('h')).update(settings => ({ ...settings, nextId: 7 }))],
  ['desktop state', path => new DesktopStateFile(path, new LogLines().log).change({ isStartWanted: true })],
]

test.skipIf(process.platform === 'win32').each(kinds)(
  'a link where the %s are written first leads nothing elsewhere',
  async (_what, write) => {
    const folder = temporaryFolder('musette-planted-')
    const [path, victim] = [join(folder, 'x.json'), join(folder, 'victim')]
    writeFileSync(victim, 'untouched')
    for (const target of [path, `${path}.last-good`]) symlinkSync(victim, `${target}.${process.pid}.tmp`)
    await write(path)
    expect(readFileSync(victim, 'utf8')).toBe('untouched')
    expect([lstatSync(path).isFile(), lstatSync(path).mode & 0o777]).toEqual([true, 0o600])
  },
)
