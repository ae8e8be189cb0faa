import { expect, test } from 'vitest'
import { parseMountInfo, placeFrom } from '../../../electron/adapters/mounts.ts'

const table = [
  '22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw',
  '30 22 0:25 / /data rw - autofs systemd-1 rw',
  '31 30 0:40 / /data rw shared:9 - nfs4 nas:/rides rw',
  '32 22 8:17 / /home/me/GARMIN\\0401 rw - vfat /dev/sdb1 rw',
  '33 22 0:41 / /home/me/share rw - cifs //nas/x rw',
  '34 22 0:42 / /home/me/cloud rw - fuse.rclone remote rw',
  '35 22 8:33 / /mnt/disk rw - ext4 /dev/sdc1 rw',
  'not a line',
  '',
].join('\n')

test('mount points are read with their spaces', () => {
  expect(parseMountInfo(table).map(mount => `${mount.at} ${mount.type}`)).toEqual([
    '/ ext4',
    '/data autofs',
    '/data nfs4',
    '/home/me/GARMIN 1 vfat',
    '/home/me/share cifs',
    '/home/me/cloud fuse.rclone',
    '/mnt/disk ext4',
  ])
})

test.each([
  ['/home/me/rides', 'local'],
  ['/home/me/GARMIN 1/Activities', 'removable'],
  ['/home/me/share/rides', 'network'],
  ['/home/me/shared', 'local'],
  ['/home/me/cloud', 'network'],
  ['/data/rides', 'network'],
  ['/mnt/disk/rides', 'removable'],
  ['/media/me/STICK', 'removable'],
  ['/run/media/me/STICK', 'removable'],
] as const)('%s is %s', (folder, place) => {
  expect(placeFrom(parseMountInfo(table), folder)).toBe(place)
})

test('without a mount table only the place tells', () => {
  expect([placeFrom([], '/home/me'), placeFrom([], '/media/x')]).toEqual(['local', 'removable'])
})
