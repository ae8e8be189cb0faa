/**
 * Reads an event stream (WHATWG HTML, "Server-sent events": lines of `data:`, an empty line ends an event, a line that
 * begins with a colon is a comment) and hands over each event's data. Resolves at the stream's end.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  onData: (text: string) => void,
): Promise<void> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ''
  let data: string[] = []
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    rest += decoder.decode(value, { stream: true })
    const lines = rest.split(/\r?\n/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
      else if (line === '' && data.length > 0) {
        const text = data.join('\n')
        data = []
        onData(text)
      }
    }
  }
}
