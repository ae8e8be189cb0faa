import { createGunzip } from 'node:zlib'

/** What Node's streams keep behind them: `init` is given the callback that ends each asynchronous `write`. */
interface ZlibHandle {
  init: (this: object, ...args: unknown[]) => unknown
  write: (this: ZlibHandle, ...args: unknown[]) => unknown
  writeSync: (this: ZlibHandle, ...args: unknown[]) => unknown
}

/** The place of the callback among `init`'s arguments (windowBits, level, memLevel, strategy, state, callback, dictionary). */
const callbackAt = 5

const isSteady = Symbol('steady')

/**
 * Makes gzip and inflate work in place instead of in threads, so that nothing in a run ends in an order of its own.
 * It reaches behind Node's public API, on the very Node that the lock file pins, and says so when that has changed.
 */
export function makeZlibSteady(): void {
  const stream = createGunzip()
  // Not in Node's types: the binding's own object.
  const prototype = Object.getPrototypeOf(Reflect.get(stream, '_handle')) as ZlibHandle & {
    [isSteady]?: true
  }
  stream.destroy()
  if (prototype[isSteady]) return
  if (typeof prototype.init !== 'function' || typeof prototype.writeSync !== 'function')
    throw new Error('this Node keeps its zlib streams otherwise: test/sim/steady-zlib.ts must follow')
  const callbacks = new WeakMap<object, () => void>()
  const init = prototype.init
  prototype.init = function (this: object, ...args) {
    const callback = args[callbackAt]
    if (typeof callback !== 'function') throw new Error('zlib is begun in another way than expected')
    callbacks.set(this, callback as () => void)
    return Reflect.apply(init, this, args)
  }
  prototype.write = function (this: ZlibHandle, ...args) {
    const done = this.writeSync(...args)
    process.nextTick(() => callbacks.get(this)?.call(this))
    return done
  }
  prototype[isSteady] = true
}
