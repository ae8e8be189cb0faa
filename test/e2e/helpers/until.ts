import { setTimeout as sleep } from 'node:timers/promises'

/** Looks every `everyMs` until it is so. Rejects after `guardMs`, which is for what hangs and measures nothing. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  guardMs = 20_000,
  everyMs = 100,
): Promise<void> {
  const deadline = performance.now() + guardMs
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`never came: ${what}`)
    await sleep(everyMs)
  }
}
