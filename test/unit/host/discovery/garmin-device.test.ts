import { expect, test } from 'vitest'
import { readGarminDevice, type GarminDevice } from '../../../../electron/host/discovery/garmin-device.ts'
import { garminXml } from '../../../helpers/garmin-xml.ts'

const read = (xml: string): GarminDevice => readGarminDevice(new TextEncoder().encode(xml))

test('tells the name, where rides are and where workouts go in', () => {
  expect(read(garminXml('Garmin/Activities', 'Garmin/NewFiles'))).toEqual({
    ...{ name: 'Edge 530', activities: ['Garmin/Activities'], newFiles: ['Garmin/NewFiles'] },
  })
})

test('keeps neither keys nor the unit id', () => {
  expect(JSON.stringify(read(garminXml()))).not.toMatch(/SECRET|3999999999/)
})

test('of a broken description, what came before the break', () => {
  const xml = garminXml()
  const half = xml.slice(0, xml.indexOf('FIT_TYPE_4'))
  expect(read(half)).toEqual({ name: 'Edge 530', activities: [], newFiles: ['GARMIN/NEWFILES'] })
})

test.each(['', 'no xml at all', '<Device/>', '\0\0\0\0'])('of %o, nothing', xml => {
  expect(read(xml)).toEqual({ name: null, activities: [], newFiles: [] })
})

test('a name is one short line', () => {
  expect(read(garminXml('a', 'b', `Edge\n\t530 ${'x'.repeat(500)}`)).name).toMatch(/^Edge 530 x{51}$/)
})
