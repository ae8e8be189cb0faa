import { expect, test } from 'vitest'
import {
  appSchemeHandler,
  appSchemes,
  isOwnAddress,
  pageAddress,
} from '../../../../electron/desktop/window/app-scheme.ts'
import { contentPolicy } from '../../../../electron/host/window/content-policy.ts'

function handler() {
  const asked: string[] = []
  const handle = appSchemeHandler(path => {
    asked.push(path)
    const body = Buffer.from('<p>page</p>')
    return Promise.resolve({ status: 200, headers: { 'content-type': 'text/html' }, body })
  })
  return { asked, handle }
}

// Node's own Request takes any address; the handler sees the same fields as in Electron.
const get = (url: string, method = 'GET'): Request => new Request(url, { method })

test('the scheme is standard and secure and has no other privilege', () => {
  expect(appSchemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }])
})

test('hands out a file of the page with its policy', async () => {
  const { asked, handle } = handler()
  const response = await handle(get(pageAddress))
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('<p>page</p>')
  expect(response.headers.get('content-type')).toBe('text/html')
  expect(response.headers.get('content-security-policy')).toBe(contentPolicy('none'))
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(asked).toEqual(['/index.html'])
})

test('answers HEAD without a body', async () => {
  const response = await handler().handle(get(pageAddress, 'HEAD'))
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
})

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses %s', async method => {
  const { asked, handle } = handler()
  const response = await handle(get(pageAddress, method))
  expect(response.status).toBe(405)
  expect(asked).toEqual([])
})

test.each([
  'app://other/index.html',
  'app://musette:80/index.html',
  'app://musette.evil/',
  'https://musette/',
])('knows nothing of %s', async url => {
  const { asked, handle } = handler()
  const response = await handle(get(url))
  expect(response.status).toBe(404)
  expect(response.headers.get('content-security-policy')).toBe(contentPolicy('none'))
  expect(asked).toEqual([])
})

test.each([
  ['app://musette/index.html', true],
  ['app://musette/', true],
  ['app://user@musette/', false],
  ['app://musette.example/', false],
  ['https://musette/', false],
  ['file:///index.html', false],
  ['about:blank', false],
  ['', false],
])('the origin of %s is its own: %s', (address, isOwn) => {
  expect(isOwnAddress(address)).toBe(isOwn)
})
