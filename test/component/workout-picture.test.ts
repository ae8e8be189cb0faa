import { render, screen, within } from '@testing-library/svelte'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import WorkoutPicture from '../../renderer/components/WorkoutPicture.svelte'
import MiniPicture from '../../renderer/components/workouts/MiniPicture.svelte'
import type { WorkoutProfile } from '../../shared/workout-profile.ts'
import { profileOf } from '../helpers/window/workouts.ts'

const profile: WorkoutProfile = {
  steps: [
    { kind: 'ramp', durationS: 600, from: 0.4, to: 0.65, cadence: null },
    { kind: 'steady', durationS: 90, from: 0.88, to: 0.88, cadence: 60 },
    { kind: 'free', durationS: 1200, from: null, to: null, cadence: null },
    { kind: 'steady', durationS: 30, from: null, to: null, cadence: null },
  ],
  cues: [
    { atS: 0, text: 'Settle in' },
    { atS: 600, text: 'Big gear' },
    { atS: 1920, text: 'Done' },
  ],
}

const inWords = [
  '10 min 40 % to 65 % · “Settle in”',
  '1 min 30 at 88 %, zone 3, tempo · 60 rpm · “Big gear”',
  '20 min free ride',
  '30 s no power: by feel, heart rate or pace · “Done”',
]

test('says in a table what it draws', () => {
  render(WorkoutPicture, { profile, label: 'Big Gear Grinds' })
  const [head, ...rows] = within(screen.getByRole('table', { name: 'Big Gear Grinds' })).getAllByRole('row')
  const cells = (row: HTMLElement): (string | null)[] => [...row.children].map(cell => cell.textContent)
  expect(head && cells(head)).toEqual(['Step', 'Duration', 'Target', 'Texts'])
  expect(rows.map(cells)).toEqual([
    ['1', '10 min', '40 % to 65 %', 'Settle in'],
    ['2', '1 min 30', 'at 88 %, zone 3, tempo · 60 rpm', 'Big gear'],
    ['3', '20 min', 'free ride', ''],
    ['4', '30 s', 'no power: by feel, heart rate or pace', 'Done'],
  ])
})

test('names each step by keyboard, from the first to the last and not past them', async () => {
  const user = userEvent.setup()
  render(WorkoutPicture, { profile, label: 'Big Gear Grinds' })
  const picture = screen.getByRole('slider', { name: 'Big Gear Grinds' })
  const said = (): string | null => picture.getAttribute('aria-valuetext')
  expect(said()).toBe('4 steps')
  await user.tab()
  expect(document.activeElement).toBe(picture)
  expect(said()).toBe(`Step 1 of 4: ${inWords[0]}`)
  await user.keyboard('{ArrowLeft}')
  expect(picture.getAttribute('aria-valuenow')).toBe('1')
  await user.keyboard('{ArrowRight}')
  expect(said()).toBe(`Step 2 of 4: ${inWords[1]}`)
  expect(screen.getByText(inWords[1] ?? '')).toBeTruthy()
  await user.keyboard('{ArrowRight}')
  expect(said()).toBe(`Step 3 of 4: ${inWords[2]}`)
  await user.keyboard('{End}{ArrowRight}')
  expect(said()).toBe(`Step 4 of 4: ${inWords[3]}`)
  await user.keyboard('{Escape}')
  expect(screen.queryByText(inWords[3] ?? '')).toBeNull()
})

test('draws a step for each, a ramp in the colours of the zones it crosses, and a tick for each text', () => {
  const { container } = render(WorkoutPicture, { profile, label: 'x' })
  const classes = (selector: string): (string | null)[] =>
    [...container.querySelectorAll(selector)].map(path => path.getAttribute('class')?.split(' ')[0] ?? null)
  expect(classes('.step:nth-of-type(1) path')).toEqual(['z1', 'z2'])
  expect(classes('.step:nth-of-type(2) path')).toEqual(['z3', 'gap'])
  expect(classes('.step:nth-of-type(3) path')).toEqual(['free', 'gap'])
  expect(container.querySelectorAll('.cue')).toHaveLength(3)
  expect(container.querySelectorAll('.threshold')).toHaveLength(1)
})

test('draws nothing outside of itself, however hard or short the steps are', () => {
  const { container } = render(WorkoutPicture, {
    profile: profileOf([0, 50], [0.1, 300, 20], [120, 45]),
    label: 'x',
    height: 50,
  })
  const paths = [...container.querySelectorAll('.step path')].map(path => path.getAttribute('d') ?? '')
  expect(paths.length).toBeGreaterThan(5)
  for (const path of paths) {
    const numbers = path.match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? []
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(path).not.toContain('NaN')
  }
})

test.each([
  ['the picture', () => render(WorkoutPicture, { profile, label: 'x' })],
  ['its small sister', () => render(MiniPicture, { profile })],
] as const)('hatches what asks for no power: %s', (_, show) => {
  const { container } = show()
  const pattern = container.querySelector('pattern')
  expect(container.querySelectorAll(`path[fill="url(#${pattern?.id ?? ''})"]`)).toHaveLength(2)
})

test('leaves out the gaps where they would be most of a bar', () => {
  const gaps = (minutes: number): number => {
    const steps = [[60, 60] as const, ...Array.from({ length: 20 }, () => [minutes, 110] as const)]
    const { container } = render(WorkoutPicture, { profile: profileOf(...steps), label: 'x' })
    return container.querySelectorAll('.gap').length
  }
  expect(gaps(10)).toBe(20)
  expect(gaps(0.25)).toBe(0)
})
