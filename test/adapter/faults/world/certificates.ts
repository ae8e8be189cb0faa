import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** One authority that may be trusted, and what servers show; `unknownCa` is signed by an authority nobody knows. */
export interface Certificates {
  readonly authority: string
  readonly good: Certificate
  readonly expired: Certificate
  readonly wrongHost: Certificate
  readonly unknownCa: Certificate
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** Makes keys and certificates with openssl, or says why it cannot. */
export function makeCertificates(): Certificates | string {
  const folder = mkdtempSync(join(tmpdir(), 'musette-certificates-'))
  const run = (...args: readonly string[]): void => {
    const { status, stderr, error } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
    if (error !== undefined) throw error
    if (status !== 0) throw new Error(stderr)
  }
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const authority = (name: string): void =>
    run(
      'req',
      '-x509',
      ...newKey,
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      name,
    )
  const signed = (name: string, by: string, host: string, days: number): Certificate => {
    const address = host === 'localhost' ? ',IP:127.0.0.1' : ''
    writeFileSync(join(folder, 'names'), `subjectAltName=DNS:${host}${address}\n`)
    run('req', '-new', ...newKey, '-subj', `/CN=${host}`, '-keyout', `${name}.key`, '-out', `${name}.csr`)
    run(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', by, '-CAkey', `${by}.key`, '-CAcreateserial'],
      ...['-days', String(days), '-extfile', 'names', '-out', name],
    )
    return { key: text(`${name}.key`), cert: text(name) }
  }
  try {
    authority('known')
    authority('unknown')
    const expired = signed('expired', 'known', 'localhost', -1)
    if (Date.parse(new X509Certificate(expired.cert).validTo) > Date.now()) {
      return 'this openssl cannot make a certificate that has expired'
    }
    return {
      authority: text('known'),
      good: signed('good', 'known', 'localhost', 2),
      expired,
      wrongHost: signed('wrong-host', 'known', 'elsewhere.example', 2),
      unknownCa: signed('unknown-ca', 'unknown', 'localhost', 2),
    }
  } catch (error) {
    return `openssl could not make certificates (${error instanceof Error ? error.message.trim() : String(error)})`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
