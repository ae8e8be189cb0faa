/** Ends of the seven power zones in percent of FTP; the last has none, and is drawn to here. */
const zoneEnds = [55, 75, 90, 105, 120, 150, 180]

/** First and last watt of a power zone, 1 to 7. The first zone counts from four fifths of its end. */
export function zoneWatts(zone: number, ftp: number): readonly [number, number] {
  const end = Math.floor(((zoneEnds[zone - 1] ?? 0) * ftp) / 100)
  const before = zoneEnds[zone - 2]
  return [before === undefined ? Math.floor(end * 0.8) : Math.floor((before * ftp) / 100) + 1, end]
}
