import { differences } from './differences.ts'
import type { Facts } from './differences.ts'
import { toned, wrap } from './page.ts'
import type { PageStyle, Tone } from './page.ts'
import type { ActivityState } from '../../shared/states.ts'
import type { FileEntry } from '../../shared/reports.ts'

const words: Readonly<Record<ActivityState, readonly [mark: string, tone: Tone, text: string]>> = {
  uploaded: ['↑', 'ok', 'sent'],
  alreadyThere: ['=', 'ok', 'already there'],
  waiting: ['…', 'wait', 'waiting'],
  queued: ['…', 'wait', 'queued'],
  uploading: ['…', 'wait', 'on its way'],
  retrying: ['…', 'wait', 'to be tried again'],
  held: ['!', 'wait', 'held for you'],
  rejected: ['!', 'bad', 'refused'],
  notActivity: ['-', 'quiet', 'not a ride'],
  tooOld: ['-', 'quiet', 'from before'],
  ignored: ['-', 'quiet', 'ignored'],
}

/** Where the demo speaks and where what went wrong is gathered. No line of it ever holds the key. */
export class Stage {
  readonly style: PageStyle
  readonly #write: (line: string) => void
  readonly #secret: string
  readonly #failures: string[] = []

  constructor(style: PageStyle, secret: string, write: (line: string) => void) {
    this.style = style
    this.#secret = secret
    this.#write = write
  }

  get failures(): readonly string[] {
    return this.#failures
  }

  say(line = ''): void {
    if (line.includes(this.#secret)) {
      this.fail('The key was about to be shown.')
      return
    }
    this.#write(line)
  }

  /** A heading, and under it what is about to happen. */
  scene(title: string, text: string): void {
    this.say()
    this.say(toned(this.style, 'strong', title))
    this.paragraph(text)
  }

  /** Text over as many lines as it takes, set in by two. */
  paragraph(text: string, tone: Tone | null = null): void {
    for (const line of wrap(text, this.style.columns - 4)) {
      this.say(`  ${tone === null ? line : toned(this.style, tone, line)}`)
    }
  }

  /** A label, and beside it a text over as many lines as it takes. */
  entry(label: string, width: number, text: string): void {
    const lines = wrap(text, this.style.columns - width - 4)
    for (const [index, line] of lines.entries()) {
      this.say(`  ${(index === 0 ? label : '').padEnd(width)}${toned(this.style, 'quiet', line)}`)
    }
  }

  /** A file: its mark, state and name, and under it what it is and the reason in Musette's own words. */
  file(name: string, what: string, found: Pick<FileEntry, 'state' | 'reason'>): void {
    const [mark, tone, state] = words[found.state]
    this.say(`  ${toned(this.style, tone, `${mark} ${state.padEnd(14)}`)}${name}`)
    this.entry('', 16, `${what.slice(0, 1).toUpperCase()}${what.slice(1)}. ${found.reason}`)
  }

  fail(sentence: string): void {
    this.#failures.push(sentence)
  }

  /** Notes every difference between what should be and what is. */
  expect(what: string, expected: Facts, actual: Facts): void {
    this.#failures.push(...differences(what, expected, actual))
  }
}
