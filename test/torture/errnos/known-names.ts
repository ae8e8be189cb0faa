// Loaded into each thread of a Musette under test before its own code: names that are drawn anew each time, such as those
// of staging copies, become the same each time, so that a fault can be placed at them. The product knows nothing of it.
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { threadId } from 'node:worker_threads'

let count = 0
crypto.randomUUID = () => {
  count += 1
  return `00000000-0000-4000-8000-${String(threadId).padStart(4, '0')}${String(count).padStart(8, '0')}`
}
syncBuiltinESMExports()
Object.defineProperty(process, 'pid', { value: 4242 })
