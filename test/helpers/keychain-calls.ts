// Runs calls of the real secret store in a process of their own and prints what each came to: libsecret keeps one
// connection a process, so a test that changes buses or locks needs a fresh process each time.
import { keytarSecretStore } from '../../electron/adapters/keytar-secret-store.ts'
import { AppError } from '../../shared/app-error.ts'

const calls: unknown = JSON.parse(process.argv[2] ?? '[]')
const store = keytarSecretStore()
const results: unknown[] = []

async function run(name: unknown, account: string, secret: string): Promise<unknown> {
  try {
    if (name === 'read') return await store.read(account)
    await (name === 'write' ? store.write(account, secret) : store.remove(account))
    return 'done'
  } catch (error) {
    return error instanceof AppError ? { code: error.code, message: error.message } : String(error)
  }
}

for (const call of Array.isArray(calls) ? calls : []) {
  const parts: readonly unknown[] = Array.isArray(call) ? call : []
  const [name, account, secret] = parts
  results.push(await run(name, String(account), String(secret)))
}
console.log(JSON.stringify(results))
