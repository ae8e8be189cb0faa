import { cellsOf } from '../cells.ts'

/** A ride on its way up. */
export const uploadCells = cellsOf(
  'upload',
  `
  201, one activity                   | 4 uploaded sent                                  | nothing         | none           | 4 POST, 1 GET   | 4 uploaded sent                     | 4 POST, 2 GET
  201, several activities             | 4 uploaded sent                                  | nothing         | none           | 4 POST, 1 GET   | 4 uploaded sent                     | 4 POST, 2 GET
  200, known, from us                 | 4 alreadyThere had-it-from-musette               | nothing         | none           | 4 POST, 5 GET   | 4 alreadyThere had-it-from-musette  | 4 POST, 6 GET
  200, known, from another app        | 4 alreadyThere had-it-already                    | nothing         | none           | 4 POST, 5 GET   | 4 alreadyThere had-it-already       | 4 POST, 6 GET
  200, without activities             | 4 held nothing-made                              | nothing         | none           | 4 POST, 1 GET   | 4 held nothing-made                 | 4 POST, 2 GET
  409, without ids                    | 4 alreadyThere had-it-from-musette               | nothing         | none           | 4 POST, 5 GET   | 4 alreadyThere had-it-from-musette  | 4 POST, 6 GET
  409, with ids                       | 4 alreadyThere had-it-already                    | nothing         | none           | 4 POST, 5 GET   | 4 alreadyThere had-it-already       | 4 POST, 6 GET
  201, without ids                    | 4 uploaded found-after-lost-reply                | nothing         | none           | 4 POST, 5 GET   | 4 uploaded found-after-lost-reply   | 4 POST, 6 GET
  400, for one                        | 1 rejected refused, 3 uploaded sent              | nothing         | none           | 4 POST, 1 GET   | 1 rejected refused, 3 uploaded sent | 4 POST, 2 GET
  404, for one                        | 1 rejected refused, 3 uploaded sent              | nothing         | none           | 4 POST, 1 GET   | 1 rejected refused, 3 uploaded sent | 4 POST, 2 GET
  404 HTML, for one                   | 4 uploaded sent                                  | nothing         | none           | 5 POST, 1 GET   | 4 uploaded sent                     | 5 POST, 2 GET
  413, for one                        | 1 rejected refused, 3 uploaded sent              | nothing         | none           | 4 POST, 1 GET   | 1 rejected refused, 3 uploaded sent | 4 POST, 2 GET
  422, for one                        | 1 rejected refused, 3 uploaded sent              | nothing         | none           | 4 POST, 1 GET   | 1 rejected refused, 3 uploaded sent | 4 POST, 2 GET
  400                                 | 4 rejected refused                               | nothing         | none           | 4 POST, 1 GET   | 4 rejected refused                  | 4 POST, 2 GET
  404                                 | 4 rejected refused                               | nothing         | none           | 4 POST, 1 GET   | 4 rejected refused                  | 4 POST, 2 GET
  422                                 | 4 rejected refused                               | nothing         | none           | 4 POST, 1 GET   | 4 rejected refused                  | 4 POST, 2 GET
  401                                 | 2 retrying signed-out, 2 queued signed-out       | signed-out      | none           | 2 POST, 1 GET   | 4 uploaded sent                     | 6 POST, 2 GET
  403 JSON, profile good              | 2 retrying no-permission, 2 queued no-permission | forbidden       | none           | 2 POST, 3 GET   | 4 uploaded sent                     | 6 POST, 4 GET
  403 JSON, profile refused           | 2 retrying signed-out, 2 queued signed-out       | signed-out      | none           | 2 POST, 3 GET   | 4 uploaded sent                     | 6 POST, 4 GET
  403 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 11 GET | 4 uploaded sent                     | 17 POST, 12 GET
  429, Retry-After 90                 | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited    | asked, 90 s    | 2 POST, 1 GET   | 4 uploaded sent                     | 6 POST, 3 GET
  429, Retry-After a date in 90 s     | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited    | asked, 90 s    | 2 POST, 1 GET   | 4 uploaded sent                     | 6 POST, 3 GET
  429, no Retry-After                 | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited    | own, 32 s      | 12 POST, 1 GET  | 4 uploaded sent                     | 16 POST, 2 GET
  429, Retry-After -5                 | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited    | own, 32 s      | 12 POST, 1 GET  | 4 uploaded sent                     | 16 POST, 2 GET
  429, Retry-After soon               | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited    | own, 32 s      | 12 POST, 1 GET  | 4 uploaded sent                     | 16 POST, 2 GET
  429, Retry-After 1e99               | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited    | own, 32 s      | 12 POST, 1 GET  | 4 uploaded sent                     | 16 POST, 2 GET
  429, Retry-After 0                  | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited    | own, 32 s      | 12 POST, 1 GET  | 4 uploaded sent                     | 16 POST, 2 GET
  429, Retry-After 10 years           | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited    | asked, 86400 s | 2 POST, 1 GET   | 4 uploaded sent                     | 6 POST, 3 GET
  429, Retry-After the year 9999      | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited    | asked, 86400 s | 2 POST, 1 GET   | 4 uploaded sent                     | 6 POST, 3 GET
  429, Retry-After a date in the past | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited    | own, 32 s      | 12 POST, 1 GET  | 4 uploaded sent                     | 16 POST, 2 GET
  500 JSON                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 21 GET | 4 uploaded sent                     | 17 POST, 25 GET
  500 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 21 GET | 4 uploaded sent                     | 17 POST, 25 GET
  502 JSON                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 21 GET | 4 uploaded sent                     | 17 POST, 25 GET
  502 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 21 GET | 4 uploaded sent                     | 17 POST, 25 GET
  503 JSON                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 21 GET | 4 uploaded sent                     | 17 POST, 25 GET
  503 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 21 GET | 4 uploaded sent                     | 17 POST, 25 GET
  503, Retry-After 90                 | 2 retrying service-down, 2 queued service-down   | service-down    | asked, 90 s    | 2 POST, 1 GET   | 4 uploaded sent                     | 6 POST, 5 GET
  504 JSON                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 21 GET | 4 uploaded sent                     | 17 POST, 25 GET
  504 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 21 GET | 4 uploaded sent                     | 17 POST, 25 GET
  connection refused                  | 2 retrying offline, 2 queued offline             | offline         | own, 32 s      | 12 POST, 1 GET  | 4 uploaded sent                     | 16 POST, 2 GET
  name unknown                        | 2 retrying offline, 2 queued offline             | offline         | own, 32 s      | 12 POST, 1 GET  | 4 uploaded sent                     | 16 POST, 2 GET
  reset before the answer             | 4 retrying outcome-unknown                       | outcome-unknown | own, 32 s      | 14 POST, 11 GET | 4 uploaded sent                     | 18 POST, 16 GET
  reset mid-body                      | 4 retrying outcome-unknown                       | outcome-unknown | own, 32 s      | 14 POST, 11 GET | 4 uploaded sent                     | 18 POST, 16 GET
  reset after the body, stored        | 4 uploaded found-after-lost-reply                | nothing         | none           | 4 POST, 5 GET   | 4 uploaded found-after-lost-reply   | 4 POST, 6 GET
  reset after the body, not stored    | 4 retrying outcome-unknown                       | outcome-unknown | own, 32 s      | 14 POST, 11 GET | 4 uploaded sent                     | 18 POST, 16 GET
  reset mid-answer                    | 4 uploaded found-after-lost-reply                | nothing         | none           | 4 POST, 5 GET   | 4 uploaded found-after-lost-reply   | 4 POST, 6 GET
  no answer, four times               | 4 uploaded sent                                  | nothing         | none           | 8 POST, 5 GET   | 4 uploaded sent                     | 8 POST, 6 GET
  an answer that drips                | 4 uploaded found-after-lost-reply                | nothing         | none           | 4 POST, 5 GET   | 4 uploaded found-after-lost-reply   | 4 POST, 6 GET
  truncated JSON                      | 4 uploaded found-after-lost-reply                | nothing         | none           | 4 POST, 5 GET   | 4 uploaded found-after-lost-reply   | 4 POST, 6 GET
  wrong content type                  | 4 uploaded found-after-lost-reply                | nothing         | none           | 4 POST, 5 GET   | 4 uploaded found-after-lost-reply   | 4 POST, 6 GET
  gzip garbage                        | 4 uploaded found-after-lost-reply                | nothing         | none           | 4 POST, 5 GET   | 4 uploaded found-after-lost-reply   | 4 POST, 6 GET
  JSON of another kind                | 4 uploaded found-after-lost-reply                | nothing         | none           | 4 POST, 5 GET   | 4 uploaded found-after-lost-reply   | 4 POST, 6 GET
  no HTTP at all                      | 4 retrying outcome-unknown                       | outcome-unknown | own, 32 s      | 14 POST, 11 GET | 4 uploaded sent                     | 18 POST, 16 GET
  redirect to another host            | 3 retrying service-down, 1 queued backfill       | redirected      | own, 32 s      | 13 POST, 21 GET | 4 uploaded sent                     | 17 POST, 25 GET
  TLS: expired certificate            | 2 retrying offline, 2 queued offline             | offline         | own, 32 s      | 12 POST, 1 GET  | 4 uploaded sent                     | 16 POST, 2 GET
  TLS: another host's certificate     | 2 retrying offline, 2 queued offline             | offline         | own, 32 s      | 12 POST, 1 GET  | 4 uploaded sent                     | 16 POST, 2 GET
  TLS: unknown authority              | 2 retrying offline, 2 queued offline             | offline         | own, 32 s      | 12 POST, 1 GET  | 4 uploaded sent                     | 16 POST, 2 GET
  400 HTML, for one                   | 4 uploaded sent                                  | nothing         | none           | 5 POST, 1 GET   | 4 uploaded sent                     | 5 POST, 2 GET
  413 HTML, for one                   | 4 uploaded sent                                  | nothing         | none           | 5 POST, 1 GET   | 4 uploaded sent                     | 5 POST, 2 GET
  400 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 11 GET | 4 uploaded sent                     | 17 POST, 12 GET
  401 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 11 GET | 4 uploaded sent                     | 17 POST, 12 GET
  404 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 11 GET | 4 uploaded sent                     | 17 POST, 12 GET
  409 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 21 GET | 4 uploaded sent                     | 17 POST, 25 GET
  413 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 11 GET | 4 uploaded sent                     | 17 POST, 12 GET
  418 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 11 GET | 4 uploaded sent                     | 17 POST, 12 GET
  451 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 11 GET | 4 uploaded sent                     | 17 POST, 12 GET
  511 HTML                            | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 11 GET | 4 uploaded sent                     | 17 POST, 12 GET
  401, two bare words                 | 2 retrying signed-out, 2 queued signed-out       | signed-out      | none           | 2 POST, 1 GET   | 4 uploaded sent                     | 6 POST, 2 GET
  409, empty                          | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 21 GET | 4 uploaded sent                     | 17 POST, 25 GET
  413, empty                          | 3 retrying service-down, 1 queued service-down   | service-down    | own, 32 s      | 13 POST, 11 GET | 4 uploaded sent                     | 17 POST, 12 GET
  200, a sign-in page                 | 4 retrying outcome-unknown                       | outcome-unknown | own, 32 s      | 14 POST, 11 GET | 4 uploaded sent                     | 18 POST, 16 GET
  200, empty                          | 4 retrying outcome-unknown                       | outcome-unknown | own, 32 s      | 14 POST, 11 GET | 4 uploaded sent                     | 18 POST, 16 GET
  204                                 | 4 retrying outcome-unknown                       | outcome-unknown | own, 32 s      | 14 POST, 11 GET | 4 uploaded sent                     | 18 POST, 16 GET
  302 to a sign-in page               | 3 retrying service-down, 1 queued backfill       | redirected      | own, 32 s      | 13 POST, 21 GET | 4 uploaded sent                     | 17 POST, 25 GET
  200, ids of another type            | 4 uploaded found-after-lost-reply                | nothing         | none           | 4 POST, 5 GET   | 4 uploaded found-after-lost-reply   | 4 POST, 6 GET
`,
)
