/* A script for pages elsewhere, as text: what it tries is not for this program's own types. */

/**
 * Everything a page on another origin can try on a server: what it sees of it comes back, by the name of the try. The
 * same answers from two servers mean that it can't tell one from the other.
 */
export function probe(at: string, token: string): string {
  return `(async () => {
    const at = ${JSON.stringify(at)}
    const token = ${JSON.stringify(token)}
    const pause = at + '/api/request/pause'
    const seen = {}
    const tried = []
    const note = (name, promise) => tried.push(promise.then(what => { seen[name] = what }))
    const within = promise =>
      Promise.race([promise, new Promise(done => setTimeout(() => done('nothing'), 20_000))])
    const outcome = promise => within(promise.then(reply => reply.type ?? 'done', error => error.name))
    const loads = (tag, set) => within(new Promise(done => {
      const element = document.createElement(tag)
      element.onload = () => done('loaded')
      element.onerror = () => done('error')
      set(element)
      document.body.append(element)
    }))
    const form = (type, target) => {
      const element = document.createElement('form')
      Object.assign(element, { action: pause, method: 'post', enctype: type, target })
      const field = document.createElement('input')
      // As plain text the body reads ["hour","="].
      Object.assign(field, { name: '["hour","', value: '"]' })
      element.append(field)
      document.body.append(element)
      element.submit()
    }
    const frame = name => loads('iframe', each => { each.name = name })

    // Asking, with and without the browser's own question first.
    note('reads', outcome(fetch(at + '/')))
    note('readsBlindly', outcome(fetch(at + '/', { mode: 'no-cors' })))
    note('asksWithToken', outcome(fetch(pause, {
      method: 'POST', headers: { authorization: 'Bearer ' + token, 'content-type': 'application/json' }, body: '["hour"]',
    })))
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])
      note('posts ' + type, outcome(fetch(pause, {
        method: 'POST', mode: 'no-cors', keepalive: true, credentials: 'include',
        headers: type === '' ? {} : { 'content-type': type }, body: new TextEncoder().encode('["hour"]'),
      })))
    note('nearby', outcome(fetch(at + '/api/events', { mode: 'no-cors', targetAddressSpace: 'loopback' })))
    for (const type of ['text/plain', 'application/json'])
      seen['beacon ' + type] = String(navigator.sendBeacon(pause, new Blob(['["hour"]'], { type })))

    // Loading: what tells how it ended, and what is only let loose.
    const paths = ['/', '/icon.svg', '/assets/app.js', '/api/events']
    for (const path of paths) {
      for (const tag of ['img', 'script']) note(tag + ' ' + path, loads(tag, each => { each.src = at + path }))
      for (const tag of ['video', 'audio', 'embed', 'iframe']) void loads(tag, each => { each.src = at + path })
      void loads('object', each => { each.data = at + path })
    }
    const link = rel => loads('link', each => { Object.assign(each, { rel, href: at + '/icon.svg', as: 'image' }) })
    for (const rel of ['stylesheet', 'preload', 'modulepreload']) note('link ' + rel, link(rel))
    for (const rel of ['prefetch', 'icon', 'manifest']) void link(rel)
    note('crossOriginImage', loads('img', each => { each.crossOrigin = 'anonymous'; each.src = at + '/icon.svg' }))
    note('imports', within(import(at + '/assets/app.js').then(() => 'imported', error => error.name)))
    const style = document.createElement('style')
    style.textContent = '@import url(' + at + '/x.css); body { background: url(' + at + '/icon.svg) }'
    document.head.append(style)

    // Streams, workers, and what would stay behind.
    note('listens', within(new Promise(done => {
      const events = new EventSource(at + '/api/events', { withCredentials: true })
      events.onopen = () => done('open')
      events.onerror = () => { events.close(); done('error') }
    })))
    note('socket', within(new Promise(done => {
      const socket = new WebSocket(at.replace('http', 'ws') + '/api/events')
      socket.onopen = () => done('open')
      socket.onerror = () => done('error')
    })))
    note('worker', within(new Promise(done => {
      try { new Worker(at + '/assets/app.js').onerror = () => done('error') } catch (error) { done(error.name) }
    })))
    note('stays', within(Promise.resolve(navigator.serviceWorker?.register(at + '/assets/app.js'))
      .then(worker => worker === undefined ? 'none here' : 'registered', error => error.name)))

    // Forms, into frames, and from a frame whose origin is null.
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      await frame('into-' + type)
      form(type, 'into-' + type)
    }
    await loads('iframe', each => {
      each.sandbox = 'allow-scripts allow-forms'
      each.srcdoc = '<script>fetch("' + pause + '", { method: "POST", mode: "no-cors", body: "[]" })</script>' +
        '<form action="' + pause + '" method="post" enctype="text/plain"><input name="["></form>' +
        '<script>document.forms[0].submit()</script>'
    })

    // A window of its own, with a token of our choosing.
    const opened = window.open(at + '/#token=' + token)
    const look = read => { try { return String(read()) } catch (error) { return error.name } }
    // Until it is the other server's: its first, empty page is our own.
    for (let looks = 0; looks < 400 && look(() => opened.document.body.innerText) !== 'SecurityError'; looks += 1)
      await new Promise(done => setTimeout(done, 50))
    seen.openedFrames = look(() => opened.length)
    seen.openedText = look(() => opened.document.body.innerText)
    opened?.close()

    // What the browser's own records say.
    await Promise.all(tried)
    seen.records = performance.getEntriesByType('resource').filter(entry => entry.name.startsWith(at))
      .map(entry => [entry.responseStatus, entry.transferSize, entry.decodedBodySize, entry.serverTiming?.length])
      .filter(numbers => numbers.some(number => number > 0)).length
    return seen
  })()`
}
