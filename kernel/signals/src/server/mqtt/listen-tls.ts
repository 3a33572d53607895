import type { Duplex } from 'node:stream'
import { createServer, type Server, TLSSocket } from 'node:tls'
import { fingerprintOf } from '../register-certificate.ts'

/** PEM of the key and the certificate by which devices know the platform, and of whoever signs theirs. */
export interface TlsFiles {
  port: number
  key: Buffer
  cert: Buffer
  ca: Buffer
}

/**
 * The door for devices that prove themselves with a certificate of their own (decision 0016). One without may knock too: its secret then goes
 * over an encrypted line. Who shows a strange or expired one is let through to be turned away by name, so that the trail has a line.
 */
export const createTlsServer = ({ key, cert, ca }: TlsFiles, connected: (socket: TLSSocket) => void): Server =>
  createServer({ key, cert, ca, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.2', handshakeTimeout: 15_000 }, connected)

/** What a connection shows: SHA-256 of a certificate that stands, `untrusted` for one that does not, undefined for none. */
export function certificateOf(conn: Duplex): Buffer | 'untrusted' | undefined {
  if (!(conn instanceof TLSSocket)) return undefined
  const certificate = conn.getPeerX509Certificate()
  if (!certificate) return undefined
  return conn.authorized ? fingerprintOf(certificate) : 'untrusted'
}
