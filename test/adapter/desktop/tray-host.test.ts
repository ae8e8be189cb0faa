import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { hasTrayHost } from '../../../electron/desktop/tray/tray-host.ts'

/** A folder of programs that stand in for the desktop's tools. */
function tools(scripts: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const folder = temporaryFolder('musette-tools-')
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  return { PATH: folder }
}

const asked = (env: NodeJS.ProcessEnv): Promise<boolean> => hasTrayHost({ platform: 'linux', env })

test.each([
  ['a host is registered', { gdbus: "echo '(<true>,)'" }, true],
  ['a watcher has no host', { gdbus: "echo '(<false>,)'" }, false],
  ['nobody answers', { gdbus: 'exit 1', busctl: 'exit 1' }, false],
  ['only busctl is there, and it says yes', { busctl: "echo 'b true'" }, true],
  ['only busctl is there, and it says no', { busctl: "echo 'b false'" }, false],
  ['there are no tools', {}, false],
  ['a tool hangs', { gdbus: 'while :; do :; done', busctl: "echo 'b true'" }, true],
])('on Linux, when %s', async (_what, scripts, expected) => {
  expect(await asked(tools(scripts))).toBe(expected)
})

test.each(['win32', 'darwin'] as const)('%s always has one', async platform => {
  expect(await hasTrayHost({ platform, env: tools({}) })).toBe(true)
})

const hasBus = spawnSync('dbus-run-session', ['--version']).status === 0
test.skipIf(!hasBus)(
  `a real bus without a tray says no${hasBus ? '' : ' (SKIPPED: no dbus-run-session)'}`,
  () => {
    const module = join(process.cwd(), 'electron', 'desktop', 'tray', 'tray-host.ts')
    const script = `const { hasTrayHost } = await import(${JSON.stringify(module)})
console.log(await hasTrayHost({ platform: 'linux', env: process.env }))`
    const node = [process.execPath, '--input-type=module', '-e', script]
    const { stdout } = spawnSync('dbus-run-session', ['--', ...node], { encoding: 'utf8', timeout: 30_000 })
    expect(stdout.trim()).toBe('false')
  },
)
