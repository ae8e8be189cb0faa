import { createHash } from 'node:crypto'
import type { Recorder, RecorderPlan } from '../../sim/recorder.ts'
import { foundIn, PlainFolder } from './plain-folder.ts'

const settleMs = 10_000

/** In hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Plays a plan in a folder of its own and gathers whatever contradicts what it says of its rides. */
export async function contradictions(recorder: Recorder, plan: RecorderPlan): Promise<readonly string[]> {
  const wrong: string[] = []
  const folder = new PlainFolder()
  const inFolder = new Map<string, readonly string[]>()
  /** Since when unfinished bytes that look whole lie at a path. */
  const early = new Map<string, number>()
  const rides = plan.rides.map(ride => ({ ...ride, sha256: sha256(ride.bytes) }))
  const others = new Set(plan.mayAlsoBeSent.map(sha256))
  let atMs = 0
  const endEarly = (path: string): void => {
    const sinceMs = early.get(path)
    early.delete(path)
    if (sinceMs !== undefined && recorder.looksWhole === 'ten-seconds' && atMs - sinceMs >= settleMs)
      wrong.push(`${path} looks whole for ${atMs - sinceMs} ms`)
  }
  for (const [index, { afterMs, act }] of plan.steps.entries()) {
    atMs += afterMs
    const changed = folder.apply(act)
    for (const path of inFolder.keys()) {
      if (folder.has(path)) continue
      inFolder.delete(path)
      endEarly(path)
    }
    if (changed !== null) {
      endEarly(changed)
      const found = await foundIn(changed, folder.read(changed))
      const activities = found.filter(({ proof }) => proof.kind === 'activity')
      inFolder.set(
        changed,
        activities.map(({ bytes }) => sha256(bytes)),
      )
      for (const { bytes, proof } of activities) {
        const hash = sha256(bytes)
        const ride = rides.find(other => other.sha256 === hash)
        if (ride !== undefined && index < ride.wholeAfterStep) wrong.push(`whole early, at step ${index}`)
        if (ride !== undefined || others.has(hash)) continue
        const isFinal = proof.kind === 'activity' && proof.isFinal
        if (isFinal || recorder.looksWhole === undefined)
          wrong.push(`step ${index} shows another ${isFinal ? 'final ' : ''}ride in ${changed}`)
        early.set(changed, atMs)
      }
    }
    for (const ride of rides) {
      if (ride.wholeAfterStep === index && ride.path !== null) {
        if (!(inFolder.get(ride.path) ?? []).includes(ride.sha256))
          wrong.push(`not whole at ${ride.path} after step ${index}`)
      }
      if (index < ride.wholeAfterStep || ride.path === null) continue
      const isThere = [...inFolder.values()].some(hashes => hashes.includes(ride.sha256))
      const isGone = index >= (ride.goneAfterStep ?? Infinity)
      if (isThere === isGone) wrong.push(`${isThere ? 'still' : 'no longer'} there after step ${index}`)
    }
  }
  // What looks whole and is not may stay so only where telling takes longer anyway.
  if (recorder.looksWhole !== 'later')
    wrong.push(...[...early.keys()].map(path => `${path} looks whole for ever`))
  return wrong
}
