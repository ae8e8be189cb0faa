import { errorText } from '../../../shared/error-text.ts'
import { AppError, type ErrorCode } from '../../../shared/app-error.ts'
import { columnsOf, rowsOf } from './cells.ts'
import { stormTable } from './cells/storms.ts'
import { matrix, type Part } from './matrix.ts'

const cellHeadings = [
  ...['Fault', 'Rides while it lasts', 'Told', 'All wait', 'Asked', 'Rides at the end', 'Asked in all'],
]
const stormHeadings = [
  ...[
    'Trouble',
    'Asked while it lasts',
    'Rides',
    'All wait',
    'Asked in all',
    'Rides at the end',
    'All up after',
  ],
]
/** What people are told of, where the cells name a code. */
const toldCodes: readonly ErrorCode[] = [
  ...(['offline', 'outcome-unknown', 'service-down', 'rate-limited', 'signed-out', 'forbidden'] as const),
  ...(['refused-by-service', 'redirected'] as const),
]

/** docs/fault-matrix.md, made of the tables that the tests play; without the last touch of the formatter. */
export function renderMatrix(): string {
  const parts: readonly Part[] = Object.values(matrix)
  const cells = parts.reduce((sum, part) => sum + part.cells.length, 0)
  const storms = rowsOf(stormTable, 7)
  return [
    '# Faults of the service, and what comes of them',
    `Each row below is a test (\`test/adapter/faults/\`): ${cells} of one fault each, and ${storms.length} of trouble that lasts for hours. The real engine with a real disk and ledger plays them with the real client over real sockets, on a clock that the test moves. This page is made of the tables that the tests play (\`node test/adapter/faults/write-fault-matrix.ts\`), and a test holds it to them.`,
    '## How to read it',
    'A folder has four rides: two new ones, and two from before it was added. One `sync` runs while the fault lasts. Then the fault ends, and `sync` runs again whenever something falls due, until nothing is left.',
    'The columns say: in which state and for which reason the rides are after the first `sync`; what people are told; how long everything waits after it, and whether the service **asked** for that or it is our **own** back-off; the exact number of requests by then. The last two say the same once all is over.',
    'In every row, as the service saw it: each ride that went up is there exactly once, and what we say of it is what is there; new rides went first, oldest first, then the others, newest first (two are on their way at once, so neighbours may swap); never more requests in a second, a quarter of an hour or a day than are allowed; none uncounted. Where the service points at another host nobody knocks there, and where a certificate is wrong no request is sent.',
    'What is told, in words:',
    toldCodes.map(code => `- \`${code}\`: ${errorText(sampleOf(code))}`).join('\n'),
    ...parts.map(part => `## ${part.title}\n\n${part.about}\n\n${cellTable(part)}`),
    '## Trouble that lasts',
    table(stormHeadings, storms),
    'Our own back-off is forgotten when the process ends, so one that is started anew each minute asks as if for the first time. What the service asked for is kept in the ledger.',
  ].join('\n\n')
}

function sampleOf(code: ErrorCode): AppError {
  return new AppError(code, "the service's own words", 'retry')
}

function cellTable(part: Part): string {
  return table(
    cellHeadings,
    part.cells.map(({ fault, expected }) => columnsOf(fault, expected)),
  )
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n')
}
