import { changeSource } from '../../sync/folders/manage-sources.ts'
import { changeTrainer } from '../../sync/folders/manage-trainers.ts'
import { readWorkouts } from '../../sync/workouts/calendar-view.ts'
import type { HandlersOf } from '../handle-requests.ts'

/** The calendar, and changes of the folders it and the rides go by. */
export const planAsks: HandlersOf<'listWorkouts' | 'changeTrainer' | 'changeSource'> = {
  listWorkouts: ({ parts }) => {
    const { ledger, settings, clock } = parts
    return Promise.resolve(
      readWorkouts({
        db: ledger.db,
        settings: settings.current(),
        nowMs: clock.now(),
        timeZone: ledger.meta.read('athlete-time-zone') ?? clock.timeZone(),
      }),
    )
  },
  changeTrainer: async (host, { id, change }) => {
    await host.parts.foldersTurn.take(() => changeTrainer(host.parts, id, change))
    host.wake()
    return null
  },
  changeSource: async (host, { id, change }) => {
    await host.parts.foldersTurn.take(() => changeSource(host.parts, id, change))
    host.wake()
    return null
  },
}
