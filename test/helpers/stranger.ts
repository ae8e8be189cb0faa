// Another user of this computer: tries what it reads from standard input and prints how each try ended.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { text } from 'node:stream/consumers'

export type StrangersTry =
  | { readonly kind: 'list' | 'read' | 'write' | 'connect'; readonly path: string }
  | {
      readonly kind: 'ask'
      readonly url: string
      readonly method: string
      readonly headers: Readonly<Record<string, string>>
    }

/** What came of it: `done: …`, or the code of the refusal. */
async function tried(one: StrangersTry): Promise<string> {
  switch (one.kind) {
    case 'list':
      return `done: ${readdirSync(one.path).join(' ')}`
    case 'read':
      return `done: ${readFileSync(one.path, 'latin1')}`
    case 'write':
      writeFileSync(one.path, 'of a stranger')
      return 'done: written'
    case 'connect':
      return connected(one.path)
    case 'ask': {
      const { url, method, headers } = one
      const reply = await fetch(url, { method, headers, ...(method === 'POST' ? { body: '[]' } : {}) })
      return `${reply.status} ${await reply.text()}`
    }
  }
}

function connected(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path, () => {
      socket.destroy()
      resolve('done: connected')
    })
    socket.on('error', reject)
  })
}

const tries = JSON.parse(await text(process.stdin)) as readonly StrangersTry[] // what other-user.ts writes
const ends: string[] = []
for (const one of tries) {
  ends.push(
    await tried(one).catch((error: unknown) =>
      error instanceof Error && 'code' in error ? String(error.code) : String(error),
    ),
  )
}
console.log(JSON.stringify(ends))
