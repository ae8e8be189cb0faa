// Writes docs/fault-matrix.md from the tables that the tests play.
import { writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { renderMatrix } from './render-matrix.ts'

const path = 'docs/fault-matrix.md'
const options = (await resolveConfig(path)) ?? {}
writeFileSync(path, await format(renderMatrix(), { ...options, parser: 'markdown' }))
