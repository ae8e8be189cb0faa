import { escapeXml, ridePoints } from './xml-ride.ts'
import type { RidePoint, XmlRideSpec } from './xml-ride.ts'

/** A GPX 1.1 ride. The same spec always gives the same bytes. */
export function buildGpx(spec: XmlRideSpec): Uint8Array {
  const tracks = ridePoints(spec).map(points => track(spec, points))
  return new TextEncoder().encode(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<gpx version="1.1" creator="${escapeXml(spec.creator ?? 'Test Trainer')}"`,
      '  xmlns="http://www.topografix.com/GPX/1/1"',
      '  xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">',
      `  <metadata><desc>${spec.serial ?? 1234}</desc></metadata>`,
      ...tracks,
      '</gpx>',
      '',
    ].join('\n'),
  )
}

function track(spec: XmlRideSpec, points: readonly RidePoint[]): string {
  return [
    '  <trk>',
    `    <type>${escapeXml(spec.sport ?? 'cycling')}</type>`,
    '    <trkseg>',
    ...points.map(point => trackpoint(spec, point)),
    '    </trkseg>',
    '  </trk>',
  ].join('\n')
}

function trackpoint(spec: XmlRideSpec, point: RidePoint): string {
  const place =
    spec.withPositions === false
      ? ''
      : ` lat="${point.latitude.toFixed(7)}" lon="${point.longitude.toFixed(7)}"`
  const time = spec.withTimes === false ? '' : `<time>${point.time}</time>`
  const heart = `<gpxtpx:TrackPointExtension><gpxtpx:hr>${point.heartRate}</gpxtpx:hr></gpxtpx:TrackPointExtension>`
  return `      <trkpt${place}><ele>420</ele>${time}<extensions><power>${point.watts}</power>${heart}</extensions></trkpt>`
}
