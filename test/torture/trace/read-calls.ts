/** One system call that has ended, as strace tells of it. Moments are in seconds since 1970. */
export interface Call {
  readonly thread: number
  readonly name: string
  /** As printed; texts and paths are still in strace's hexadecimal form. */
  readonly args: readonly string[]
  /** What it answered; null where the thread died in it. */
  readonly result: string | null
  readonly beganAt: number
}

interface Begun {
  readonly beganAt: number
  readonly name: string
  readonly head: string
}

const line = /^(?:\[pid +)?(\d+)\]? +(\d+\.\d+) (.*)$/
const whole = /^(\w+)\((.*)\) += (.*)$/
const unfinished = /^(\w+)\((.*?),? *<unfinished \.\.\.>$/
const resumed = /^<\.\.\. (\w+) resumed>,? ?(.*)$/

/** Puts together the calls that strace tells of in two lines, because another thread came between. */
export class CallReader {
  readonly #begun = new Map<number, Begun>()

  /** The call that ends with this line of `strace -f -ttt -y -xx`; null where none does. */
  read(text: string): Call | null {
    const [, pid = '', at = '', told = ''] = line.exec(text) ?? []
    const thread = Number(pid)
    const begun = unfinished.exec(told)
    if (begun !== null) {
      const [, name = '', head = ''] = begun
      this.#begun.set(thread, { beganAt: Number(at), name, head })
      return null
    }
    const rest = resumed.exec(told)
    if (rest === null) return callOf(thread, Number(at), told)
    const from = this.#begun.get(thread)
    this.#begun.delete(thread)
    if (from === undefined) return null
    const [, , tail = ''] = rest
    const comma = from.head === '' || tail.startsWith(')') ? '' : ', '
    return callOf(thread, from.beganAt, `${from.name}(${from.head}${comma}${tail}`)
  }
}

function callOf(thread: number, beganAt: number, told: string): Call | null {
  const parts = whole.exec(told)
  if (parts === null) return null
  const [, name = '', args = '', result = ''] = parts
  return {
    ...{ thread, name, beganAt },
    // Within texts and paths all is hexadecimal: no comma there is not one of strace's own.
    args: args === '' ? [] : args.split(', '),
    result: result.startsWith('?') ? null : result,
  }
}

/** The bytes of an argument such as `"\x2f\x74"`; what stands around the quotes is left out. */
export function bytesOf(argument: string): Uint8Array {
  const quoted = /"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?/.exec(argument)
  if (quoted === null) throw new SyntaxError(`no text: ${argument.slice(0, 80)}`)
  if (quoted[2] !== undefined) throw new RangeError('strace has cut a text short')
  return Buffer.from((quoted[1] ?? '').replaceAll('\\x', ''), 'hex')
}

/** The number and, where strace knows it, the path of a descriptor such as `27<\x2f\x74>`. */
export function descriptorOf(argument: string): { readonly number: number; readonly path: string | null } {
  const [, number, path] = /^(-?\w+)(?:<((?:\\x[0-9a-f]{2})*)>)?/.exec(argument) ?? []
  const hex = path?.replaceAll('\\x', '')
  return { number: Number(number), path: hex === undefined ? null : Buffer.from(hex, 'hex').toString('utf8') }
}

/** A path as strace prints it under `-xx`, to be searched for in its lines. */
export function hexOf(path: string): string {
  return Buffer.from(path, 'utf8').toString('hex').replaceAll(/../g, '\\x$&')
}
