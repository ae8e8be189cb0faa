import { expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import type { PlannedEvent } from '../../../../electron/sync/ports/intervals-service.ts'
import { crashingPorts, Killed } from '../../../helpers/crashing-ports.ts'
import { counts, ride, today, WorkoutHome, zwo } from '../../../helpers/workout-home.ts'

const before = [
  ride('1', 0.5),
  ride('2', 0.5),
  ride('3', 0.5),
  ride('4', 0.5),
  ride('5', 0.5),
  ride('6', 0.5),
]
/** As they are, changed, moved, changed where the user changed ours, gone, and deleted by the user; and one new. */
const after: readonly PlannedEvent[] = [
  ride('1', 0.5),
  ride('2', 0.6),
  ride('3', 0.5, { date: '2026-11-23' }),
  ride('4', 0.6),
  ride('6', 0.5),
  ride('7', 0.7),
]
const userFiles = {
  [`${today} Ride 4.zwo`]: 'changed by the user',
  [`${today} Ride 7.zwo`]: 'put there by the user',
  'mine.zwo': zwo(0.9),
}
const expected = {
  ...userFiles,
  [`${today} Ride 1.zwo`]: zwo(0.5),
  [`${today} Ride 2.zwo`]: zwo(0.6),
  '2026-11-23 Ride 3.zwo': zwo(0.5),
  [`${today} Ride 4 2.zwo`]: zwo(0.6),
  [`${today} Ride 7 2.zwo`]: zwo(0.7),
}

async function homeWithUserFiles(): Promise<WorkoutHome> {
  const home = new WorkoutHome()
  home.calendar.events = before
  await home.pull()
  for (const [name, text] of Object.entries(userFiles)) home.put(name, text)
  await home.disk.remove(home.folder(`${today} Ride 6.zwo`))
  await home.pull()
  home.calendar.events = after
  return home
}

/** Dies at the n-th effect; answers false when there was no n-th. */
async function dieAt(home: WorkoutHome, effect: number, trainers = [home.trainer()]): Promise<boolean> {
  const ports = crashingPorts(home.disk, home.db, effect)
  try {
    await home.pull({ trainers }, ports)
    return false
  } catch (error) {
    if (!(error instanceof Killed)) throw error
    return true
  }
}

test('a pass killed before any of its effects is ended by the next, with one right file an event (P4, P9)', async () => {
  let effect = 0
  for (let died = true; died;) {
    effect += 1
    const home = await homeWithUserFiles()
    try {
      died = await dieAt(home, effect)
      const halfDone = Object.entries(home.files()).filter(([name]) => name.endsWith('.zwo'))
      const known = new Set([...Object.values(userFiles), zwo(0.5), zwo(0.6), zwo(0.7)])
      expect(halfDone.filter(([, text]) => !known.has(text), `died at ${effect}`)).toEqual([])
      await home.pull()
      expect(home.files(), `died at ${effect}`).toEqual(expected)
      expect(counts(await home.pull()), `died at ${effect}`).toEqual([0, 0, 5])
    } finally {
      home.close()
    }
  }
  expect(effect).toBeGreaterThan(40)
})

test('a recovery that is killed itself is ended by the next', async () => {
  let effect = 0
  for (let died = true; died;) {
    effect += 1
    const home = await homeWithUserFiles()
    try {
      // Far enough to have a half-written file, and again a little later each time.
      await dieAt(home, 12)
      died = await dieAt(home, effect)
      await home.pull()
      expect(home.files(), `died again at ${effect}`).toEqual(expected)
    } finally {
      home.close()
    }
  }
  expect(effect).toBeGreaterThan(40)
})

/** Dies right before the first effect on the disk or ledger that leaves `isThen` true. */
async function dieWhen(
  home: WorkoutHome,
  prepare: () => Promise<unknown>,
  isThen: () => boolean,
): Promise<void> {
  for (let effect = 1; ; effect += 1) {
    await prepare()
    if (!(await dieAt(home, effect))) throw new Error('never came to that')
    if (isThen()) return
    await home.pull()
  }
}

const placed = `${today} Ride 1.zwo`

/** A write that was killed right after the file got its name. */
async function dieOncePlaced(home: WorkoutHome, kind: 'library' | 'inbox'): Promise<void> {
  const trainers = [home.trainer({ kind })]
  for (let effect = 1; ; effect += 1) {
    home.calendar.events = []
    await home.pull({ trainers })
    home.calendar.events = [ride('1', 0.5)]
    if (!(await dieAt(home, effect, trainers))) throw new Error('never came to that')
    if (home.files()[placed] === zwo(0.5)) return
  }
}

test('what Zwift saved its own way between a kill and the next start is still ours', async () => {
  const home = new WorkoutHome()
  try {
    await dieOncePlaced(home, 'library')
    home.put(placed, zwo(0.5).replace('Power="0.5"', 'pace="0" Power="0.50000001"'))
    expect(counts(await home.pull())).toEqual([0, 0, 1])
    home.calendar.events = []
    expect(counts(await home.pull())).toEqual([0, 1, 0])
    expect(home.files()).toEqual({})
  } finally {
    home.close()
  }
})

test('what the user made of a file between a kill and the next start is the user’s', async () => {
  const home = new WorkoutHome()
  try {
    await dieOncePlaced(home, 'library')
    home.put(placed, zwo(0.9))
    expect(counts(await home.pull())).toEqual([0, 0, 0])
    home.calendar.events = []
    expect(counts(await home.pull())).toEqual([0, 0, 0])
    expect(home.files()).toEqual({ [placed]: zwo(0.9) })
  } finally {
    home.close()
  }
})

test('what a device took from its inbox between a kill and the next start is not handed over again', async () => {
  const home = new WorkoutHome()
  try {
    await dieOncePlaced(home, 'inbox')
    await home.disk.remove(home.folder(placed))
    expect(counts(await home.pull({ trainers: [home.trainer({ kind: 'inbox' })] }))).toEqual([0, 0, 1])
    expect(home.files()).toEqual({})
  } finally {
    home.close()
  }
})

test('the same bytes at a name that a killed pass never came to are not taken for ours (P9)', async () => {
  const home = new WorkoutHome()
  try {
    home.calendar.events = [ride('1', 0.5)]
    // Right after the intent.
    await dieAt(home, 5)
    expect(home.files()).toEqual({})
    home.put(placed, zwo(0.5))
    expect(counts(await home.pull())).toEqual([0, 0, 1])
    home.calendar.events = []
    expect(counts(await home.pull())).toEqual([0, 0, 0])
    expect(home.files()).toEqual({ [placed]: zwo(0.5) })
  } finally {
    home.close()
  }
})

test('the same bytes from elsewhere, put where a killed pass was going, are not taken for ours (P9)', async () => {
  const home = new WorkoutHome()
  try {
    home.calendar.events = [ride('1', 0.5)]
    const name = `${today} Ride 1.zwo`
    await dieAt(home, 8)
    expect(Object.values(home.files()), 'a whole temporary file').toEqual([zwo(0.5)])
    home.put(name, zwo(0.5))
    expect(counts(await home.pull())).toEqual([0, 0, 1])
    home.calendar.events = []
    expect(counts(await home.pull())).toEqual([0, 0, 0])
    expect(home.files()).toEqual({ [name]: zwo(0.5) })
  } finally {
    home.close()
  }
})

test('a fresh left-over that a lost ledger no longer knows is in nobody’s way', async () => {
  const home = new WorkoutHome()
  try {
    home.calendar.events = [ride('1', 0.5)]
    await dieAt(home, 8)
    home.db.script('DELETE FROM workout_files')
    expect(counts(await home.pull())).toEqual([1, 0, 0])
    expect(home.files()).toEqual({ [`${today} Ride 1.zwo`]: zwo(0.5) })
  } finally {
    home.close()
  }
})

test('a removal that was killed is not taken for the user’s when the event comes back', async () => {
  const home = new WorkoutHome()
  try {
    const withRide = async (): Promise<void> => {
      home.calendar.events = [ride('1', 0.5)]
      await home.pull()
      home.calendar.events = []
    }
    await dieWhen(home, withRide, () => Object.keys(home.files()).length === 0)
    home.calendar.events = [ride('1', 0.5)]
    expect(counts(await home.pull())).toEqual([1, 0, 0])
  } finally {
    home.close()
  }
})

test('a killed pass is ended although the service is away at the next', async () => {
  const home = await homeWithUserFiles()
  try {
    await dieAt(home, 12)
    const temporary = (): readonly string[] => Object.keys(home.files()).filter(name => name.endsWith('.tmp'))
    expect(temporary()).toHaveLength(1)
    home.calendar.failures.set('zwo', new AppError('service-down', 'HTTP 503', 'retry'))
    expect(counts(await home.pull())).toEqual([0, 0, 0])
    expect(temporary()).toEqual([])
  } finally {
    home.close()
  }
})
