import { render, screen, within } from '@testing-library/svelte'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import App from '../../../renderer/App.svelte'
import { firstRunText } from '../../../renderer/text/first-run.ts'
import type { AppSnapshot } from '../../../shared/app-snapshot.ts'
import { defaultPreferences } from '../../../shared/preferences.ts'
import { foundOf, previewOf } from '../../helpers/window/folders.ts'
import { snapshotOf } from '../../helpers/window/snapshots.ts'
import { FakeBridge } from './fake-bridge.ts'

type Answers = NonNullable<ConstructorParameters<typeof FakeBridge>[1]>
type Asked = readonly (readonly unknown[])[]

/** What is found on the computer of the guide's tests. */
export const zwift = foundOf()
export const edge = foundOf({ app: 'Edge 530', folder: '/media/GARMIN/Activities' })
export const workouts = foundOf({
  kind: 'trainer',
  app: 'Zwift (991)',
  folder: '/zwift/Workouts/991',
  format: 'zwo',
})

/** What the guide asks last. */
export const done = ['changePreferences', { isFirstRunDone: true }] as const

export interface OpenGuide {
  readonly bridge: FakeBridge
  readonly user: UserEvent
  /** The requests of these names, with their arguments, in order. */
  readonly asked: (...names: readonly string[]) => Asked
  /** What was changed for good, in order. */
  readonly changes: () => Asked
  readonly press: (name: string) => Promise<void>
  /** Jumps to a step. */
  readonly step: (name: keyof typeof firstRunText.steps) => Promise<void>
  readonly tickFolder: (name: RegExp) => Promise<void>
}

/** The window at its first start, over a host that shows `some`. */
export async function openGuide(some: Partial<AppSnapshot> = {}, answers: Answers = {}): Promise<OpenGuide> {
  const user = userEvent.setup()
  const bridge = new FakeBridge(snapshotOf({ preferences: { ...defaultPreferences }, ...some }), {
    discoverFolders: () => [zwift, edge, workouts],
    previewFolder: folder => previewOf({ folder }),
    addSource: () => 's1',
    addTrainer: () => 't1',
    setStartAtLogin: isOn => ({ kind: isOn ? 'on' : 'off' }),
    ...answers,
  })
  render(App, { bridge })
  await screen.findByRole('heading', { level: 1, name: firstRunText.title })
  const asked = (...names: readonly string[]): Asked =>
    bridge.asked.filter(({ name }) => names.includes(name)).map(({ name, args }) => [name, ...args])
  return {
    bridge,
    user,
    asked,
    changes: () => asked('addSource', 'addTrainer', 'setStartAtLogin', 'changePreferences'),
    press: async name => user.click(await screen.findByRole('button', { name })),
    step: name => {
      const steps = within(screen.getByRole('list', { name: firstRunText.stepsLabel }))
      return user.click(steps.getByRole('button', { name: new RegExp(firstRunText.steps[name]) }))
    },
    tickFolder: async name => user.click(await screen.findByRole('checkbox', { name })),
  }
}

/** The heading of a step, once it is there. */
export function atStep(title: string): Promise<HTMLElement> {
  return screen.findByRole('heading', { level: 2, name: new RegExp(`${title.replace('?', '\\?')}$`) })
}
