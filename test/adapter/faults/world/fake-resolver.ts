import dns from 'node:dns'

type Answer = (
  error: NodeJS.ErrnoException | null,
  address: string | dns.LookupAddress[],
  family?: number,
) => void

/**
 * The system's resolver for one name: it knows it as 127.0.0.1, or, while it is down, does not answer for it at all.
 * Node's sockets ask `dns.lookup` whenever they connect, so the client under test is the one that ships.
 */
export class FakeResolver {
  isDown = false
  asked = 0
  readonly #name: string
  readonly #lookup = dns.lookup

  constructor(name: string) {
    this.#name = name
    const standIn = (...args: readonly unknown[]): void => {
      const [name, options, answer] = args as [string, dns.LookupOptions, Answer] // as node:net calls it
      if (name !== this.#name) {
        Reflect.apply(this.#lookup, dns, args)
        return
      }
      this.asked += 1
      process.nextTick(() => {
        if (this.isDown) answer(notFound(name), [])
        else if (options.all === true) answer(null, [{ address: '127.0.0.1', family: 4 }])
        else answer(null, '127.0.0.1', 4)
      })
    }
    Object.assign(dns, { lookup: standIn })
  }

  close(): void {
    Object.assign(dns, { lookup: this.#lookup })
  }
}

function notFound(name: string): Error {
  const text = `getaddrinfo ENOTFOUND ${name}`
  return Object.assign(new Error(text), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name })
}
