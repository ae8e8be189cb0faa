import { spawnSync } from 'node:child_process'
import { runCommand } from './run-command.ts'

const PACKAGES = [
  ...['gnome-keyring', 'dbus', 'dbus-x11', 'libsecret-1-0', 'libsecret-tools', 'strace'],
  ...['chromium', 'desktop-file-utils', 'openssl', 'e2fsprogs'],
]
const GUARD_MS = 5 * 60_000

/**
 * Installs what the tests need from the system, when asked to (MUSETTE_TEST_INSTALL=1) and able to (root, on
 * Debian or the like). Answers a line for the terminal, or null. Failing is no failure: the tests concerned skip
 * themselves and say so.
 */
export async function installTools(): Promise<string | null> {
  if (process.env['MUSETTE_TEST_INSTALL'] !== '1') return null
  if (process.getuid?.() !== 0) return 'Nothing installed: not root.'
  const missing = PACKAGES.filter(name => !isInstalled(name))
  if (missing.length === 0) return null
  const install = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`
  const end = await runCommand('sh', ['-c', `export DEBIAN_FRONTEND=noninteractive; ${install}`], GUARD_MS)
  if (end.code === 0) return `Installed ${missing.join(', ')}.`
  const said = end.output.trim().split('\n').slice(-3).join('\n')
  return `Could not install ${missing.join(', ')}:\n${said}`
}

function isInstalled(name: string): boolean {
  const query = spawnSync('dpkg-query', ['-W', '-f=${db:Status-Status}', name], { encoding: 'utf8' })
  return query.status === 0 && query.stdout === 'installed'
}
