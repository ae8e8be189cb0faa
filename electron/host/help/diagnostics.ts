import { examineHome, type Examination } from './doctor-findings.ts'
import { helpHere } from './help-work.ts'

/** A bundle for a bug report, as a zip: what is known, without keys, names of people or files, places or times of rides. */
export async function makeDiagnostics(examination: Examination, nowMs: number): Promise<Uint8Array> {
  const { environment, credential, work = helpHere } = examination
  const used = credential?.kind === 'ready' ? credential.credential : null
  const secrets = [environment.apiKey, used?.kind === 'apiKey' ? used.key : (used?.token ?? null)]
  return work.pack({
    home: environment.home,
    secrets: secrets.flatMap(secret => secret ?? []),
    nowMs,
    findings: await examineHome(examination),
  })
}

/** What such a bundle is called, by the local date. */
export function diagnosticsName(localDate: string): string {
  return `musette-diagnostics-${localDate}.zip`
}
