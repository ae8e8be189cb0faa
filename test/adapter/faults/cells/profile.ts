import { cellsOf } from '../cells.ts'

/** Whose key it is: the first request of every pass. */
export const profileCells = cellsOf(
  'profile',
  `
  400                                 | 2 queued new-ride, 2 queued backfill | refused-by-service | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  404                                 | 2 queued new-ride, 2 queued backfill | refused-by-service | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  413                                 | 2 queued new-ride, 2 queued backfill | refused-by-service | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  422                                 | 2 queued new-ride, 2 queued backfill | refused-by-service | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  401                                 | 4 queued signed-out                  | signed-out         | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  403 JSON, profile refused           | 4 queued signed-out                  | signed-out         | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  403 HTML                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  429, Retry-After 90                 | 4 queued rate-limited                | rate-limited       | asked, 90 s    | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 3 GET
  429, Retry-After a date in 90 s     | 4 queued rate-limited                | rate-limited       | asked, 90 s    | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 3 GET
  429, no Retry-After                 | 4 queued rate-limited                | rate-limited       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  429, Retry-After -5                 | 4 queued rate-limited                | rate-limited       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  429, Retry-After soon               | 4 queued rate-limited                | rate-limited       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  429, Retry-After 1e99               | 4 queued rate-limited                | rate-limited       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  429, Retry-After 0                  | 4 queued rate-limited                | rate-limited       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  429, Retry-After 10 years           | 4 queued rate-limited                | rate-limited       | asked, 86400 s | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 3 GET
  429, Retry-After the year 9999      | 4 queued rate-limited                | rate-limited       | asked, 86400 s | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 3 GET
  429, Retry-After a date in the past | 4 queued rate-limited                | rate-limited       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  500 JSON                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  500 HTML                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  502 JSON                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  502 HTML                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  503 JSON                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  503 HTML                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  503, Retry-After 90                 | 4 queued service-down                | service-down       | asked, 90 s    | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 3 GET
  504 JSON                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  504 HTML                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  connection refused                  | 4 queued offline                     | offline            | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  name unknown                        | 4 queued offline                     | offline            | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  reset before the answer             | 4 queued offline                     | offline            | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  reset mid-answer                    | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  no answer, four times               | 4 queued offline                     | offline            | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  an answer that drips                | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  truncated JSON                      | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  wrong content type                  | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  gzip garbage                        | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  JSON of another kind                | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  no HTTP at all                      | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  redirect to another host            | 2 queued new-ride, 2 queued backfill | redirected         | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  TLS: expired certificate            | 4 queued offline                     | offline            | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  TLS: another host's certificate     | 4 queued offline                     | offline            | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  TLS: unknown authority              | 4 queued offline                     | offline            | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  400 HTML                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  401 HTML                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  404 HTML                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  413 HTML                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  511 HTML                            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  401, two bare words                 | 4 queued signed-out                  | signed-out         | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  200, a sign-in page                 | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  200, empty                          | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  204                                 | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
  302 to a sign-in page               | 2 queued new-ride, 2 queued backfill | redirected         | none           | 0 POST, 1 GET | 4 uploaded sent | 4 POST, 2 GET
  200, ids of another type            | 4 queued service-down                | service-down       | none           | 0 POST, 3 GET | 4 uploaded sent | 4 POST, 4 GET
`,
)
