import { cellsOf } from '../cells.ts'

/** The calendar, of which a trainer folder is filled. */
export const eventsCells = cellsOf(
  'events',
  `
  400                                  | 4 uploaded sent; 0 workouts | refused-by-service | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  404                                  | 4 uploaded sent; 0 workouts | refused-by-service | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  413                                  | 4 uploaded sent; 0 workouts | refused-by-service | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  422                                  | 4 uploaded sent; 0 workouts | refused-by-service | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  401                                  | 4 uploaded sent; 0 workouts | signed-out         | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  403 JSON, profile good               | 4 uploaded sent; 0 workouts | forbidden          | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  403 HTML                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  429, Retry-After 90                  | 4 uploaded sent; 0 workouts | rate-limited       | asked, 90 s    | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 5 GET
  429, Retry-After a date in 90 s      | 4 uploaded sent; 0 workouts | rate-limited       | asked, 90 s    | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 5 GET
  429, no Retry-After                  | 4 uploaded sent; 0 workouts | rate-limited       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  429, Retry-After -5                  | 4 uploaded sent; 0 workouts | rate-limited       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  429, Retry-After soon                | 4 uploaded sent; 0 workouts | rate-limited       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  429, Retry-After 1e99                | 4 uploaded sent; 0 workouts | rate-limited       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  429, Retry-After 0                   | 4 uploaded sent; 0 workouts | rate-limited       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  429, Retry-After 10 years            | 4 uploaded sent; 0 workouts | rate-limited       | asked, 86400 s | 4 POST, 2 GET | 4 uploaded sent; 6 workouts | 4 POST, 6 GET
  429, Retry-After the year 9999       | 4 uploaded sent; 0 workouts | rate-limited       | asked, 86400 s | 4 POST, 2 GET | 4 uploaded sent; 6 workouts | 4 POST, 6 GET
  429, Retry-After a date in the past  | 4 uploaded sent; 0 workouts | rate-limited       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  500 JSON                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  500 HTML                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  502 JSON                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  502 HTML                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  503 JSON                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  503 HTML                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  503, Retry-After 90                  | 4 uploaded sent; 0 workouts | service-down       | asked, 90 s    | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 5 GET
  504 JSON                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  504 HTML                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  connection refused                   | 4 uploaded sent; 0 workouts | offline            | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  name unknown                         | 4 uploaded sent; 0 workouts | offline            | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  reset before the answer              | 4 uploaded sent; 0 workouts | offline            | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  reset mid-answer                     | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  no answer, four times                | 4 uploaded sent; 0 workouts | offline            | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  an answer that drips                 | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  truncated JSON                       | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  wrong content type                   | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  gzip garbage                         | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  JSON of another kind                 | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  no HTTP at all                       | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  redirect to another host             | 4 uploaded sent; 0 workouts | redirected         | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  TLS: expired certificate             | 4 uploaded sent; 0 workouts | offline            | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  TLS: another host's certificate      | 4 uploaded sent; 0 workouts | offline            | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  TLS: unknown authority               | 4 uploaded sent; 0 workouts | offline            | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  400 HTML                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  401 HTML                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  404 HTML                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  511 HTML                             | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  200, a sign-in page                  | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  200, empty                           | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  204                                  | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  302 to a sign-in page                | 4 uploaded sent; 0 workouts | redirected         | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
  200, a list with ids of another type | 4 uploaded sent; 0 workouts | service-down       | none           | 4 POST, 2 GET | 4 uploaded sent; 7 workouts | 4 POST, 4 GET
`,
)
