import { statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchChromium, whyNoWindow } from '../helpers/window/chromium.ts'
import { Camera } from './camera.ts'
import { takeFirstRun, takeSeason } from './scenes.ts'
import { makeStage, type Stage } from './stage.ts'

/*
 * npm run screenshots [-- --all DIR]: pictures of the real window over a real `musette run --ui`, with a made-up season
 * and a stand-in for the service. The chosen ones go to docs/screenshots; with --all, every one also goes to DIR.
 * Ends with 2 where there is no Chromium.
 */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
/** A picture that is to lie in the repository has to be small. */
const mostBytes = 150_000

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const [flag, folder, ...rest] = args
  if (flag !== undefined && (flag !== '--all' || folder === undefined || rest.length > 0))
    return refuse('npm run screenshots [-- --all DIR]')
  const why = whyNoWindow()
  if (why !== null) return refuse(`No pictures: ${why}`)
  process.chdir(root)
  const browser = await launchChromium()
  const allTo = folder === undefined ? null : resolve(folder)
  const camera = new Camera(browser, join(root, 'docs', 'screenshots'), allTo)
  camera.prepare()
  try {
    await onStage(false, stage => takeFirstRun(stage, camera))
    await onStage(true, stage => takeSeason(stage, camera))
  } finally {
    await browser.close()
  }
  const faults = [
    ...camera.complaints.map(complaint => `A page complained: ${complaint}`),
    ...camera.missing.map(name => `Not taken: ${name}`),
    ...camera.taken
      .filter(path => statSync(path).size > mostBytes)
      .map(path => `Larger than ${mostBytes} bytes: ${relative(root, path)}`),
  ]
  for (const fault of faults) console.error(fault)
  console.log(
    `${camera.taken.length} pictures in docs/screenshots${allTo === null ? '' : `, all in ${allTo}`}`,
  )
  return faults.length === 0 ? 0 : 1
}

async function onStage(hasKey: boolean, play: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await makeStage(hasKey)
  try {
    await play(stage)
  } finally {
    await stage.close()
  }
}

function refuse(sentence: string): number {
  console.error(sentence)
  return 2
}
