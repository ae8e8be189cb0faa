/** A Garmin's description of itself, with the secrets it carries and folders in the case given. */
export function garminXml(
  activities = 'GARMIN/ACTIVITY',
  newFiles = 'GARMIN/NEWFILES',
  name = 'Edge 530',
): string {
  const file = (type: string, path: string, direction: string): string => `
    <DataType><Name>${type}</Name><File>
      <Specification><Identifier>FIT</Identifier></Specification>
      <Location><Path>${path}</Path><FileExtension>FIT</FileExtension></Location>
      <TransferDirection>${direction}</TransferDirection>
    </File></DataType>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<Device xmlns="http://www.garmin.com/xmlschemas/GarminDevice/v2">
  <Model><PartNumber>006-B3121-00</PartNumber><SoftwareVersion>950</SoftwareVersion><Description>${name}</Description></Model>
  <Id>3999999999</Id>
  <MassStorageMode>
    ${file('FIT_TYPE_2', 'GARMIN/SETTINGS', 'InputOutput')}
    ${file('FIT_TYPE_5', newFiles, 'InputToUnit')}
    ${file('FIT_TYPE_5', 'GARMIN/WORKOUTS', 'OutputFromUnit')}
    ${file('FIT_TYPE_4', activities, 'OutputFromUnit')}
  </MassStorageMode>
  <Extensions><StoreKey>SECRETSTOREKEY</StoreKey><Modulus>SECRETMODULUS</Modulus></Extensions>
</Device>`
}
