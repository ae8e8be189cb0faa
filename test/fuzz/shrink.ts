/**
 * A smaller input that still fails: ever shorter stretches are left out, then bytes are made plain. Asks `fails` at
 * most `mostTries` times, so the answer may not be the smallest there is.
 */
export async function shrink(
  input: Uint8Array,
  fails: (candidate: Uint8Array) => Promise<boolean>,
  mostTries: number,
): Promise<Uint8Array> {
  let best = input
  let tries = 0
  const accepts = async (candidate: Uint8Array): Promise<boolean> => {
    if (tries >= mostTries) return false
    tries++
    if (!(await fails(candidate))) return false
    best = candidate
    return true
  }
  for (
    let length = Math.ceil(best.length / 2);
    length >= 1 && tries < mostTries;
    length = Math.floor(length / 2)
  ) {
    for (let at = 0; at < best.length && tries < mostTries;) {
      if (!(await accepts(without(best, at, length)))) at += length
    }
  }
  for (let at = 0; at < best.length && tries < mostTries; at++) {
    if (best[at] !== plainByte) await accepts(best.with(at, plainByte))
  }
  return best
}

const plainByte = 0x30

function without(bytes: Uint8Array, at: number, length: number): Uint8Array {
  const left = new Uint8Array(bytes.length - Math.min(length, bytes.length - at))
  left.set(bytes.subarray(0, at))
  left.set(bytes.subarray(at + length), at)
  return left
}
