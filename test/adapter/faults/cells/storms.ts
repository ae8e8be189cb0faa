/**
 * Trouble that lasts for hours, and what must come of it. The name; what was asked, the rides and the pause at its end;
 * what was asked in all, the rides and how long it took until all was up again.
 */
export const stormTable = `
  name unknown for 24 h, running                                                         | 0 POST, 588 GET | 4 queued offline      | none         | 4 POST, 591 GET | 4 uploaded sent  | 1 min
  429, Retry-After 600, started anew each minute for an hour                             | 0 POST, 7 GET   | 4 queued rate-limited | asked, 600 s | 4 POST, 8 GET   | 4 uploaded sent  | 10 min
  429, no Retry-After, started anew each minute for an hour                              | 0 POST, 300 GET | 4 queued rate-limited | none         | 4 POST, 303 GET | 4 uploaded sent  | 1 min
  429, Retry-After 600, sync each minute for an hour                                     | 0 POST, 60 GET  | 4 queued rate-limited | asked, 540 s | 4 POST, 69 GET  | 4 uploaded sent  | 9 min
  429, no Retry-After, sync each minute for an hour                                      | 0 POST, 180 GET | 4 queued rate-limited | none         | 4 POST, 181 GET | 4 uploaded sent  | 1 min
  60 rides after an outage, 3 requests a second, 20 in 15 min, 60 a day, sync each hour  | 0 POST, 1 GET   | 60 queued offline     | none         | 60 POST, 13 GET | 60 uploaded sent | 901 min
`
