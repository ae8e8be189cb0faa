import { describe, expect, it, test } from 'vitest'
import { candidateKind, recordingBaseName } from '../../../electron/formats/candidate-name.ts'

describe('candidateKind', () => {
  test.each([
    ['2026-11-20-06-31-00.fit', 'recording'],
    ['RIDE.FIT', 'recording'],
    ['ride.Tcx', 'recording'],
    ['ride.gpx', 'recording'],
    ['MyNewActivity-3.8.5.dms', 'recording'],
    ['name (1).fit', 'recording'],
    ['../../x.fit', 'recording'],
    ['ride.fit.gz', 'gzip'],
    ['RIDE.TCX.GZ', 'gzip'],
    ['ride.dms.gz', 'gzip'],
    ['123456_ACTIVITY.zip', 'zip'],
    ['ride.FIT.ZIP', 'zip'],
    ['notes.gz', null],
    ['ride.zip.gz', null],
    ['._ride.fit', null],
    ['folder/._ride.fit', null],
    ['ride.fit.crdownload', null],
    ['ride.fit.part', null],
    ['ride.fit.download', null],
    ['ride.fit.opdownload', null],
    ['ride.fit.bak', null],
    ['plan.zwo', null],
    ['fit', null],
    ['', null],
  ])('%s -> %s', (name, kind) => {
    expect(candidateKind(name)).toBe(kind)
  })
})

describe('recordingBaseName', () => {
  test.each([
    ['ride.fit', 'ride'],
    ['a/b/RIDE.FIT.GZ', 'RIDE'],
    ['C:\\rides\\Sunday ride.tcx', 'Sunday ride'],
    ['MyNewActivity-3.8.5.dms', 'MyNewActivity-3.8.5'],
    ['ride.fit.zip', 'ride'],
    ['../../evil.fit', 'evil'],
    ['...fit', 'recording'],
    ['.fit', 'recording'],
    ['with\nline\u0000breaks.gpx', 'withlinebreaks'],
  ])('%j -> %j', (name, base) => {
    expect(recordingBaseName(name)).toBe(base)
  })

  it('keeps dots inside the name', () => {
    expect(recordingBaseName('v1.2.ride.gpx')).toBe('v1.2.ride')
  })
})
