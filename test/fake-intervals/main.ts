import { parseArgs } from 'node:util'
import { defaultAthletes, startFakeIntervals } from './server.ts'

/*
 * The stand-in for Intervals.icu as a program: npm run fake-intervals -- --port 8585 [--week yyyy-MM-dd|today]
 *
 * Beside the service's own paths it has these, all JSON, none with a credential:
 *
 *   GET    /__fake/state       activities, events, requests (never a key), rules and switches
 *   POST   /__fake/reset       forgets activities, events, requests, rules and switches; athletes and keys stay
 *   POST   /__fake/faults      a rule, {rules: [...]} or {switches: {...}} (switches.ts has every switch);
 *                              a rule: {match: {method, path, athleteId}, times: 1, after: 0, action: {kind, ...}} (faults.ts)
 *   DELETE /__fake/faults      forgets rules, puts switches back
 *   POST   /__fake/keys        {add: {key, athleteId}}, {revoke: key}, {swap: {from, to}}, {token: {token, athleteId, scopes}}
 *   POST   /__fake/athletes    {id, name, timeZone, status, ftp, connections, keys}: adds or changes one
 *   POST   /__fake/clock       {advanceMs}, {now: ISO}, {freeze: true|false}
 *   POST   /__fake/events      {athleteId, replace: [...], add: [...], remove: [id], update: {id, ...}}
 *   POST   /__fake/week        {athleteId, from: yyyy-MM-dd}: a varied week of events
 *   POST   /__fake/activities  {athleteId, start: ISO, source, externalId, type, name, elapsedS, sha256}: as another app made it
 *   POST   /__fake/webhooks    {clientId, url, secret, clientSecret, name}
 *
 * For example, the reply to the next upload is lost after the file was stored:
 *   {"match": {"method": "POST", "path": "/activities"}, "action": {"kind": "cut", "at": "afterStore"}}
 */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, week: { type: 'string' } },
})
const fake = await startFakeIntervals({ port: Number(values.port) })
if (values.week !== undefined) {
  const { seedWeek } = await import('./seed-week.ts')
  for (const athlete of fake.state.athletes.values()) {
    seedWeek(fake.state, values.week === 'today' ? fake.state.today(athlete) : values.week, athlete.id)
  }
}
console.log(`fake Intervals.icu listening on ${fake.url}`)
for (const { id, name, keys } of defaultAthletes) console.log(`  ${id} (${name ?? ''}): ${keys.join(', ')}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void fake.close())
