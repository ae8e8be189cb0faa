import { lookAtHome, type HomeFindings, type LookJob } from './look-at-home.ts'
import { packBundle, type PackJob } from './pack-bundle.ts'

/** The parts of helping that read a whole home. Their words are plain data, so that another thread can do them. */
export interface HelpWork {
  look(job: LookJob): Promise<HomeFindings>
  /** Answers a zip. */
  pack(job: PackJob): Promise<Uint8Array>
}

/** Does it in the thread that asks: for a command, which has nothing else to do. */
export const helpHere: HelpWork = { look: lookAtHome, pack: packBundle }
