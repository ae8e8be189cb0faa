import type { Context } from '../context.ts'
import type { Finding } from '../../../shared/window-data.ts'
import { oneLine } from '../../../shared/plain-words.ts'
import { examineHome } from '../../host/help/doctor-findings.ts'

const marks: Readonly<Record<Finding['kind'], string>> = { fine: 'ok  ', hint: 'note', wrong: 'MEND' }

/** What is wrong here and how to mend it: exit code 1 when something must be mended. */
export async function doctor(context: Context, json: boolean): Promise<number> {
  const findings = await examineHome({ environment: context.environment })
  if (json) context.io.out(JSON.stringify(findings, null, 2))
  for (const finding of json ? [] : findings) {
    context.io.out(oneLine(`${marks[finding.kind]}  ${finding.subject}: ${finding.text}`))
  }
  return findings.some(finding => finding.kind === 'wrong') ? 1 : 0
}
