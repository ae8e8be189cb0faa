import type { SimRandom } from '../random.ts'

/** One file's bytes, now and as the disk surely has them. */
export class SimFile {
  readonly inode: number
  bytes: Uint8Array = new Uint8Array()
  mtimeMs: number
  ctimeMs: number
  /** As of the last flush; null when it was never flushed. */
  flushed: Uint8Array | null = null

  constructor(inode: number, nowMs: number) {
    this.inode = inode
    this.mtimeMs = nowMs
    this.ctimeMs = nowMs
  }

  write(at: number, bytes: Uint8Array, nowMs: number): void {
    const grown = new Uint8Array(Math.max(this.bytes.length, at + bytes.length))
    grown.set(this.bytes)
    grown.set(bytes, at)
    this.#become(grown, nowMs)
  }

  truncate(size: number, nowMs: number): void {
    const cut = new Uint8Array(size)
    cut.set(this.bytes.subarray(0, size))
    this.#become(cut, nowMs)
  }

  flush(): void {
    this.flushed = this.bytes
  }

  get isFlushed(): boolean {
    return this.flushed === this.bytes
  }

  /** The power goes: what was not flushed is there, lost, or torn, as the seed says. */
  loseUnflushed(random: SimRandom): void {
    if (this.isFlushed) return
    const before = this.flushed ?? new Uint8Array()
    switch (random.int(0, 3)) {
      case 0:
        this.bytes = before
        break
      case 1:
        this.bytes = this.bytes.slice(0, random.int(0, this.bytes.length))
        break
      case 2: {
        // The length got there, a part of the bytes did not.
        const torn = Uint8Array.from(this.bytes)
        torn.fill(0, random.int(0, torn.length))
        this.bytes = torn
        break
      }
      default:
      // All of it got there by itself.
    }
    this.flushed = this.bytes
  }

  #become(bytes: Uint8Array, nowMs: number): void {
    this.bytes = bytes
    this.mtimeMs = nowMs
    this.ctimeMs = nowMs
  }
}
