import { expect, test } from 'vitest'
import { parseCommand } from '../../../electron/headless/command-line.ts'
import type { Command } from '../../../electron/headless/command-line.ts'
import { helpText } from '../../../electron/headless/help.ts'

/** Every command there is, by its kind: the compiler finds one that is missing here. */
const examples: Readonly<Record<Command['kind'], string>> = {
  help: 'help',
  version: 'version',
  connect: 'account connect --api-key -',
  accountShow: 'account show --json',
  disconnect: 'account disconnect',
  sourceAdd: 'source add DIR --backfill 30d --name NAME',
  sourceList: 'source list --json',
  sourceRemove: 'source remove ID',
  sourcePause: 'source pause ID',
  sourceResume: 'source resume ID',
  trainerAdd: 'trainer add DIR --format zwo --days 7 --sports Ride,VirtualRide --name NAME',
  trainerList: 'trainer list --json',
  trainerRemove: 'trainer remove ID',
  sync: 'sync --json',
  run: 'run --ui PORT',
  status: 'status --json',
  files: 'files --state STATE --json',
  why: 'why FILE --json',
  retry: 'retry FILE',
  ignore: 'ignore FILE',
  uploadAnyway: 'upload FILE --anyway',
  doctor: 'doctor --json',
  diagnostics: 'diagnostics OUT.zip',
}

/** The commands in the help as a person would type them, alternatives apart, with every optional part. */
function commandsInHelp(): readonly string[] {
  return helpText
    .split('\n')
    .filter(line => line.startsWith('  musette '))
    .map(line => line.slice('  musette '.length).replace(/ {2,}.*$/, ''))
    .map(usage => usage.replaceAll(/[[\]]/g, '').replaceAll(' | ', '|'))
    .flatMap(usage => {
      // In a command's own words every alternative is a command; in an option's value any of them will do.
      const [command = '', ...options] = usage.split(/ (?=--)/)
      const choices = /\S+\|\S+/.exec(command)?.[0]
      const all =
        choices === undefined ? [command] : choices.split('|').map(one => command.replace(choices, one))
      return all.map(one => [one, ...options.map(option => option.replace(/\|\S+/, ''))].join(' '))
    })
}

/** `STATE` and `PORT` stand for any of them. */
const typed = (usage: string): readonly string[] =>
  usage.replace('STATE', 'held').replace('PORT', '8080').split(' ')

test('names every command there is', () => {
  const named = commandsInHelp().map(usage => parseCommand(typed(usage)).kind)
  expect(named.toSorted()).toEqual(Object.keys(examples).toSorted())
})

test.each(Object.entries(examples))('shows how %s is written', (kind, usage) => {
  expect(parseCommand(typed(usage)).kind).toBe(kind)
  const shown = commandsInHelp().find(line => parseCommand(typed(line)).kind === kind) ?? ''
  const optionsOf = (line: string): readonly string[] => (line.match(/--[a-z-]+/g) ?? []).toSorted()
  expect(optionsOf(shown)).toEqual(optionsOf(usage))
})

test('fits into a terminal of 120 columns', () => {
  expect(helpText.split('\n').filter(line => line.length > 120)).toEqual([])
})
