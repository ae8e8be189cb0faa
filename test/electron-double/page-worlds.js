// Runs inside Chromium, as text: in the page's own world and in the preload script's isolated one. The two share the
// document but no objects. A custom event's `detail` is a structured clone when it crosses, made by Chromium itself.

/** @typedef {any} Any What a page holds has no type here. */

/**
 * One end of the context bridge; both worlds have one. Functions and promises cross as tokens, all else as clones.
 * @param {string} secret of this page, so that its scripts can neither listen nor speak here
 * @param {string} mine
 * @param {string} theirs
 * @param {Any} scope the world's global object
 */
export function bridgeEnd(secret, mine, theirs, scope) {
  const { document, CustomEvent, Promise, Map, Object, Array, structuredClone } = scope
  const tag = `${secret}:token`
  const functions = new Map()
  const waiting = new Map()
  let last = 0
  /** @type {Any} */
  let answer = null
  const say = (/** @type {Any} */ detail) =>
    document.dispatchEvent(new CustomEvent(secret + theirs, { detail }))
  const isPlain = (/** @type {Any} */ value) => Object.prototype.toString.call(value) === '[object Object]'
  const each = (/** @type {Any} */ value, /** @type {(held: Any) => Any} */ change) =>
    Array.isArray(value)
      ? value.map(change)
      : Object.fromEntries(Object.entries(value).map((/** @type {Any} */ [key, held]) => [key, change(held)]))

  const pack = (/** @type {Any} */ value) => {
    if (typeof value === 'function') {
      functions.set(++last, value)
      return { [tag]: 'function', id: last }
    }
    if (value instanceof Promise) {
      const id = ++last
      const settle = (/** @type {boolean} */ isOk) => (/** @type {Any} */ result) =>
        say({ kind: 'settled', id, isOk, value: isOk ? pack(result) : result })
      value.then(settle(true), settle(false))
      return { [tag]: 'promise', id }
    }
    return Array.isArray(value) || isPlain(value) ? each(value, pack) : structuredClone(value)
  }

  const unpack = (/** @type {Any} */ value) => {
    if (value?.[tag] === 'promise') {
      const { promise, ...settle } = Promise.withResolvers()
      waiting.set(value.id, settle)
      return promise
    }
    if (value?.[tag] === 'function') {
      return (/** @type {Any[]} */ ...args) => {
        say({ kind: 'call', id: value.id, args: pack(args) })
        if (!answer.isOk) throw answer.value
        return unpack(answer.value)
      }
    }
    return Array.isArray(value) || isPlain(value) ? Object.freeze(each(value, unpack)) : value
  }

  document.addEventListener(
    secret + mine,
    (/** @type {Any} */ { detail: { kind, id, name, args, isOk, value } }) => {
      if (kind === 'answer') answer = { isOk, value }
      if (kind === 'settled') waiting.get(id)[isOk ? 'resolve' : 'reject'](isOk ? unpack(value) : value)
      if (kind === 'expose') Object.defineProperty(scope, name, { value: unpack(value), enumerable: true })
      if (kind !== 'call') return
      try {
        say({ kind: 'answer', isOk: true, value: pack(functions.get(id)(...unpack(args))) })
      } catch (error) {
        say({ kind: 'answer', isOk: false, value: error })
      }
    },
  )
  return (/** @type {string} */ name, /** @type {Any} */ api) =>
    say({ kind: 'expose', name, value: pack(api) })
}

/**
 * What `require('electron')` answers in a sandboxed preload script, and how the main process reaches it.
 * @param {(name: string, api: Any) => void} exposeInMainWorld
 * @param {(text: string) => void} post
 * @param {Any} scope
 * @param {{ strict: Any, encode: Any, decode: Any }} shared
 */
export function preloadElectron(exposeInMainWorld, post, scope, { strict, encode, decode }) {
  const replies = new scope.Map()
  /** @type {Any[]} */
  let listeners = []
  const ipcRenderer = {
    on: (/** @type {string} */ channel, /** @type {Any} */ listener) =>
      void listeners.push({ channel, listener }),
    removeListener(/** @type {string} */ channel, /** @type {Any} */ listener) {
      listeners = listeners.filter(one => one.channel !== channel || one.listener !== listener)
    },
    async invoke(/** @type {string} */ channel, /** @type {Any[]} */ ...args) {
      const id = replies.size
      const { promise, ...settle } = scope.Promise.withResolvers()
      replies.set(id, settle)
      post(encode({ id, channel, args: scope.structuredClone(args) }))
      return promise
    },
  }
  const deliver = (/** @type {string} */ text) => {
    const { channel, args, id, isOk, value } = decode(text)
    for (const one of listeners) if (one.channel === channel) one.listener({}, ...args)
    if (channel !== undefined) return
    if (isOk) replies.get(id).resolve(value)
    else replies.get(id).reject(new Error(value))
  }
  const contextBridge = strict('contextBridge', { exposeInMainWorld })
  return {
    deliver,
    electron: strict('electron', { contextBridge, ipcRenderer: strict('ipcRenderer', ipcRenderer) }),
  }
}
