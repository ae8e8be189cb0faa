import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { until } from '../../e2e/helpers/until.ts'
import { makeCanary, searchFor } from '../../helpers/canary.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

test.skipIf(process.platform !== 'linux')(
  'a key is found wherever it lies, however it is written',
  async () => {
    const key = makeCanary()
    const search = searchFor(key)
    const folder = temporaryFolder('musette-planted-')
    const header = Buffer.from(`API_KEY:${key}`).toString('base64')
    const planted: Readonly<Record<string, Uint8Array | string>> = {
      'plain.txt': `a line\nkey=${key}\n`,
      'log.json': JSON.stringify({ headers: { authorization: `Basic ${header}` } }),
      'nested.json': JSON.stringify({ line: JSON.stringify({ key }) }),
      'url.txt': `https://x.example/?${new URLSearchParams({ key }).toString()}`,
      'escaped.txt': `https://x.example/${encodeURIComponent(key)}`,
      'wide.db': Buffer.from(`xx${key}`, 'utf16le'),
      'hex.txt': Buffer.from(key).toString('hex'),
      'page.html': `<b title="${key.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`,
      'inside-1.txt': Buffer.from(`{"a":"${key}"}`).toString('base64'),
      'inside-2.txt': Buffer.from(`{"ab":"${key}"}`).toString('base64'),
      'inside-3.txt': Buffer.from(`{"abc":"${key}"}`).toString('base64'),
      'ride.fit.gz': gzipSync(key),
      'bundle.zip': zipSync({ 'log.txt': strToU8(`x ${key}`) }),
      'twice.zip': zipSync({ 'log.txt.gz': gzipSync(key) }),
    }
    mkdirSync(join(folder, 'deep'))
    for (const [name, content] of Object.entries(planted)) writeFileSync(join(folder, 'deep', name), content)
    writeFileSync(join(folder, 'clean.bin'), deflateRawSync('nothing'))
    const found = search.inFolders([folder]).map(place => /([^/]+?): /.exec(place)?.[1])
    expect(new Set(found)).toEqual(new Set(Object.keys(planted)))

    const wait = 'setTimeout(() => {}, 60_000)'
    const leaking = [
      spawn(process.execPath, ['-e', wait, key], { stdio: 'ignore', env: {} }),
      spawn(process.execPath, ['-e', wait], { stdio: 'ignore', env: { LEAK: header } }),
    ]
    try {
      await until(() => search.inProcesses().length > 1, 'both leaks')
      const [inWords, inEnvironment] = leaking.map(({ pid }) => `/proc/${pid}/`)
      expect(search.inProcesses()).toEqual(
        expect.arrayContaining([`${inWords}cmdline: itself`, `${inEnvironment}environ: as a header`]),
      )
    } finally {
      for (const child of leaking) child.kill('SIGKILL')
    }
  },
)
