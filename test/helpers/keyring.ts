import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

type Environment = Readonly<Record<string, string>>

/** A private D-Bus session with, or without, a real gnome-keyring in it. */
export interface Keyring {
  /** What a child process needs to use this keyring and nothing of the machine's own. */
  readonly env: Environment
  /** Where the keyring keeps its files. */
  readonly folder: string
  /** Locks the collection, as a screen locker may. */
  lock(): void
  /** Ends the daemon with SIGKILL and starts another on the same files; `locked`: without giving the password. */
  restart(state: 'unlocked' | 'locked'): Promise<void>
  stop(): Promise<void>
}

const PASSWORD = 'login password of the test'

/** Why no real keyring can be tested here; null when it can. */
export function keyringMissing(): string | null {
  if (process.platform !== 'linux') return 'the keyring tests need Linux'
  const commands = ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon', 'secret-tool']
  const absent = commands.filter(command => spawnSync('which', [command]).status !== 0)
  if (absent.length > 0) return `not installed: ${absent.join(', ')}`
  const libsecret = spawnSync('sh', ['-c', 'ldconfig -p 2>/dev/null || /sbin/ldconfig -p'], {
    encoding: 'utf8',
  })
  return libsecret.stdout.includes('libsecret-1.so.0') ? null : 'not installed: libsecret'
}

/** Starts a session in a temporary folder. `none` has no keychain service and none that D-Bus could start. */
export async function startKeyring(state: 'unlocked' | 'locked' | 'none' = 'unlocked'): Promise<Keyring> {
  const home = mkdtempSync(join(tmpdir(), 'musette-keyring-'))
  const folder = join(home, 'share')
  for (const name of ['share', 'config', 'cache', 'run']) mkdirSync(join(home, name), { mode: 0o700 })
  const base = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_RUNTIME_DIR: join(home, 'run'),
  }
  const session = await startSession(base, home, state === 'none')
  const env = { ...base, DBUS_SESSION_BUS_ADDRESS: session.address }
  let daemon = state === 'none' ? null : await startDaemon(env, state)

  const end = async () => {
    if (daemon !== null) await ended(daemon, 'SIGKILL')
    daemon = null
  }
  return {
    env,
    folder,
    lock: () => {
      const object = '/org/freedesktop/secrets'
      send(env, object, 'org.freedesktop.Secret.Service.Lock', `array:objpath:${object}/collection/login`)
    },
    restart: async next => {
      await end()
      daemon = await startDaemon(env, next)
    },
    stop: async () => {
      await end()
      // Its end of input ends the session in order; a signal would leave the bus running without it.
      const over = new Promise(resolve => session.process.once('exit', resolve))
      session.process.stdin.end()
      await over
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** A session that lasts as long as its standard input. */
async function startSession(env: Environment, home: string, empty: boolean) {
  const config = join(home, 'bus.conf')
  writeFileSync(config, BUS_WITHOUT_SERVICES)
  const args = empty ? ['--config-file', config] : []
  const script = 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'
  const child = spawn('dbus-run-session', [...args, '--', 'sh', '-c', script], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  for await (const address of createInterface({ input: child.stdout })) return { process: child, address }
  throw new Error('dbus-run-session did not start')
}

async function startDaemon(env: Environment, state: 'unlocked' | 'locked'): Promise<ChildProcess> {
  const args = ['--foreground', '--components=secrets', ...(state === 'unlocked' ? ['--unlock'] : [])]
  const child = spawn('gnome-keyring-daemon', args, { env, stdio: ['pipe', 'ignore', 'ignore'] })
  child.stdin.end(state === 'unlocked' ? PASSWORD : '')
  for (let tries = 0; tries < 200; tries += 1) {
    if (hasOwner(env)) return child
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  throw new Error('gnome-keyring-daemon did not take its name on the bus')
}

function hasOwner(env: Environment): boolean {
  const name = 'string:org.freedesktop.secrets'
  return send(env, '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner', name).includes(
    'boolean true',
  )
}

function send(env: Environment, object: string, member: string, argument: string): string {
  const bus = object.endsWith('/DBus') ? 'org.freedesktop.DBus' : 'org.freedesktop.secrets'
  const args = ['--session', '--print-reply', `--dest=${bus}`, object, member, argument]
  return spawnSync('dbus-send', args, { env, encoding: 'utf8' }).stdout
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise(resolve => child.once('exit', resolve))
  child.kill(signal)
  await exit
}

const BUS_WITHOUT_SERVICES = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
