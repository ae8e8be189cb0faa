import { join } from 'node:path'
import { expect, test } from 'vitest'
import { flushPoints, whyNotTraced } from '../../helpers/flush-points.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

const electron = join(import.meta.dirname, '../../../electron')
const missing = whyNotTraced()
const why = missing === null ? '' : ` (SKIPPED: ${missing})`

/** What a piece of code that has `root` makes safe, in order. */
function pointsOf(imports: Readonly<Record<string, string>>, code: string): readonly string[] {
  const lines = Object.entries(imports).map(
    ([name, file]) =>
      `import { ${name} } from ${JSON.stringify(file.startsWith('node:') ? file : join(electron, file))}`,
  )
  return flushPoints(
    [...lines, 'const root = process.argv[1] ?? ""', code].join('\n'),
    temporaryFolder('musette-flush-'),
  )
}

test.skipIf(missing !== null)(
  `a new home's own name is made safe, up to the first folder that was there${why}`,
  () => {
    const points = pointsOf({ makeHome: 'host/home.ts' }, 'makeHome(`${root}/config/home`)')
    expect(points).toEqual([
      ...['make config', 'make config/home', 'flush config', 'flush .'],
      ...['make config/home/profiles', 'flush config/home'],
      ...['make config/home/profiles/default', 'flush config/home/profiles'],
    ])
  },
)

test.skipIf(missing !== null)(`a home that is there costs no flush${why}`, () => {
  const twice = 'makeHome(root)\nmakeHome(root)'
  expect(pointsOf({ makeHome: 'host/home.ts' }, twice)).toEqual(
    pointsOf({ makeHome: 'host/home.ts' }, 'makeHome(root)'),
  )
})

test.skipIf(missing !== null)(
  `settings are flushed before they get their name, the last good copy after them${why}`,
  () => {
    const points = pointsOf(
      { settingsFile: 'adapters/settings-file.ts', 'readSettings as read': 'adapters/settings-file.ts' },
      'const path = `${root}/settings.json`\nawait settingsFile(path, read(path).settings).update(same => same)',
    )
    const whole = (name: string): readonly string[] => [
      ...[`flush ${name}.tmp`, `rename ${name}.tmp to ${name}`, 'flush .'],
    ]
    expect(points).toEqual([...whole('settings.json'), ...whole('settings.json.last-good')])
  },
)

test.skipIf(missing !== null)(
  `an autostart entry is flushed before it gets its name: an empty one would stand in the way${why}`,
  () => {
    const points = pointsOf(
      { writeAutostart: 'desktop/login/autostart-file.ts' },
      'writeAutostart(`${root}/m.desktop`, { program: "/bin/true", args: [], variables: {} }, true)',
    )
    expect(points).toEqual(['flush m.desktop.tmp', 'rename m.desktop.tmp to m.desktop'])
  },
)

test.skipIf(missing !== null)(
  `a ledger put aside is marked until all of it is safe under its new name${why}`,
  () => {
    const points = pointsOf(
      { putAside: 'host/unfit-ledger.ts', 'writeFileSync as put': 'node:fs' },
      'const path = `${root}/ledger.sqlite`\nput(path, "x")\nput(`${path}-wal`, "y")\nputAside(path, 0, "it is damaged")',
    )
    expect(points).toEqual([
      ...['flush ledger.sqlite.unfit', 'flush .'],
      'rename ledger.sqlite-wal to ledger.sqlite.damaged-wal',
      'rename ledger.sqlite to ledger.sqlite.damaged',
      ...['flush .', 'remove ledger.sqlite.unfit'],
    ])
  },
)

test.skipIf(missing !== null)(
  `of a ledger's commits the FULL ones are flushed, and only where they change something${why}`,
  () => {
    const points = pointsOf(
      { openSqliteDb: 'adapters/sqlite-db.ts', 'mkdirSync as say': 'node:fs' },
      `const db = openSqliteDb(\`\${root}/x.sqlite\`)
     db.script('CREATE TABLE t (n INTEGER)')
     say(\`\${root}/normal\`)
     db.transaction('normal', () => db.run('INSERT INTO t VALUES (1)'))
     say(\`\${root}/full\`)
     db.transaction('full', () => db.run('INSERT INTO t VALUES (2)'))
     say(\`\${root}/nothing\`)
     db.transaction('full', () => db.run('DELETE FROM t WHERE n = 3'))
     say(\`\${root}/single\`)
     db.run('INSERT INTO t VALUES (4)')
     say(\`\${root}/end\`)`,
    )
    const at = points.indexOf('make normal')
    // The first commits of a new file make its name safe too.
    expect(points.slice(0, at)).toContain('flush .')
    expect(points.slice(at, points.indexOf('make end'))).toEqual([
      ...[
        'make normal',
        'make full',
        'flush x.sqlite-wal',
        'make nothing',
        'make single',
        'flush x.sqlite-wal',
      ],
    ])
  },
)
