/** The words inside of dates, spans and sizes. */
export const formatText = {
  today: 'today',
  yesterday: 'yesterday',
  tomorrow: 'tomorrow',
  now: 'now',
  of: (part: string, whole: string) => `${part} of ${whole}`,
  unknownDate: 'date unknown',
  soon: (span: string) => `in ${span}`,
  span: (count: number, unit: 'day' | 'hour' | 'minute' | 'second') =>
    `${count} ${unit}${count === 1 ? '' : 's'}`,
} as const
