/**
 * The same object, but a member that the double does not model throws with its name, so nothing passes unseen. Stands
 * alone: it runs in the page too.
 */
export function strict<T extends object>(name: string, target: T): T {
  // Asked of every object by promises, printers and comparisons.
  const harmless = ['then', 'toJSON', 'inspect', 'nodeType', '$$typeof', 'asymmetricMatch']
  const refuse = (key: string | symbol): void => {
    if (typeof key === 'symbol' || key in target || harmless.includes(key)) return
    throw new Error(`the Electron double does not model ${name}.${key}`)
  }
  return new Proxy(target, {
    get(on, key) {
      refuse(key)
      const value: unknown = Reflect.get(on, key, on)
      // Private fields live on the target, not on its proxy.
      return typeof value === 'function' && key !== 'constructor' ? (value.bind(on) as unknown) : value
    },
    set(on, key, value) {
      refuse(key)
      return Reflect.set(on, key, value, on)
    },
  })
}

/** Options that the double would silently ignore are refused too. */
export function refuseUnknown(name: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find(key => !known.includes(key))
  if (unknown !== undefined) throw new Error(`the Electron double does not model ${name} ${unknown}`)
}

/** An event as Electron hands it to listeners. */
export function makeEvent<T extends object>(details: T) {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault: () => void (event.defaultPrevented = true),
  }
  return event
}
