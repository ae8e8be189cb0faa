import { execFile } from 'node:child_process'

export interface TrayHostDeps {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
}

const answerWithinMs = 2_000
const watcher = 'org.kde.StatusNotifierWatcher'
const property = 'IsStatusNotifierHostRegistered'

/**
 * Whether a tray would show an icon. Linux desktops without one (plain GNOME) register no StatusNotifierHost; the bus
 * is asked through the tools that desktops bring, and no answer counts as none.
 */
export async function hasTrayHost({ platform, env }: TrayHostDeps): Promise<boolean> {
  switch (platform) {
    case 'win32':
    case 'darwin':
      return true
    default:
      return (await askGdbus(env)) ?? (await askBusctl(env)) ?? false
  }
}

async function askGdbus(env: NodeJS.ProcessEnv): Promise<boolean | null> {
  const target = ['--session', '--dest', watcher, '--object-path', '/StatusNotifierWatcher']
  const method = ['--method', 'org.freedesktop.DBus.Properties.Get', watcher, property]
  const answer = await outputOf('gdbus', ['call', ...target, ...method], env)
  return answer === null ? null : answer.includes('true')
}

async function askBusctl(env: NodeJS.ProcessEnv): Promise<boolean | null> {
  const args = ['--user', 'get-property', watcher, '/StatusNotifierWatcher', watcher, property]
  const answer = await outputOf('busctl', args, env)
  return answer === null ? null : answer.includes('true')
}

/** Null when the tool is not there, fails, or takes too long. */
function outputOf(tool: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | null> {
  return new Promise(resolve => {
    execFile(tool, args, { env, timeout: answerWithinMs, killSignal: 'SIGKILL' }, (error, stdout) => {
      resolve(error === null ? stdout : null)
    })
  })
}
