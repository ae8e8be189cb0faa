import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchEngineView } from './engine-view.ts'
import { benchFileList } from './file-list.ts'
import { benchProof } from './proof.ts'
import { benchRescan } from './rescan.ts'
import { benchSync } from './sync.ts'

/** `npm run bench`: how much Musette costs over a named baseline that is measured in the same run. */
const folder = mkdtempSync(join(tmpdir(), 'musette-bench-'))
try {
  await benchProof()
  await benchRescan(folder)
  await benchFileList(folder)
  await benchEngineView()
  await benchSync(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
