import { escapeXml, ridePoints, xmlSpeedMps } from './xml-ride.ts'
import type { RidePoint, XmlRideSpec } from './xml-ride.ts'

/** A TCX ride as a head unit writes it. The same spec always gives the same bytes. */
export function buildTcx(spec: XmlRideSpec): Uint8Array {
  const activities = ridePoints(spec).map(points => activity(spec, points))
  return new TextEncoder().encode(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"',
      '  xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">',
      '  <Activities>',
      ...activities,
      '  </Activities>',
      '</TrainingCenterDatabase>',
      '',
    ].join('\n'),
  )
}

function activity(spec: XmlRideSpec, points: readonly RidePoint[]): string {
  const durationS = spec.durationS ?? 60
  const start = points[0]?.time ?? ''
  return [
    `    <Activity Sport="${escapeXml(spec.sport ?? 'Biking')}">`,
    `      <Id>${start}</Id>`,
    `      <Lap StartTime="${start}">`,
    `        <TotalTimeSeconds>${durationS}</TotalTimeSeconds>`,
    `        <DistanceMeters>${durationS * xmlSpeedMps}</DistanceMeters>`,
    '        <Intensity>Active</Intensity>',
    '        <Track>',
    ...points.map(point => trackpoint(spec, point)),
    '        </Track>',
    '      </Lap>',
    `      <Creator><Name>${escapeXml(spec.creator ?? 'Test Trainer')}</Name><UnitId>${spec.serial ?? 1234}</UnitId></Creator>`,
    '    </Activity>',
  ].join('\n')
}

function trackpoint(spec: XmlRideSpec, point: RidePoint): string {
  return [
    '          <Trackpoint>',
    ...(spec.withTimes === false ? [] : [`            <Time>${point.time}</Time>`]),
    ...(spec.withPositions === false
      ? []
      : [
          `            <Position><LatitudeDegrees>${point.latitude.toFixed(7)}</LatitudeDegrees>` +
            `<LongitudeDegrees>${point.longitude.toFixed(7)}</LongitudeDegrees></Position>`,
        ]),
    `            <DistanceMeters>${point.metres}</DistanceMeters>`,
    `            <HeartRateBpm><Value>${point.heartRate}</Value></HeartRateBpm>`,
    `            <Extensions><ns3:TPX><ns3:Watts>${point.watts}</ns3:Watts></ns3:TPX></Extensions>`,
    '          </Trackpoint>',
  ].join('\n')
}
