/** Lines of equal columns: the first to the left, the others to the right, a rule below the heading. */
export function drawTable(rows: readonly (readonly string[])[]): readonly string[] {
  const [heading = []] = rows
  const widths = heading.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  const lines = rows.map(row =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )
  const rule = '-'.repeat(lines[0]?.length ?? 0)
  return [lines[0] ?? '', rule, ...lines.slice(1)]
}
