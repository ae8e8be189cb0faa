/**
 * Where the workers' entry files lie: beside the bundle in dist/, or here in the sources when they run unbuilt.
 * `entry` is the import.meta.url of a host's composition root.
 */
export interface WorkerFiles {
  readonly engine: URL
  readonly proof: URL
  readonly help: URL
}

export function workerFiles(entry: string): WorkerFiles {
  const isBuilt = entry.endsWith('.js')
  const at = (name: string): URL => new URL(isBuilt ? `./${name}.js` : `./workers/${name}.ts`, entry)
  return { engine: at('engine-worker'), proof: at('proof-worker'), help: at('help-worker') }
}
