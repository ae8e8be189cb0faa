import { cellsOf } from '../cells.ts'

/** The list that is asked before a ride is sent, where its folder asks about rides of other apps. */
export const sameRideCells = cellsOf(
  'same ride',
  `
  400                                  | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  404                                  | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  413                                  | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  422                                  | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  401                                  | 2 retrying signed-out, 2 queued signed-out       | signed-out   | none           | 0 POST, 3 GET  | 4 uploaded sent | 4 POST, 8 GET
  403 JSON, profile good               | 2 retrying no-permission, 2 queued no-permission | forbidden    | none           | 0 POST, 5 GET  | 4 uploaded sent | 4 POST, 10 GET
  403 JSON, profile refused            | 2 retrying signed-out, 2 queued signed-out       | signed-out   | none           | 0 POST, 5 GET  | 4 uploaded sent | 4 POST, 10 GET
  403 HTML                             | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  429, Retry-After 90                  | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited | asked, 90 s    | 0 POST, 3 GET  | 4 uploaded sent | 4 POST, 9 GET
  429, Retry-After a date in 90 s      | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited | asked, 90 s    | 0 POST, 3 GET  | 4 uploaded sent | 4 POST, 9 GET
  429, no Retry-After                  | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited | own, 32 s      | 0 POST, 13 GET | 4 uploaded sent | 4 POST, 18 GET
  429, Retry-After -5                  | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited | own, 32 s      | 0 POST, 13 GET | 4 uploaded sent | 4 POST, 18 GET
  429, Retry-After soon                | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited | own, 32 s      | 0 POST, 13 GET | 4 uploaded sent | 4 POST, 18 GET
  429, Retry-After 1e99                | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited | own, 32 s      | 0 POST, 13 GET | 4 uploaded sent | 4 POST, 18 GET
  429, Retry-After 0                   | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited | own, 32 s      | 0 POST, 13 GET | 4 uploaded sent | 4 POST, 18 GET
  429, Retry-After 10 years            | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited | asked, 86400 s | 0 POST, 3 GET  | 4 uploaded sent | 4 POST, 9 GET
  429, Retry-After the year 9999       | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited | asked, 86400 s | 0 POST, 3 GET  | 4 uploaded sent | 4 POST, 9 GET
  429, Retry-After a date in the past  | 2 retrying rate-limited, 2 queued rate-limited   | rate-limited | own, 32 s      | 0 POST, 13 GET | 4 uploaded sent | 4 POST, 18 GET
  500 JSON                             | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  500 HTML                             | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  502 JSON                             | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  502 HTML                             | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  503 JSON                             | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  503 HTML                             | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  503, Retry-After 90                  | 2 retrying service-down, 2 queued service-down   | service-down | asked, 90 s    | 0 POST, 3 GET  | 4 uploaded sent | 4 POST, 9 GET
  504 JSON                             | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  504 HTML                             | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  connection refused                   | 2 retrying offline, 2 queued offline             | offline      | own, 32 s      | 0 POST, 13 GET | 4 uploaded sent | 4 POST, 18 GET
  name unknown                         | 2 retrying offline, 2 queued offline             | offline      | own, 32 s      | 0 POST, 13 GET | 4 uploaded sent | 4 POST, 18 GET
  reset before the answer              | 2 retrying offline, 2 queued offline             | offline      | own, 32 s      | 0 POST, 13 GET | 4 uploaded sent | 4 POST, 18 GET
  reset mid-answer                     | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  no answer, four times                | 4 uploaded sent                                  | nothing      | none           | 4 POST, 9 GET  | 4 uploaded sent | 4 POST, 10 GET
  an answer that drips                 | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  truncated JSON                       | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  wrong content type                   | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  gzip garbage                         | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  JSON of another kind                 | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  no HTTP at all                       | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  redirect to another host             | 3 retrying service-down, 1 queued backfill       | redirected   | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  TLS: expired certificate             | 2 retrying offline, 2 queued offline             | offline      | own, 32 s      | 0 POST, 13 GET | 4 uploaded sent | 4 POST, 18 GET
  TLS: another host's certificate      | 2 retrying offline, 2 queued offline             | offline      | own, 32 s      | 0 POST, 13 GET | 4 uploaded sent | 4 POST, 18 GET
  TLS: unknown authority               | 2 retrying offline, 2 queued offline             | offline      | own, 32 s      | 0 POST, 13 GET | 4 uploaded sent | 4 POST, 18 GET
  404 HTML                             | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  200, a sign-in page                  | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
  200, a list with ids of another type | 3 retrying service-down, 1 queued service-down   | service-down | own, 32 s      | 0 POST, 24 GET | 4 uploaded sent | 4 POST, 29 GET
`,
)
