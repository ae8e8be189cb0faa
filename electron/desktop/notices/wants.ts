import type { AppSnapshot, NeedView } from '../../../shared/app-snapshot.ts'
import type { Notice } from './notices.ts'

/** Something that does not go on without the user. */
export interface Want {
  /** The same as long as it is the same trouble. */
  readonly key: string
  readonly title: string
  readonly body: string
  readonly page: Notice['page']
  readonly fileId: number | null
}

/** Troubles of the whole that stay until somebody does something. */
const lastingTroubles: Readonly<Record<string, string>> = {
  'disk-full': 'The disk is nearly full',
  forbidden: 'Intervals.icu does not allow it',
  'wrong-athlete': 'This is another athlete',
  'settings-restored': 'The settings were restored',
  'ledger-rebuilt': "Musette's records were rebuilt",
}

/** Trouble that comes and goes is told once a day at most. */
const againAfterMs = 24 * 3_600_000

/** All that needs the user now. A folder that is only missing is not among it: a stick is unplugged every day. */
export function currentWants(snapshot: AppSnapshot): readonly Want[] {
  const { account } = snapshot
  const signIn: readonly Want[] =
    account.kind === 'signedOut'
      ? [
          {
            key: `account ${account.why}`,
            title: 'Sign in to Intervals.icu',
            body: account.message,
            page: 'settings',
            fileId: null,
          },
        ]
      : []
  const folders = [...snapshot.sources, ...snapshot.trainers]
    .filter(({ health, isPaused }) => health === 'unreadable' && !isPaused)
    .map(({ id, name, folder }): Want => ({
      key: `folder ${id}`,
      title: `${name}'s folder can't be read`,
      body: `${folder}. Everything already taken from it is kept. Allow Musette to use it.`,
      page: 'folders',
      fileId: null,
    }))
  const troubles = snapshot.troubles.flatMap(({ code, message, file }): readonly Want[] => {
    const title = lastingTroubles[code]
    return title === undefined
      ? []
      : [{ key: `trouble ${code} ${file ?? ''}`, title, body: message, page: 'today', fileId: null }]
  })
  return [...signIn, ...folders, ...troubles, ...snapshot.needs.map(ofNeed)]
}

function ofNeed({ fileId, name, sourceName, reason, reasonCode }: NeedView): Want {
  return {
    key: `file ${fileId} ${reasonCode}`,
    title:
      reasonCode === 'damaged' ? `A ride on ${sourceName} is damaged` : `A ride on ${sourceName} needs you`,
    body: `${name}: ${reason}`,
    page: 'activities',
    fileId,
  }
}

export interface WantsNow {
  readonly wants: readonly Want[]
  readonly told: Readonly<Record<string, number>>
  readonly open: readonly string[]
  readonly nowMs: number
  readonly isQuiet: boolean
}

/** Tells what has come up since the snapshot before: one by one, or several rides in one. */
export function wantNotice({ wants, told, open, nowMs, isQuiet }: WantsNow): {
  readonly told: Readonly<Record<string, number>>
  readonly notices: readonly Notice[]
} {
  const isRecent = (at: number | undefined): boolean => at !== undefined && nowMs - at < againAfterMs
  const fresh = wants.filter(({ key }) => !open.includes(key) && !isRecent(told[key]))
  const kept = Object.entries(told).filter(([, at]) => isRecent(at))
  const known = Object.fromEntries([...kept, ...fresh.map(({ key }) => [key, nowMs] as const)])
  if (isQuiet) return { told: known, notices: [] }
  const rides = fresh.filter(({ fileId }) => fileId !== null)
  const others = fresh.filter(({ fileId }) => fileId === null)
  return { told: known, notices: [...others.map(toNotice), ...together(rides)] }
}

function together(rides: readonly Want[]): readonly Notice[] {
  if (rides.length <= 1) return rides.map(toNotice)
  return [
    {
      level: 'needsYou',
      title: `${rides.length} rides need you`,
      body: 'They are kept safe. Have a look at what became of them.',
      page: 'today',
      fileId: null,
    },
  ]
}

function toNotice({ title, body, page, fileId }: Want): Notice {
  return { level: 'needsYou', title, body, page, fileId }
}
