import manifest from '../../package.json' with { type: 'json' }

export const version = manifest.version

/** Sent with every request: the service's edge refuses some default agents (api.md 2.1). */
export const userAgent = `Musette/${version} (+https://github.com/musette-app/musette)`
