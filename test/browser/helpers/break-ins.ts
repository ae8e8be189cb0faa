/* Scripts that run in pages, as text: what they try is not for this program's own types. */

/** A script that tries everything a page could; answers the directives that refused, and what threw at once. */
export function attempts(elsewhere: string): string {
  return `(async () => {
    const refused = new Set()
    document.addEventListener('securitypolicyviolation', event => refused.add(event.effectiveDirective))
    const tries = (name, deed) => {
      try { deed() } catch (error) { refused.add(name + ': ' + error.name) }
    }
    const add = (tag, set) => {
      const element = document.createElement(tag)
      set(element)
      document.body.append(element)
      return element
    }
    // Later, and so no longer with the rights of whoever drives the browser.
    await new Promise(done => setTimeout(() => {
      tries('eval', () => { window.hacked = (0, eval)('1') })
      done()
    }))
    tries('inline script', () => add('script', each => { each.textContent = 'window.hacked = 1' }))
    tries('script text', () => add('script', each => each.append('window.hacked = 1')))
    tries('html', () => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.hacked=1>') })
    tries('handler attribute', () => add('b', each => each.setAttribute('onclick', 'window.hacked = 1')).click())
    tries('remote script', () => add('script', each => { each.setAttribute('src', ${JSON.stringify(elsewhere)} + '/x.js') }))
    add('img', each => { each.src = ${JSON.stringify(elsewhere)} + '/image.png' }).remove()
    add('iframe', each => { each.src = ${JSON.stringify(elsewhere)} })
    tries('object', () => add('object', each => { each.data = ${JSON.stringify(elsewhere)} }))
    add('style', each => { each.textContent = 'body { color: red }' })
    add('p', each => each.setAttribute('style', 'color: red'))
    add('base', each => { each.href = ${JSON.stringify(elsewhere)} })
    add('form', each => { each.action = ${JSON.stringify(elsewhere)} }).submit()
    tries('worker', () => new Worker(URL.createObjectURL(new Blob(['1']))))
    await fetch(${JSON.stringify(elsewhere)}).catch(() => undefined)
    await new Promise(done => {
      const socket = new WebSocket(${JSON.stringify(elsewhere.replace('http', 'ws'))})
      socket.onerror = () => { refused.add('socket'); done() }
      socket.onopen = done
    })
    // The browser tells of a form only after it has looked where it goes.
    for (let looks = 0; looks < 100 && !refused.has('form-action'); looks += 1)
      await new Promise(done => setTimeout(done, 50))
    return [...refused].sort()
  })()`
}

/** What a page elsewhere could try; answers how each ended. */
export function foreign(origin: string, token: string): string {
  return `(async () => {
    const at = ${JSON.stringify(origin)}
    const outcome = promise => promise.then(reply => reply.type, error => error.name)
    const loads = (tag, set) => new Promise(done => {
      const element = document.createElement(tag)
      element.onload = () => done('loaded')
      element.onerror = () => done('error')
      set(element)
      document.head.append(element)
    })
    return {
      readsPage: await outcome(fetch(at + '/')),
      asksWithToken: await outcome(fetch(at + '/api/request/getSnapshot', {
        method: 'POST',
        headers: { authorization: 'Bearer ' + ${JSON.stringify(token)}, 'content-type': 'application/json' },
        body: '[]',
      })),
      pausesBlindly: await outcome(fetch(at + '/api/request/pause', { method: 'POST', mode: 'no-cors', body: '["hour"]' })),
      listens: await new Promise(done => {
        const events = new EventSource(at + '/api/events')
        events.onopen = () => done('open')
        events.onerror = () => { events.close(); done('error') }
      }),
      loadsScript: await loads('script', each => { each.src = at + '/' }),
    }
  })()`
}
