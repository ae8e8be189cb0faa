// Writes docs/electron-double.md from what the conformance specs are made of.
import { writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { renderDoubleTable } from './behaviours.ts'

const path = 'docs/electron-double.md'
const options = (await resolveConfig(path)) ?? {}
writeFileSync(path, await format(renderDoubleTable(), { ...options, parser: 'markdown' }))
