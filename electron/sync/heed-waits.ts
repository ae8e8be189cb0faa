import { AppError } from '../../shared/app-error.ts'
import { isLedgerTrouble } from './ledger/ledger-trouble.ts'
import type { IntervalsService } from './ports/intervals-service.ts'

/**
 * The same service, where `obey` is told of every wait that an answer asks for, whichever request it was: what holds
 * one request holds all, but for the profile that begins a sync.
 */
export function heedWaits(service: IntervalsService, obey: (waitMs: number) => void): IntervalsService {
  const heeded = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked
    } catch (error) {
      if (error instanceof AppError && isServicesWord(error)) note(error.retryAfterMs ?? 0)
      throw error
    }
  }
  const note = (waitMs: number): void => {
    try {
      obey(waitMs)
    } catch (failure) {
      // A wait that can't be noted, on a full disk, must not hide what became of the request: it may have been taken.
      if (!(failure instanceof AppError) || isLedgerTrouble(failure)) throw failure
    }
  }
  return {
    profile: (signal, options) => heeded(service.profile(signal, options)),
    connections: (athleteId, signal) => heeded(service.connections(athleteId, signal)),
    uploadActivity: (upload, signal) => heeded(service.uploadActivity(upload, signal)),
    listActivities: (query, signal) => heeded(service.listActivities(query, signal)),
    listEvents: (query, signal) => heeded(service.listEvents(query, signal)),
  }
}

/** A budget that is spent has a wait too, but that one is our own; and a refusal of one request speaks of that one. */
function isServicesWord(error: AppError): boolean {
  return error.retryAfterMs !== null && (error.code === 'rate-limited' || error.code === 'service-down')
}
