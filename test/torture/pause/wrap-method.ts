/** Calls the method as it was, on the same object. */
export type Original = (...given: readonly unknown[]) => unknown

/** Puts another method in the place of one: it gets the object, what was given, and the method as it was. */
export function wrapMethod<Self extends object>(
  owner: Self,
  name: string & keyof Self,
  wrapper: (self: Self, given: readonly unknown[], original: Original) => unknown,
): void {
  const method: unknown = Reflect.get(owner, name)
  if (typeof method !== 'function') throw new TypeError(`there is no method ${name}`)
  const value = function (this: Self, ...given: readonly unknown[]): unknown {
    return wrapper(this, given, (...other) => Reflect.apply(method, this, other) as unknown)
  }
  Object.defineProperty(owner, name, { value, configurable: true, writable: true })
}
