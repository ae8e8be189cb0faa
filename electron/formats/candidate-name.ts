/** What a file's name promises. The content decides what it is. */
export type CandidateKind = 'recording' | 'gzip' | 'zip'

const recordingEnd = /\.(?:fit|tcx|gpx|dms)$/i
const gzipEnd = /\.gz$/i
const zipEnd = /\.zip$/i

/**
 * Whether a file is worth a look, by its name alone: recordings (.fit .tcx .gpx, and .dms as one trainer names its FIT
 * downloads), the same gzipped, and zips; in any letter case. Null for all else: `._*` (another system's attributes)
 * and browsers' unfinished downloads, which end in names of their own. A path may stand before the name.
 */
export function candidateKind(fileName: string): CandidateKind | null {
  const name = lastPart(fileName)
  if (name.startsWith('._')) return null
  if (zipEnd.test(name)) return 'zip'
  if (recordingEnd.test(name)) return 'recording'
  return gzipEnd.test(name) && recordingEnd.test(name.replace(gzipEnd, '')) ? 'gzip' : null
}

/**
 * The name of a recording without path, wrapping and ending: `b` for `a\b.FIT.gz`. Names inside archives are data from
 * outside: control characters are left out, and a name of nothing but dots and blanks reads `recording`.
 */
export function recordingBaseName(fileName: string): string {
  const name = lastPart(fileName)
    .replace(/\p{Cc}/gu, '')
    .replace(gzipEnd, '')
    .replace(zipEnd, '')
    .replace(recordingEnd, '')
    .trim()
  return /^[.\s]*$/.test(name) ? 'recording' : name
}

function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}
