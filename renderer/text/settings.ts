import type { NotificationLevel, RequestLimits, Theme, Units } from '../../shared/preferences.ts'
import type { SameRidePolicy } from '../../shared/settings.ts'

/** The words of the Settings page. */
export const settingsText = {
  title: 'Settings',
  saving: 'Saving…',
  saved: 'Saved',
  account: {
    title: 'Account',
    connected: (name: string) => `Connected as ${name}`,
    id: (id: string) => `Athlete ${id}`,
    keyPlaces: {
      keychain: 'The key is in this computer’s keychain.',
      environment:
        'The key comes from the environment in which Musette was started, and is changed there (MUSETTE_API_KEY or MUSETTE_API_KEY_FILE).',
      memory: 'There is no keychain here, so the key is kept until Musette ends and then asked for again.',
    },
    none: 'Not connected yet',
    noneDetail: 'Paste a key, and Musette can send your rides to Intervals.icu and fetch your workouts.',
    noneEnvironment:
      'This Musette gets its key from the environment (MUSETTE_API_KEY or MUSETTE_API_KEY_FILE); start it with one of them.',
    signedOut: (name: string) => `Signed out: ${name}`,
    change: 'Change key',
    keepKey: 'Keep the key there is',
    disconnect: 'Disconnect',
    disconnectTitle: 'Disconnect from Intervals.icu?',
    disconnectText:
      'Musette forgets the key and sends nothing until you connect again. Your rides, the archive and everything already on Intervals.icu stay as they are.',
    unlock: 'Ask the keychain again',
    unlocked: 'Asked. If the keychain is open now, Musette goes on by itself.',
    keyLabel: 'API key',
    keyHelp: 'You find it on Intervals.icu under Settings, at the bottom, “Developer settings”.',
    keyLink: 'Open that page',
    check: 'Check and keep',
    empty: 'Paste the key first.',
    changed: (name: string) => `The key works. Connected as ${name}.`,
  },
  startup: {
    title: 'Start at login',
    label: 'Start Musette when I log in',
    detail: 'It starts without a window and waits in the background.',
    broken: 'Start at login is wanted, but it is broken',
    mend: 'Mend',
    unavailable: 'Not possible here',
  },
  notifications: {
    title: 'Notifications',
    label: 'Tell me about',
    levels: {
      all: 'Rides sent, and what needs me',
      needsYou: 'Only what needs me',
      none: 'Nothing',
    } satisfies Readonly<Record<NotificationLevel, string>>,
    snooze: 'Quiet for a while',
    snoozeDetail: 'No notifications for an hour; everything else goes on.',
    snoozedUntil: (when: string) => `Quiet until ${when}.`,
    forHour: 'Quiet for 1 hour',
    wake: 'Wake again',
    system: 'Notification settings of the system',
  },
  sameRide: {
    title: 'Rides that came another way',
    detail:
      'When Garmin, Zwift or another service has already sent the same ride to Intervals.icu, Musette can still send the file it has.',
    none: 'Once a folder is watched, you choose here what happens to rides that another service has sent already.',
    choose: 'Choose folders',
    policies: {
      upload: 'Upload it too',
      ask: 'Ask me',
      skip: 'Leave it',
    } satisfies Readonly<Record<SameRidePolicy, string>>,
    explained: {
      upload: 'Every ride goes up. Intervals.icu still drops files that are exactly the same.',
      ask: 'The ride is kept and held until you say “Upload anyway” or “Ignore”.',
      skip: 'The ride is kept in the archive and counts as already there.',
    } satisfies Readonly<Record<SameRidePolicy, string>>,
  },
  limits: {
    title: 'Limits',
    requests: 'Requests to Intervals.icu',
    detail: 'How often Musette may ask Intervals.icu. 0 means no limit of its own. Used from the next start.',
    names: {
      perSecond: 'Requests a second',
      per15Min: 'Requests in 15 minutes',
      perDay: 'Requests a day',
    } satisfies Readonly<Record<keyof RequestLimits, string>>,
    usual: (number: string) => `Usually ${number}`,
    defaults: 'Back to the usual limits',
    wrongNumber: 'That has to be a whole number from 0 to 1,000,000.',
    keepFree: 'Free space to keep',
    keepFreeDetail: 'With less than either, nothing more is archived or sent until there is room again.',
    gigabytes: 'Gigabytes',
    percent: 'Percent of the disk',
    wrongGigabytes: 'That has to be a number from 0 to 100,000.',
    wrongPercent: 'That has to be a whole number from 0 to 50.',
  },
  looks: {
    title: 'Looks',
    theme: 'Theme',
    themes: {
      system: 'As the system',
      light: 'Light',
      dark: 'Dark',
    } satisfies Readonly<Record<Theme, string>>,
    units: 'Distances',
    unitChoices: {
      auto: 'As the region',
      metric: 'Kilometres',
      imperial: 'Miles',
    } satisfies Readonly<Record<Units, string>>,
  },
} as const
