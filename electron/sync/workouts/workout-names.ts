import { createHash } from 'node:crypto'
import type { WorkoutFormat } from '../ports/intervals-service.ts'

/** File systems allow 255, but trainers and FAT tools do not; with the extension. */
const maxNameBytes = 100
const maxIdBytes = 40

/** Letters that do not come apart into a plain letter and an accent. */
const transliterations: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  ø: 'o',
  Ø: 'O',
  œ: 'oe',
  Œ: 'OE',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  '×': 'x',
  '–': '-',
  '—': '-',
  '’': "'",
}

/** The plain ASCII of a text, as far as it has one; the rest is dropped. */
export function plainAscii(text: string): string {
  return Array.from(text.normalize('NFC'), letter => transliterations[letter] ?? letter.normalize('NFKD'))
    .join('')
    .replace(/[^\x20-\x7e]+/g, letters => (/\s/.test(letters) ? ' ' : ''))
}

/**
 * The name of an event's file, `2026-11-22 Threshold 3x8 51820044.zwo`: plain ASCII, at most 100 bytes, the same for the
 * same event, and different for two events, because the id is always in it. It begins with the date, so it is none
 * of the names Windows reserves and is not hidden; it holds no character any file system refuses and no separator.
 * `twin` above 1 gives the names for use beside a file that is not ours.
 */
export function workoutFileName(
  event: { readonly id: string; readonly date: string; readonly name: string },
  format: WorkoutFormat,
  twin = 1,
): string {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(event.date)?.[0] ?? 'undated'
  const tail = ` ${safeId(event.id)}${twin > 1 ? ` ${twin}` : ''}.${format}`
  const room = maxNameBytes - date.length - tail.length - 1
  const words = safeWords(event.name).slice(0, room).trimEnd()
  return words === '' ? `${date}${tail}` : `${date} ${words}${tail}`
}

/** Refused by Windows, or of meaning to a shell; a separator becomes a blank and never part of a path. */
const unsafe = /[<>:"/\\|?*$`%!&;^~#{}[\]]+/g

function safeWords(name: string): string {
  const words = plainAscii(name)
    .replace(unsafe, ' ')
    .replace(/\.{2,}/g, '.')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+/, '')
  // Counted back: a pattern for the end tries each place anew, which takes minutes for a long name of dots and blanks.
  let end = words.length
  while (end > 0 && /[\s.]/.test(words.charAt(end - 1))) end--
  return words.slice(0, end)
}

/** The id as it is where it is plain; else what is left of it, told apart by its hash. */
function safeId(id: string): string {
  const plain = id.replace(/[^A-Za-z0-9_-]/g, '')
  if (plain === id && id !== '' && id.length <= maxIdBytes) return id
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 12)
  return `${plain.slice(0, maxIdBytes - hash.length - 1)}-${hash}`.replace(/^-+/, '')
}
