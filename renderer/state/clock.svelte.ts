/** The time as the window tells it: moves every second while somebody looks. */
export class Clock {
  #nowMs = $state(Date.now())

  get nowMs(): number {
    return this.#nowMs
  }

  start(): () => void {
    const timer = setInterval(() => {
      if (!document.hidden) this.#nowMs = Date.now()
    }, 1000)
    return () => {
      clearInterval(timer)
    }
  }
}
