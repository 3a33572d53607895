import { ApiError } from './client.ts'

/** The session is over. A wrong password is a 401 too, and no reason to send anybody away from the form. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 401 && error.code !== 'access.credentials_wrong'
