/** What `musette help` prints. */
export const helpText = `Musette keeps Intervals.icu and this computer in step: rides go up, planned workouts come down.

Account
  musette account connect --api-key -   read the key from standard input, verify it, keep it in the keychain
                                        (the key: intervals.icu, Settings, Developer Settings)
  musette account show [--json]
  musette account disconnect            forget the key

Folders with rides
  musette source add DIR [--backfill none|all|30d|2026-01-01] [--name NAME]
                                        prints the new id; rides that are there already stay unless --backfill asks
  musette source list [--json]
  musette source remove|pause|resume ID

Folders for planned workouts
  musette trainer add DIR --format zwo|fit|erg|mrc [--days 7] [--sports Ride,VirtualRide] [--name NAME]
  musette trainer list [--json]
  musette trainer remove ID

Syncing
  musette sync [--json]                 one whole pass, then end
  musette run [--ui [PORT]]             keep syncing until stopped; --ui prints the address of the window for a browser
                                        on this computer (any free port unless one is named)

What happened, and why
  musette status [--json]
  musette files [--state STATE] [--json]
                                        states: waiting notActivity tooOld held queued uploading uploaded
                                        alreadyThere rejected retrying ignored
  musette why FILE [--json]             one file's whole story (a path, or 8 or more digits of a recording's hash)
  musette retry FILE                    try again now
  musette ignore FILE                   leave it alone
  musette upload FILE --anyway          send a damaged, old, longer or sent ride regardless
  musette doctor [--json]               what is wrong here, and how to mend it
  musette diagnostics OUT.zip           a redacted bundle for a bug report
  musette help | version

Environment
  MUSETTE_HOME          where everything is kept (default: the system's folder for app data)
  MUSETTE_API_KEY       a key for this run only, in place of the keychain; never stored
  MUSETTE_API_KEY_FILE  the same from a file that only its owner can read
  MUSETTE_API_URL       the service (default https://intervals.icu; http only for this computer)
  MUSETTE_LIMITS        requests perSecond,per15min,perDay (default 10,2500,5000; 0 = none)

Exit codes, the first that applies
  2 wrong usage or settings, a missing or refused folder, another athlete's home
  5 another Musette holds this home and could not be asked     3 not signed in     4 service unreachable
  1 something was rejected, is held, or will be retried        0 otherwise`
