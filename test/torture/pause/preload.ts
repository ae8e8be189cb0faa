// Loaded into each thread of a Musette under test before its own code: wraps what Node gives it, so that one named step
// can be paused at. The product knows nothing of it.
import { Armed, armVariable, type Arm } from './armed.ts'
import { pauseAtFiles } from './at-files.ts'
import { pauseAtLedger } from './at-ledger.ts'
import { pauseAtSocket } from './at-socket.ts'

const given = process.env[armVariable]
if (given !== undefined) {
  const armed = new Armed(JSON.parse(given) as Arm) // written by armFor in ../killer.ts
  pauseAtFiles(armed)
  pauseAtLedger(armed)
  pauseAtSocket(armed)
}
