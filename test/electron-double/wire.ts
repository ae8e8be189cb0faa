// Messages between the main process and a page. Both ends first make a structured clone, which refuses what Electron
// refuses. These two then write it as text, the only thing that Chromium's bindings carry, and refuse what text would
// change. They run in the page too, so each stands alone.

/** Writes a structured clone as text. */
export function encode(value: unknown): string {
  return JSON.stringify(value, function (this: unknown, key: string, held: unknown) {
    const before = (this as Record<string, unknown>)[key] // as it was before any toJSON
    const isPlain = Array.isArray(before) || Object.prototype.toString.call(before) === '[object Object]'
    const isText =
      before === null || typeof before === 'string' || typeof before === 'boolean' || Number.isFinite(before)
    if (before === undefined) return { '\u0000': 'undefined' }
    if (!isPlain && !isText)
      throw new Error(`the Electron double does not send ${Object.prototype.toString.call(before)}`)
    return held
  })
}

/** Reads what `encode` wrote; a member that was undefined is absent. */
export function decode(text: string): unknown {
  return JSON.parse(text, (_key, held: unknown) =>
    typeof held === 'object' && held !== null && '\u0000' in held ? undefined : held,
  )
}
