import { cellsOf } from '../cells.ts'

/** The list that is asked after an answer was lost: the first ride was stored, and nobody knows it yet. */
export const lookUpCells = cellsOf(
  'look-up',
  `
  400                                  | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  404                                  | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  413                                  | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  422                                  | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  401                                  | 1 retrying signed-out, 3 uploaded sent             | signed-out   | none           | 4 POST, 2 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 4 GET
  403 JSON, profile good               | 1 retrying no-permission, 3 uploaded sent          | forbidden    | none           | 4 POST, 3 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 5 GET
  403 JSON, profile refused            | 1 retrying signed-out, 3 uploaded sent             | signed-out   | none           | 4 POST, 3 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 5 GET
  403 HTML                             | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  429, Retry-After 90                  | 1 retrying rate-limited, 3 uploaded sent           | rate-limited | asked, 90 s    | 4 POST, 2 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 5 GET
  429, Retry-After a date in 90 s      | 1 retrying rate-limited, 3 uploaded sent           | rate-limited | asked, 90 s    | 4 POST, 2 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 5 GET
  429, no Retry-After                  | 1 retrying rate-limited, 3 uploaded sent           | rate-limited | own, 32 s      | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 8 GET
  429, Retry-After -5                  | 1 retrying rate-limited, 3 uploaded sent           | rate-limited | own, 32 s      | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 8 GET
  429, Retry-After soon                | 1 retrying rate-limited, 3 uploaded sent           | rate-limited | own, 32 s      | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 8 GET
  429, Retry-After 1e99                | 1 retrying rate-limited, 3 uploaded sent           | rate-limited | own, 32 s      | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 8 GET
  429, Retry-After 0                   | 1 retrying rate-limited, 3 uploaded sent           | rate-limited | own, 32 s      | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 8 GET
  429, Retry-After 10 years            | 1 retrying rate-limited, 3 uploaded sent           | rate-limited | asked, 86400 s | 4 POST, 2 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 6 GET
  429, Retry-After the year 9999       | 1 retrying rate-limited, 3 uploaded sent           | rate-limited | asked, 86400 s | 4 POST, 2 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 6 GET
  429, Retry-After a date in the past  | 1 retrying rate-limited, 3 uploaded sent           | rate-limited | own, 32 s      | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 8 GET
  500 JSON                             | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  500 HTML                             | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  502 JSON                             | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  502 HTML                             | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  503 JSON                             | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  503 HTML                             | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  503, Retry-After 90                  | 1 retrying service-down, 3 uploaded sent           | service-down | asked, 90 s    | 4 POST, 2 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 5 GET
  504 JSON                             | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  504 HTML                             | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  connection refused                   | 1 retrying offline, 3 uploaded sent                | offline      | own, 32 s      | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 8 GET
  name unknown                         | 1 retrying offline, 3 uploaded sent                | offline      | own, 32 s      | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 8 GET
  reset before the answer              | 1 retrying offline, 3 uploaded sent                | offline      | own, 32 s      | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 8 GET
  reset mid-answer                     | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  no answer, four times                | 1 uploaded found-after-lost-reply, 3 uploaded sent | nothing      | none           | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 7 GET
  an answer that drips                 | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  truncated JSON                       | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  wrong content type                   | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  gzip garbage                         | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  JSON of another kind                 | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  no HTTP at all                       | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  redirect to another host             | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  TLS: expired certificate             | 1 retrying offline, 3 uploaded sent                | offline      | own, 32 s      | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 8 GET
  TLS: another host's certificate      | 1 retrying offline, 3 uploaded sent                | offline      | own, 32 s      | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 8 GET
  TLS: unknown authority               | 1 retrying offline, 3 uploaded sent                | offline      | own, 32 s      | 4 POST, 6 GET  | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 8 GET
  401 HTML                             | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  404 HTML                             | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  200, a sign-in page                  | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  200, empty                           | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  302 to a sign-in page                | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
  200, a list with ids of another type | 1 retrying service-down, 3 uploaded sent           | nothing      | none           | 4 POST, 11 GET | 1 uploaded found-after-lost-reply, 3 uploaded sent | 4 POST, 13 GET
`,
)
