import type { Recorder } from '../recorder.ts'
import { copyAndRename, deletedLater, gzTwin, longerVersion } from './afterlife.ts'
import { chainedAppended, chainedFit, multisportFit } from './chained.ts'
import {
  checkpointClosed,
  checkpointFit,
  checkpointGpx,
  checkpointGpxOldMtime,
  checkpointGpxSlow,
  checkpointOldMtime,
  checkpointPause,
  neverClosed,
} from './checkpoints.ts'
import { oldMtime, skewedClock, slowCopy } from './copies.ts'
import { garminDevice } from './device.ts'
import { flushGaps, headerFirst, longRide, silentForHours } from './live-fit.ts'
import { junk, notActivities } from './no-ride.ts'
import { overwriteInPlace } from './overwrite.ts'
import { gzGrowing, truncatedForEver, zipGrowing, zipOfThree } from './packed.ts'
import { preallocatedFit, preallocatedTcx } from './preallocated.ts'
import { sameSecond } from './same-second.ts'
import { candidateTempName, download, tempAndRename } from './temp-and-rename.ts'
import { gpxAppended, tcxAppended, tcxOfMany } from './xml.ts'
import { blocksOutOfOrder, zeroFilled, zeroFilledForEver } from './zero-filled.ts'
import { zwift, zwiftCrash } from './zwift.ts'

/** Every recorder there is, by the short name that a replay prints. */
export const recorders: Readonly<Record<string, Recorder>> = {
  'flush-gaps': flushGaps,
  'header-first': headerFirst,
  'long-ride': longRide,
  'silent-for-hours': silentForHours,
  'preallocated-fit': preallocatedFit,
  'preallocated-tcx': preallocatedTcx,
  'temp-and-rename': tempAndRename,
  download,
  'candidate-temp-name': candidateTempName,
  'overwrite-in-place': overwriteInPlace,
  zwift,
  'zwift-crash': zwiftCrash,
  'gz-growing': gzGrowing,
  'zip-growing': zipGrowing,
  'zip-of-three': zipOfThree,
  'truncated-for-ever': truncatedForEver,
  'zero-filled': zeroFilled,
  'zero-filled-for-ever': zeroFilledForEver,
  'blocks-out-of-order': blocksOutOfOrder,
  'slow-copy': slowCopy,
  'old-mtime': oldMtime,
  'skewed-clock': skewedClock,
  'same-second': sameSecond,
  'checkpoint-fit': checkpointFit,
  'checkpoint-pause': checkpointPause,
  'checkpoint-old-mtime': checkpointOldMtime,
  'checkpoint-closed': checkpointClosed,
  'checkpoint-gpx': checkpointGpx,
  'checkpoint-gpx-old-mtime': checkpointGpxOldMtime,
  'checkpoint-gpx-slow': checkpointGpxSlow,
  'never-closed': neverClosed,
  'tcx-appended': tcxAppended,
  'gpx-appended': gpxAppended,
  'tcx-of-many': tcxOfMany,
  'chained-fit': chainedFit,
  'chained-appended': chainedAppended,
  'multisport-fit': multisportFit,
  'gz-twin': gzTwin,
  'copy-and-rename': copyAndRename,
  'deleted-later': deletedLater,
  'longer-version': longerVersion,
  'not-activities': notActivities,
  junk,
  'garmin-device': garminDevice,
}
