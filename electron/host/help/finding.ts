import type { Finding } from '../../../shared/window-data.ts'

/** It is as it should be. */
export function fine(subject: string, text: string): Finding {
  return { subject, kind: 'fine', text }
}

/** Worth knowing; nothing must be mended. */
export function hint(subject: string, text: string): Finding {
  return { subject, kind: 'hint', text }
}

/** Something must be mended; the text says how. */
export function wrong(subject: string, text: string): Finding {
  return { subject, kind: 'wrong', text }
}
