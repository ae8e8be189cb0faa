// Builds everything into dist/, or only the parts named: node build/build.ts [headless] [desktop] [preload] [renderer].
import { build } from 'vite'

const parts = ['headless', 'desktop', 'preload', 'renderer'] as const
const asked = process.argv.slice(2)
const unknown = asked.find(word => !parts.some(part => part === word))
if (unknown !== undefined) throw new Error(`there is no part "${unknown}": ${parts.join(', ')}`)

for (const part of parts) {
  if (asked.length > 0 && !asked.includes(part)) continue
  await build({ configFile: `build/vite.${part}.ts`, logLevel: 'warn' })
}
