import type { FileEntry } from '../../../shared/reports.ts'
import type { ActivityState } from '../../../shared/states.ts'
import { oneLine } from '../../../shared/plain-words.ts'
import { nodeDisk } from '../../adapters/node-disk.ts'
import type { Context } from '../context.ts'
import { readFiles, readStatus, readStory } from '../../host/read-home.ts'

/** The snapshot the window shows. */
export async function status(context: Context, json: boolean): Promise<number> {
  const report = await readStatus(context.environment.home, nodeDisk())
  if (json) {
    context.io.out(JSON.stringify(report, null, 2))
    return 0
  }
  const { account, counts } = report
  context.io.out(
    account === null ? 'Not connected.' : oneLine(`${account.name ?? account.id} (${account.id})`),
  )
  const told = Object.entries(counts).filter(([, count]) => count > 0)
  context.io.out(
    `State: ${report.state}. ${told.map(([state, count]) => `${count} ${state}`).join(', ') || 'No files yet'}.`,
  )
  context.io.out(`Sources: ${report.sources.length}, trainer folders: ${report.trainers.length}.`)
  if (report.lastSyncAt !== null) context.io.out(`Last sync: ${report.lastSyncAt}`)
  for (const error of report.errors) context.io.err(oneLine(error.message))
  return 0
}

/** Every file known, with state and reason. */
export function files(context: Context, state: ActivityState | null, json: boolean): number {
  const entries = readFiles(context.environment.home, Date.now()).filter(
    entry => state === null || entry.state === state,
  )
  if (json) context.io.out(JSON.stringify(entries, null, 2))
  for (const entry of json ? [] : entries)
    context.io.out(oneLine(`${entry.state.padEnd(12)} ${entry.path}  ${entry.reason}${formerText(entry)}`))
  return 0
}

/** One file's whole story. */
export function why(context: Context, name: string, json: boolean): number {
  const story = readStory(context.environment.home, name, context.workingFolder, Date.now())
  if (json) {
    context.io.out(JSON.stringify(story, null, 2))
    return 0
  }
  for (const line of describe(story)) context.io.out(oneLine(line))
  for (const ride of story.earlier)
    context.io.out(oneLine(`  held before: ${ride.path}  ${ride.state}: ${ride.reason}`))
  for (const line of story.history)
    context.io.out(oneLine(`  ${line.at}  ${line.state.padEnd(12)} ${line.reason}`))
  return 0
}

function describe(entry: FileEntry): readonly string[] {
  return [
    entry.path,
    `  ${entry.state}: ${entry.reason}`,
    ...(entry.sha256 === null ? [] : [`  recording ${entry.sha256}`]),
    ...(entry.startTime === null
      ? []
      : [`  started ${entry.startTime}${entry.sport === null ? '' : `, ${entry.sport}`}`]),
    ...entry.activityIds.map(id => `  activity https://intervals.icu/activities/${id}`),
    ...entry.sameAs.map(path => `  same ride as ${path}`),
    ...entry.formerPaths.map(path => `  was in ${path}`),
    ...(entry.entries ?? []).map(inside => `  holds ${inside.path}: ${inside.state}: ${inside.reason}`),
  ]
}

/** Where an archived copy that stands for a ride came from: its own name says nothing. */
function formerText({ formerPaths }: FileEntry): string {
  return formerPaths.length === 0 ? '' : ` Was in ${formerPaths.join(', ')}.`
}
