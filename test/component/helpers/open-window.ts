import { render, screen } from '@testing-library/svelte'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import App from '../../../renderer/App.svelte'
import type { AppSnapshot } from '../../../shared/app-snapshot.ts'
import { fileRowOf, fileStoryOf } from '../../helpers/window/files.ts'
import { snapshotOf } from '../../helpers/window/snapshots.ts'
import { workoutsOf } from '../../helpers/window/workouts.ts'
import { FakeBridge } from './fake-bridge.ts'

type Answers = NonNullable<ConstructorParameters<typeof FakeBridge>[1]>

/** What pages ask for by themselves, and a host with nothing to show answers. */
const questions = {
  listFiles: () => ({ total: 0, rows: [], sports: [] }),
  getFileStory: fileId => fileStoryOf(fileRowOf(fileId)),
  listWorkouts: () => workoutsOf({ workouts: [] }),
  discoverFolders: () => [],
  examine: () => [],
  readLog: () => [],
} satisfies Answers

/** The whole window over a host that shows `some`, once its pages are there. */
export async function openWindow(
  some: Partial<AppSnapshot> = {},
  answers: Answers = {},
): Promise<{ readonly bridge: FakeBridge; readonly user: UserEvent }> {
  const bridge = new FakeBridge(snapshotOf(some), { ...questions, ...answers })
  render(App, { bridge })
  await screen.findByRole('navigation', { name: 'Pages' })
  return { bridge, user: userEvent.setup() }
}

/** What the host was told to do, in order; questions are left out. */
export function commands(bridge: FakeBridge): readonly string[] {
  return bridge.asked
    .filter(({ name }) => name !== 'getSnapshot' && !Object.hasOwn(questions, name))
    .map(({ name, args }) => `${name}(${args.map(arg => JSON.stringify(arg)).join(', ')})`)
}
