/** The service's own time: the computer's, moved or stopped at will. Milliseconds since 1970. */
export class FakeServerClock {
  #offsetMs = 0
  #frozenAt: number | null = null

  now(): number {
    return this.#frozenAt ?? Date.now() + this.#offsetMs
  }

  /** Moves time on (or back), whether it stands or runs. */
  advance(ms: number): void {
    if (this.#frozenAt === null) this.#offsetMs += ms
    else this.#frozenAt += ms
  }

  /** Makes it `at` now; time goes on running unless it stands. */
  set(at: number): void {
    this.advance(at - this.now())
  }

  freeze(): void {
    this.#frozenAt ??= this.now()
  }

  unfreeze(): void {
    if (this.#frozenAt === null) return
    this.#offsetMs = this.#frozenAt - Date.now()
    this.#frozenAt = null
  }
}

/** A timestamp as the service writes `created` and `updated`: `2026-11-20T06:31:00.000+00:00`. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+00:00')
}

/** An instant as `start_date`: UTC, whole seconds, `2026-11-20T06:31:00Z`. */
export function utcSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** An instant as a clock on the wall shows it in that zone: `2026-11-20T07:31:00`. */
export function localDateTime(ms: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const parts = new Map(format.formatToParts(new Date(ms)).map(part => [part.type, part.value]))
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '00'
  const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
  return `${date}T${part('hour')}:${part('minute')}:${part('second')}`
}

/** The date `days` later; both `yyyy-MM-dd`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
