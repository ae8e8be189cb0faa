import { registerHooks } from 'node:module'
import { plantedBugs } from './bugs.ts'

/**
 * Loaded before everything else (`--import`): changes the app's own source text as it is loaded, so that a bug is in the
 * very code that is tested, and in no file.
 */
const name = process.env['MUSETTE_SIM_PLANTED']
const bug = plantedBugs.find(one => one.name === name)
if (bug === undefined) throw new Error(`there is no planted bug "${name ?? ''}"`)

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context)
    const patches = bug.patches.filter(patch => url.endsWith(`/electron/${patch.file}`))
    if (patches.length === 0) return loaded
    const source = loaded.source
    let text = typeof source === 'string' ? source : new TextDecoder().decode(source ?? new Uint8Array())
    for (const { find, replace } of patches) {
      if (text.split(find).length !== 2) throw new Error(`"${bug.name}" no longer fits ${url}`)
      text = text.replace(find, () => replace)
    }
    return { ...loaded, source: text }
  },
})
