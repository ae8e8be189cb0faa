/** Named things, each with the facts that matter about it. Facts are plain JSON. */
export type Facts = ReadonlyMap<string, unknown>

/**
 * Where what is differs from what should be, one sentence each; none when both are the same. A thing that is missing
 * and one that nobody expected are differences too.
 */
export function differences(what: string, expected: Facts, actual: Facts): readonly string[] {
  const found: string[] = []
  for (const [name, facts] of expected) {
    const [should, is] = [JSON.stringify(facts), JSON.stringify(actual.get(name))]
    if (!actual.has(name)) found.push(`${what}: ${name} is missing.`)
    else if (should !== is) found.push(`${what}: ${name} should be ${should}, but is ${is}.`)
  }
  for (const name of actual.keys()) {
    if (!expected.has(name)) found.push(`${what}: nobody expected ${name}.`)
  }
  return found
}
