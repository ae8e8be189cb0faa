import FitParser from 'fit-file-parser'
import { describe, expect, it, test } from 'vitest'
import { buildFit } from '../../helpers/fit-builder.ts'
import { buildGpx } from '../../helpers/gpx-builder.ts'
import { buildTcx } from '../../helpers/tcx-builder.ts'

const spec = { startTime: '2026-11-20T06:31:00Z', durationS: 10 }

describe('the builders of rides', () => {
  test.each([
    ['FIT', buildFit],
    ['TCX', buildTcx],
    ['GPX', buildGpx],
  ])('%s: the same bytes for the same ride, others for another start or serial', (_format, build) => {
    const bytes = build(spec)
    expect(build({ ...spec })).toEqual(bytes)
    expect(build({ ...spec, serial: 77 })).not.toEqual(bytes)
    expect(build({ ...spec, startTime: '2026-11-20T06:31:01Z' })).not.toEqual(bytes)
  })

  it('make FIT files that a strict decoder of others accepts and reads alike', async () => {
    for (const littleEndian of [true, false]) {
      const bytes = buildFit({ ...spec, littleEndian, sessions: 2 })
      const parser = new FitParser({ force: false, mode: 'list', speedUnit: 'm/s', lengthUnit: 'm' })
      const read = await parser.parseAsync(Buffer.from(bytes))
      expect(read).toMatchObject({
        sessions: [
          { sport: 'cycling', sub_sport: 'virtual_activity', total_elapsed_time: 10, total_distance: 85 },
          { sport: 'cycling', start_time: new Date('2026-11-20T06:31:10Z') },
        ],
        activity: { num_sessions: 2 },
      })
      expect(read.records).toHaveLength(22)
      expect(read.records?.[1]).toMatchObject({
        timestamp: new Date('2026-11-20T06:31:01Z'),
        distance: 8.5,
        speed: 8.5,
        altitude: 420,
        position_long: expect.closeTo(8.54, 4) as number,
      })
    }
  })
})
