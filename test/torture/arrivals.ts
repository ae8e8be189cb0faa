import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sha256, ride as fitRide } from '../e2e/helpers/rides.ts'
import { gzipBytes, zipBytes } from '../helpers/archive-builder.ts'
import { buildGpx } from '../helpers/gpx-builder.ts'
import { buildTcx } from '../helpers/tcx-builder.ts'
import type { SimRandom } from '../sim/random.ts'
import type { FolderPrint, MadeRide } from './oracle.ts'

const hourMs = 3_600_000

type Kind = 'fit' | 'tcx' | 'gpx'

/** Content, size, mtime, inode and mode of a file. */
export function printOf(path: string): string {
  const stat = statSync(path, { bigint: true })
  return `${sha256(readFileSync(path)).slice(0, 16)} ${stat.size} ${stat.mtimeNs} ${stat.ino} ${stat.mode}`
}

/** Rides that arrive in a folder: at once, slowly, renamed, packed, copied, and some that never become whole. */
export class Arrivals {
  readonly rides: MadeRide[] = []
  readonly folder: string
  readonly #random: SimRandom
  /** Names of the files that are whole, and what must not change about them. */
  readonly #prints = new Map<string, string>()
  readonly #slow = new Set<Promise<void>>()
  #count = 0

  constructor(folder: string, random: SimRandom) {
    this.folder = folder
    this.#random = random
  }

  /** So many rides that are whole when this returns, in plain files. */
  putWhole(count: number): void {
    for (let put = 0; put < count; put += 1) this.#whole(this.#random.pick(['fit', 'fit', 'tcx', 'gpx']))
  }

  /** One thing happens in the folder; a slow one goes on after this returns. */
  happen(): void {
    const acts: readonly (() => void)[] = [
      () => this.#whole('fit'),
      () => this.#whole(this.#random.pick(['tcx', 'gpx'])),
      () => this.#packed(),
      () => this.#zip(),
      () => this.#copy(),
      () => this.#rename(),
      () => this.#temporary(),
      () => this.#never(),
      () => this.#slowly(),
      () => this.#slowly(),
    ]
    this.#random.pick(acts)()
  }

  /** One ride of many pages, so that copies and hashes take several pieces. */
  putLong(): void {
    const bytes = fitRide(this.#next(), { durationS: 20_000 })
    this.#finish(this.#put(`${this.#name()}.fit`, bytes), [bytes])
  }

  /** Resolves when nothing is being written any more. */
  async settle(): Promise<void> {
    await Promise.all(this.#slow)
  }

  /** What the folder should look like now. */
  expected(): FolderPrint {
    return Object.fromEntries(this.#prints)
  }

  #next(): number {
    this.#count += 1
    return this.#count
  }

  #name(): string {
    return `ride-${String(this.#count).padStart(4, '0')}`
  }

  #bytes(kind: Kind): Uint8Array {
    const number = this.#next()
    if (kind === 'fit') return fitRide(number)
    const startTime = new Date(Date.UTC(2026, 2, 1, 6) + number * 2 * hourMs)
    const spec = { startTime: startTime.toISOString(), durationS: 30, serial: 5000 + number }
    return kind === 'tcx' ? buildTcx(spec) : buildGpx(spec)
  }

  #put(name: string, bytes: Uint8Array): string {
    writeFileSync(join(this.folder, name), bytes)
    return this.#age(name)
  }

  /** As if it had been lying there: what is not a FIT is otherwise left to settle for ten seconds. */
  #age(name: string): string {
    const at = new Date(Date.now() - hourMs)
    utimesSync(join(this.folder, name), at, at)
    return name
  }

  /** A file is as it will stay; these rides are whole in it. */
  #finish(name: string, rides: readonly Uint8Array[], finishedAt: number | null = Date.now()): void {
    this.#prints.set(name, printOf(join(this.folder, name)))
    for (const bytes of rides) this.rides.push({ sha256: sha256(bytes), name, finishedAt })
  }

  #whole(kind: Kind): void {
    const bytes = this.#bytes(kind)
    const at = Date.now()
    this.#finish(this.#put(`${this.#name()}.${kind}`, bytes), [bytes], at)
  }

  #packed(): void {
    const kind = this.#random.pick<Kind>(['fit', 'tcx', 'gpx'])
    const bytes = this.#bytes(kind)
    const at = Date.now()
    this.#finish(this.#put(`${this.#name()}.${kind}.gz`, gzipBytes(bytes)), [bytes], at)
  }

  #zip(): void {
    const rides = [this.#bytes('fit'), this.#bytes('gpx')] as const
    const entries = [
      { name: 'a/one.fit', bytes: rides[0] },
      { name: '../two.gpx', bytes: rides[1] },
    ]
    const at = Date.now()
    this.#finish(this.#put(`${this.#name()}.zip`, zipBytes(entries)), rides, at)
  }

  #copy(): void {
    const from = this.#some()
    if (from === null) return
    this.#next()
    const name = `${this.#name()}-copy-of-${from}`
    copyFileSync(join(this.folder, from), join(this.folder, name))
    this.#age(name)
    this.#prints.set(name, printOf(join(this.folder, name)))
  }

  #rename(): void {
    const from = this.#some()
    if (from === null) return
    this.#next()
    const name = `${this.#name()}-was-${from}`
    renameSync(join(this.folder, from), join(this.folder, name))
    this.#prints.delete(from)
    this.#prints.set(name, printOf(join(this.folder, name)))
  }

  /** As some recorders and all browsers do. */
  #temporary(): void {
    const bytes = this.#bytes('fit')
    const name = `${this.#name()}.fit`
    this.#put(`${name}.part`, bytes)
    const at = Date.now()
    renameSync(join(this.folder, `${name}.part`), join(this.folder, name))
    this.#finish(name, [bytes], at)
  }

  /** A ride that was cut off, a broken archive, or the right size and nothing but zeros from the middle on. */
  #never(): void {
    const kind = this.#random.pick(['cut fit', 'cut tcx', 'cut gz', 'zeros'] as const)
    const bytes = this.#bytes(kind === 'cut tcx' ? 'tcx' : 'fit')
    const half = Math.floor(bytes.length / 2)
    const left = kind === 'zeros' ? Buffer.concat([bytes.subarray(0, half), Buffer.alloc(half)]) : bytes
    const name = `${this.#name()}-never.${kind === 'cut tcx' ? 'tcx' : kind === 'cut gz' ? 'fit.gz' : 'fit'}`
    const packed = kind === 'cut gz' ? gzipBytes(bytes) : left
    const there = kind === 'zeros' ? packed : packed.subarray(0, Math.floor(packed.length / 2))
    this.#finish(this.#put(name, there), kind === 'cut gz' ? [] : [there], null)
  }

  #slowly(): void {
    const bytes = this.#bytes('fit')
    const name = `${this.#name()}-slow.fit`
    const pieces = this.#random.int(3, 6)
    const gapMs = this.#random.int(40, 300)
    const write = async (): Promise<void> => {
      const path = join(this.folder, name)
      const step = Math.ceil(bytes.length / pieces)
      for (let at = 0; at < bytes.length; at += step) {
        const isLast = at + step >= bytes.length
        const now = Date.now()
        appendFileSync(path, bytes.subarray(at, at + step))
        if (isLast) this.#finish(name, [bytes], now)
        else await sleep(gapMs)
      }
    }
    const writing = write().finally(() => this.#slow.delete(writing))
    this.#slow.add(writing)
  }

  /** A file that is whole, or broken for good; null while there is none. */
  #some(): string | null {
    const names = [...this.#prints.keys()].filter(name => name.length < 60)
    return names.length === 0 ? null : this.#random.pick(names)
  }
}
