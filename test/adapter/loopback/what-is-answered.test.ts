import { symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { contentPolicy } from '../../../electron/host/window/content-policy.ts'
import { closeServed, pageSends, send, sendRaw, served, without, type AskOptions } from './served.ts'

afterEach(closeServed)

test('the page is served without a token, with exactly the declared headers', async () => {
  const { ask } = await served()
  const page = await ask('/')
  expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>Musette</title>' })
  const headers = without(page.headers, 'date', 'connection', 'keep-alive')
  expect(headers).toEqual({
    'cache-control': 'no-store',
    'content-length': '37',
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html",
    'content-type': 'text/html; charset=utf-8',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': page.headers['permissions-policy'],
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
  expect(String(page.headers['permissions-policy']).split(', ')).toEqual(
    expect.arrayContaining(['camera=()', 'geolocation=()', 'microphone=()', 'usb=()']),
  )
  expect(contentPolicy('none')).toBe(
    contentPolicy('self').replace("connect-src 'self'", "connect-src 'none'"),
  )
  const script = await ask('/assets/app-D_4x-1.js?v=1')
  expect(script).toMatchObject({ status: 200, body: 'export {}' })
  expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
})

test.each([
  '/../secret.html',
  '/assets/../../secret.html',
  '/..%2fsecret.html',
  '/%2e%2e/secret.html',
  '/%2e%2e%2fsecret.html',
  '/..%5csecret.html',
  '/..\\secret.html',
  '/assets\\..\\..\\secret.html',
  '/assets/..%252f..%252fsecret.html',
  '/%c0%ae%c0%ae/secret.html',
  '/..;/secret.html',
  '//secret.html',
  '/./index.html',
  '/index.html%00.js',
  '/index.html/',
  '/.hidden.html',
  '/app.js.map',
  '/assets',
  '/assets/',
  '/etc/passwd',
  '//etc/passwd',
  '/C:/secret.html',
  '/FOLDER/../secret.html',
  '/linked.html',
  '/linked/secret.html',
  '/INDEX.HTML%20',
  '/%69ndex.html',
])('the path %s leads nowhere', async path => {
  const { ask, folder } = await served()
  symlinkSync(join(dirname(folder), 'secret.html'), join(folder, 'linked.html'))
  symlinkSync(dirname(folder), join(folder, 'linked'))
  const reply = await ask(path.replace('FOLDER', folder.slice(1)))
  expect(reply).toMatchObject({ status: 404, body: 'There is nothing here.\n' })
})

test('a link within the page’s folder, and a page whose folder is a link, are fine', async () => {
  const { ask, folder } = await served()
  symlinkSync(join(folder, 'index.html'), join(folder, 'start.html'))
  expect((await ask('/start.html')).status).toBe(200)
})

test.each(['GET http://evil.example/ HTTP/1.1', 'OPTIONS * HTTP/1.1'])(
  '%s is no path of ours',
  async line => {
    const { port } = await served()
    const host = `Host: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`
    expect(await sendRaw(port, `${line}\r\n${host}`)).toMatch(/^HTTP\/1\.1 400 /)
  },
)

test('NUL and bare line breaks in a path do not reach anything', async () => {
  const { port } = await served()
  const reply = await sendRaw(port, `GET /index.html\0.js HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
  expect(reply).toMatch(/^HTTP\/1\.1 400 /)
})

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])(
  'a page can not be asked with %s',
  async method => {
    const { ask } = await served()
    const reply = await ask('/', { method })
    expect(reply.status).toBe(405)
    expect(reply.headers.allow).toBe('GET, HEAD')
  },
)

test('a request is posted and events are read', async () => {
  const { port, ask, asked } = await served()
  const headers = pageSends(port)
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
    expect((await ask('/api/request/syncNow', { method, headers })).status).toBe(405)
  }
  expect((await ask('/api/events', { method: 'POST', headers, body: '[]' })).status).toBe(405)
  expect(asked).toEqual([])
})

test.each([
  '/api',
  '/api/',
  '/api/request',
  '/api/request/',
  '/api/request/a/b',
  '/api/request/__proto__x1',
  '/api/other',
  '/apix',
])('with the token %s is still nothing', async path => {
  const { port, ask, asked } = await served()
  const reply = await ask(path, { method: 'POST', headers: pageSends(port), body: '[]' })
  expect(reply.status).toBe(404)
  expect(asked).toEqual([])
})

test('what is no JSON is refused, and JSON is handed on as it is', async () => {
  const { port, ask, asked } = await served()
  const post = (body: string): Promise<{ readonly status: number }> =>
    ask('/api/request/listFiles', { method: 'POST', headers: pageSends(port), body })
  expect((await post('')).status).toBe(400)
  expect((await post('[1,')).status).toBe(400)
  expect((await post('{"a":1}')).status).toBe(200)
  expect(asked).toEqual([['listFiles', { a: 1 }]])
})

test('a body over the limit is refused, announced or not', async () => {
  const { port, ask, asked } = await served({ bodyBytes: 1000 })
  const body = JSON.stringify(['x'.repeat(2000)])
  const announced = await ask('/api/request/connect', {
    method: 'POST',
    headers: { ...pageSends(port), 'content-length': body.length },
    body,
  })
  expect(announced.status).toBe(413)
  const chunked = await new Promise<number>((resolve, reject) => {
    const headers = { ...pageSends(port), 'transfer-encoding': 'chunked' }
    const asking = request(
      { host: '127.0.0.1', port, path: '/api/request/connect', method: 'POST', headers, agent: false },
      reply => {
        resolve(reply.statusCode ?? 0)
        reply.resume()
      },
    )
    asking.on('error', reject)
    asking.write(body.slice(0, 500))
    asking.write(body.slice(500))
    asking.end()
  })
  expect(chunked).toBe(413)
  expect(asked).toEqual([])
})

test('a body and headers that never end are given up', async () => {
  const { port, asked } = await served({ requestMs: 300, headersMs: 200 })
  const head = `POST /api/request/connect HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`
  const { authorization } = pageSends(port)
  const withBody = `${head}Authorization: ${String(authorization)}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n["a`
  // Both end by the server's doing: nothing more is ever sent.
  const [body, headers] = await Promise.all([sendRaw(port, withBody), sendRaw(port, head)])
  expect(body).toMatch(/^HTTP\/1\.1 408 /)
  expect(headers).toMatch(/^HTTP\/1\.1 408 /)
  expect(asked).toEqual([])
})

test('headers over the limit are refused', async () => {
  const { port } = await served()
  const reply = await sendRaw(
    port,
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
  )
  expect(reply).toMatch(/^HTTP\/1\.1 431 /)
})

test('no reply, good or bad, lets another site read it or sets a cookie', async () => {
  const { port, ask, folder } = await served({ bodyBytes: 100 })
  writeFileSync(join(folder, 'icon.svg'), '<svg/>')
  const ours = pageSends(port)
  const tries: readonly (readonly [string, AskOptions])[] = [
    ['/', {}],
    ['/icon.svg', {}],
    ['/nothing', {}],
    ['/', { method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } }],
    ['/', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }],
    // How a browser asks whether a site of the internet may reach into this computer.
    ['/', { method: 'OPTIONS', headers: { 'access-control-request-private-network': 'true' } }],
    ['/api/request/syncNow', { method: 'POST', headers: ours, body: '[]' }],
    ['/api/request/syncNow', { method: 'POST', headers: ours, body: '[' }],
    ['/api/request/syncNow', { method: 'POST', headers: ours, body: 'x'.repeat(200) }],
    ['/api/request/syncNow', { method: 'POST', headers: { ...ours, 'content-type': 'text/plain' } }],
    ['/api/request/syncNow', { method: 'POST', headers: { ...ours, origin: 'https://evil.example' } }],
    ['/api/request/syncNow', { method: 'OPTIONS', headers: ours }],
    ['/api/request/syncNow', { method: 'POST' }],
    ['/api/nothing', { headers: ours }],
  ]
  const replies = await Promise.all(tries.map(([path, options]) => ask(path, options)))
  expect(replies.map(reply => reply.status)).toEqual([
    ...[200, 200, 404, 405, 403, 405, 200, 400, 413, 415, 403, 405, 401, 404],
  ])
  const events = await send(port, '/api/events', { headers: ours })
  for (const { headers } of [...replies, events]) {
    expect(Object.keys(headers).filter(name => /^access-control-|^set-cookie$|^server$/.test(name))).toEqual(
      [],
    )
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  }
  events.destroy()
})
