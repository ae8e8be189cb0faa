// Takes a home's lock, says what came of it, and holds it until killed or until its standard input ends.
import { takeHomeLock } from '../../electron/adapters/home-lock.ts'

const lock = takeHomeLock(process.argv[2] ?? '')
console.log(lock === null ? 'refused' : 'held')
process.stdin.on('end', () => {
  lock?.release()
})
process.stdin.resume()
