import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The built command line, copied: whatever is built meanwhile, this one stays. */
export interface Program {
  /** The file to start. */
  readonly launcher: string
  remove(): void
}

/** A text in the built files that is replaced, to see whether anybody notices. */
export interface Fault {
  readonly name: string
  readonly from: string
  readonly to: string
}

/** Copies the built command line, with faults put in. Throws where the text of a fault is not there exactly once. */
export function copyProgram(faults: readonly Fault[] = []): Program {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'musette-program-')))
  mkdirSync(join(root, 'electron'))
  cpSync(resolve('electron/musette.mjs'), join(root, 'electron/musette.mjs'))
  cpSync(resolve('package.json'), join(root, 'package.json'))
  cpSync(resolve('dist/headless'), join(root, 'dist/headless'), {
    recursive: true,
    filter: path => !path.endsWith('.map'),
  })
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'))
  for (const fault of faults) plant(join(root, 'dist/headless'), fault)
  return {
    launcher: join(root, 'electron/musette.mjs'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

function plant(folder: string, fault: Fault): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.js'),
  )
  let planted = 0
  for (const name of files) {
    const path = join(folder, name)
    const [before, ...after] = readFileSync(path, 'utf8').split(fault.from)
    if (after.length === 0) continue
    planted += after.length
    writeFileSync(path, [before, ...after].join(fault.to))
  }
  if (planted !== 1) throw new Error(`"${fault.name}" fits ${planted} places, not one`)
}
