/** `One ride`, `2 rides`. */
export function rides(count: number): string {
  return count === 1 ? 'One ride' : `${count} rides`
}

export function isAre(count: number): string {
  return count === 1 ? 'is' : 'are'
}

/** Joins what there is to say; empty parts are left out. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join(' ')
}
