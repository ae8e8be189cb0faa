/** How often everything is scanned whether or not anything hinted at it. */
export const slowScanMs = 10 * 60_000
/** How often a folder that is missing, removable or on the network is looked at. */
export const pollMs = 5_000
/** Without an account or a connection the service is asked again at the latest after this. */
export const longestAskMs = 5 * 60_000
/** Without an account or a connection the service is asked again after this, doubled up to `longestAskMs`. */
export const firstAskMs = 5_000
