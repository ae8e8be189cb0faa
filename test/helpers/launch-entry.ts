import { spawnSync } from 'node:child_process'

/*
 * Starts a desktop entry as a desktop does: a second reading of the Desktop Entry Specification, made without the code
 * that writes entries.
 */

function value(entry: string, key: string): string {
  const line = entry.split('\n').find(each => each.startsWith(`${key}=`))
  if (line === undefined) throw new Error(`the entry has no ${key}`)
  let text = ''
  const raw = line.slice(key.length + 1)
  for (let at = 0; at < raw.length; at += 1) {
    if (raw[at] !== '\\') {
      text += raw[at] ?? ''
      continue
    }
    at += 1
    const letter = raw[at] ?? ''
    const known = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' }[letter]
    if (known === undefined) throw new Error(`no escape of the format: \\${letter}`)
    text += known
  }
  return text
}

/** The words of an `Exec` line. Throws where the specification leaves its meaning open. */
export function execWords(entry: string): readonly string[] {
  const exec = value(entry, 'Exec')
  const words: string[] = []
  let at = 0
  while (at < exec.length) {
    if (exec[at] === ' ') {
      at += 1
      continue
    }
    const isQuoted = exec[at] === '"'
    if (isQuoted) at += 1
    let word = ''
    for (; at < exec.length && (isQuoted ? exec[at] !== '"' : exec[at] !== ' '); at += 1) {
      const letter = exec[at] ?? ''
      if (!isQuoted && /[\t\n"'\\><~|&;$*?#()`]/.test(letter)) throw new Error(`must be quoted: ${letter}`)
      if (isQuoted && /[`$]/.test(letter)) throw new Error(`must be escaped: ${letter}`)
      const isEscape = isQuoted && letter === '\\'
      if (isEscape) at += 1
      word += isEscape ? (exec[at] ?? '') : letter
    }
    if (isQuoted && exec[at] !== '"') throw new Error('a quote is left open')
    at += 1
    words.push(withoutFieldCodes(word))
  }
  return words
}

function withoutFieldCodes(word: string): string {
  return word.replace(/%(.?)/g, (_all, code: string) => {
    if (code !== '%') throw new Error(`a field code nobody meant: %${code}`)
    return '%'
  })
}

export function tryProgram(entry: string): string {
  return value(entry, 'TryExec')
}

/** Runs the entry's command and waits for its end. */
export function launch(entry: string): { readonly status: number | null } {
  const [program = '', ...args] = execWords(entry)
  return spawnSync(program, args, { env: { PATH: process.env['PATH'] ?? '' }, timeout: 20_000 })
}
