// Serves a home's control channel until killed: `echo` answers at once, anything else never.
import { serveControl } from '../../electron/adapters/control-channel.ts'

await serveControl({
  homeFolder: process.argv[2] ?? '',
  handle: ({ name, args }) => (name === 'echo' ? Promise.resolve(args) : new Promise(() => undefined)),
})
console.log('listening')
