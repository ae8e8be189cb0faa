import { activityStates, type ActivityState } from '../../../shared/states.ts'
import type { FileFilter } from '../../../shared/window-data.ts'
import { activitiesText } from '../../text/activities.ts'
import { stateWords } from '../../text/states.ts'

/** What can be picked in a list of choices. */
export interface Choice {
  readonly value: string
  readonly label: string
}

const groups: Readonly<Record<keyof typeof activitiesText.stateGroups, readonly ActivityState[]>> = {
  needsYou: ['held', 'rejected'],
  underway: ['waiting', 'queued', 'uploading', 'retrying'],
  done: ['uploaded', 'alreadyThere'],
  left: ['tooOld', 'ignored', 'notActivity'],
}
const groupNames = Object.keys(groups) as (keyof typeof groups)[] // its own keys

export const groupChoices: readonly Choice[] = groupNames.map(name => ({
  value: groups[name].join(' '),
  label: activitiesText.stateGroups[name],
}))
export const stateChoices: readonly Choice[] = activityStates.map(state => ({
  value: state,
  label: stateWords[state],
}))

/** The states that a choice stands for; none for any. */
export function statesOf(value: string): readonly ActivityState[] {
  return activityStates.filter(state => value.split(' ').includes(state))
}

/** The choice that stands for these states; empty for any. */
export function choiceOf(states: readonly ActivityState[]): string {
  const isSame = (value: string): boolean => {
    const of = statesOf(value)
    return of.length === states.length && of.every(state => states.includes(state))
  }
  return [...groupChoices, ...stateChoices].find(choice => isSame(choice.value))?.value ?? ''
}

export function statesLabel(states: readonly ActivityState[]): string {
  const value = choiceOf(states)
  const known = [...groupChoices, ...stateChoices].find(choice => choice.value === value)
  return known?.label ?? states.map(state => stateWords[state]).join(', ')
}

export type DateRange = Pick<FileFilter, 'from' | 'to'>
export type DateChoice = keyof typeof activitiesText.dates

/** The local dates that a choice means today; null for the one where the user names them. */
export function datesOf(choice: DateChoice, nowMs: number): DateRange | null {
  switch (choice) {
    case 'today':
      return { from: localDate(nowMs, 0), to: localDate(nowMs, 0) }
    case 'week':
      return { from: localDate(nowMs, -6), to: null }
    case 'month':
      return { from: localDate(nowMs, -29), to: null }
    case 'year':
      return { from: `${new Date(nowMs).getFullYear()}-01-01`, to: null }
    case 'range':
      return null
  }
}

/** So many days from today, here. */
export function localDate(nowMs: number, days: number): string {
  const now = new Date(nowMs)
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
