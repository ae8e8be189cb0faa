/** All bytes of a stream in one piece. Throws where there is none. */
export async function collect(stream: AsyncIterable<Uint8Array> | undefined): Promise<Uint8Array> {
  if (stream === undefined) throw new Error('there is no stream to read')
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}
