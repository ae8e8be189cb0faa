import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** A Node to start the launcher with. */
export interface LauncherNode {
  readonly name: string
  readonly path: string
  readonly major: number
}

/** The Node of this run, and the system's where that is another and old enough to matter. */
export function launcherNodes(): readonly LauncherNode[] {
  return ['/usr/bin/node', process.execPath]
    .filter(path => existsSync(path))
    .map(path => {
      const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.trim()
      return { name: `Node ${version}`, path, major: Number(/^v(\d+)/.exec(version)?.[1] ?? 0) }
    })
}

/** A folder laid out as a built checkout, whose program is `source`; null for one that was never built. */
export function launcherProject(
  source: string | null,
  options: { readonly withNode?: boolean } = {},
): string {
  const root = mkdtempSync(join(tmpdir(), 'musette launcher-'))
  mkdirSync(join(root, 'electron'))
  const manifest = { name: 'musette', version: '0.0.0', private: true, type: 'module' }
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ ...manifest, bin: { musette: 'electron/musette.mjs' } }),
  )
  cpSync(resolve('electron/musette.mjs'), join(root, 'electron', 'musette.mjs'))
  if (options.withNode !== false) {
    const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
    mkdirSync(join(root, 'node_modules', name), { recursive: true })
    symlinkSync(dirname(process.execPath), join(root, 'node_modules', name, 'bin'))
  }
  if (source !== null) {
    mkdirSync(join(root, 'dist', 'headless'), { recursive: true })
    writeFileSync(join(root, 'dist', 'headless', 'headless.js'), source)
  }
  return root
}

/** A launcher running; its lines of output are read one at a time. */
export interface Running {
  readonly process: ChildProcessByStdio<Writable, Readable, null>
  /** The next line of standard output; null at its end, which comes once launcher and program have both gone. */
  line(): Promise<string | null>
}

export function startLauncher(node: LauncherNode, root: string, ...args: readonly string[]): Running {
  const child = spawn(node.path, [join(root, 'electron', 'musette.mjs'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    process: child,
    line: async () => {
      const next = await lines.next()
      return next.done === true ? null : next.value
    },
  }
}
