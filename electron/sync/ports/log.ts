/** One line in the log. Names the part, the file and the code; never a token, a header or a file's content. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, string | number | boolean | null>>,
) => void

export const noLog: Log = () => undefined
