import type { Headline, HeadlineFacts } from './headline.ts'
import { rides, sentences } from './wording.ts'

interface Folder {
  readonly name: string
  readonly folder: string
  readonly isPaused: boolean
  readonly health: string
}

/** The service's own pace is no trouble of the user's: what waits for it is told as waiting. */
const pace = ['rate-limited', 'budget-spent']

/** A trouble that has no headline of its own. */
const titles: Readonly<Record<string, string>> = {
  forbidden: 'The key may not do everything',
  'archive-damaged': 'An archived copy is damaged',
  'disk-error': 'The disk reported an error',
  'ledger-rebuilt': "Musette's records were rebuilt",
  'settings-restored': 'The settings were restored',
  missing: 'A folder or file is not there',
  unreadable: "A folder or file can't be read",
}

/** Something is wrong, or asks for the user's word; null when nothing does. */
export function attention(facts: HeadlineFacts): Headline | null {
  const found = folderText(facts) ?? needsText(facts) ?? troubleText(facts)
  return found === null ? null : { tone: 'attention', ...found }
}

type Words = Pick<Headline, 'text' | 'detail'>

function folderText(facts: HeadlineFacts): Words | null {
  const folders: readonly Folder[] = [...facts.sources, ...facts.trainers].filter(folder => !folder.isPaused)
  const unreadable = folders.filter(folder => folder.health === 'unreadable')
  const missing = folders.filter(folder => folder.health === 'missing')
  const what =
    unreadable.length > 0
      ? { folders: unreadable, one: "can't be read", many: "can't be read" }
      : { folders: missing, one: 'is not there', many: 'are not there' }
  const [first] = what.folders
  if (first === undefined) return null
  const text =
    what.folders.length === 1
      ? `${first.name}'s folder ${what.one}`
      : `${what.folders.length} folders ${what.many}`
  const told = facts.troubles.find(trouble => trouble.file === first.folder)?.message
  const usual =
    unreadable.length > 0
      ? 'Nothing was changed. Allow Musette to read it.'
      : 'Nothing was changed. Plug it in or mount it, or remove it from Musette.'
  return { text, detail: sentences(told ?? usual, needsText(facts)?.text.concat('.') ?? '') }
}

/** How many files need the user because they can't be read: what needs a look beyond the held and the refused. */
export function unreadableCount({
  counts,
  needsCount,
}: Pick<HeadlineFacts, 'counts' | 'needsCount'>): number {
  return Math.max(0, needsCount - counts.held - counts.rejected)
}

/** `One file can't be read`: for a count above 0. */
export function unreadableText(count: number): string {
  return `${count === 1 ? 'One file' : `${count} files`} can't be read`
}

function needsText(facts: HeadlineFacts): Words | null {
  const { counts, needsCount } = facts
  if (needsCount === 0) return null
  const one = needsCount === 1
  const unreadable = unreadableCount(facts)
  if (unreadable === needsCount) {
    const detail = `${one ? 'It' : 'They'} could not be read or copied. Nothing was changed, and Musette tries again by itself. Everything else goes on.`
    return { text: unreadableText(unreadable), detail }
  }
  if (unreadable > 0) {
    return { text: `${needsCount} files need a look`, detail: 'Nothing is lost. Everything else goes on.' }
  }
  if (counts.rejected === 0) {
    const text = `${rides(needsCount)} ${one ? 'waits' : 'wait'} for your word`
    const kept = one ? 'Kept as it is' : 'Kept as they are'
    return { text, detail: `${kept} until you decide. Everything else goes on.` }
  }
  if (counts.held === 0) {
    const text = `${rides(needsCount)} ${one ? 'was' : 'were'} refused by Intervals.icu`
    return { text, detail: 'Kept safe in the archive. Everything else goes on.' }
  }
  return { text: `${rides(needsCount)} need a look`, detail: 'Nothing is lost. Everything else goes on.' }
}

function troubleText({ troubles }: HeadlineFacts): Words | null {
  const first = troubles.find(trouble => !pace.includes(trouble.code))
  if (first === undefined) return null
  const more = troubles.filter(trouble => !pace.includes(trouble.code)).length - 1
  return {
    text: titles[first.code] ?? 'Something needs a look',
    detail: sentences(first.message, more === 0 ? '' : `And ${more === 1 ? 'one more' : `${more} more`}.`),
  }
}
