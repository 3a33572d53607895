import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  cryptoProvider,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

cryptoProvider.set(webcrypto as Crypto)

/** PEM of both. */
export interface ACertificate {
  key: string
  cert: string
}

/** Signs certificates, as the authority of a county does for its devices. */
export interface AnAuthority {
  /** PEM. */
  ca: string
  /** Of a device, or of the platform itself on this machine; ends in ten years unless wanted otherwise. */
  sign(name: string, until?: Date): Promise<ACertificate>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const makeKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>
const notBefore = new Date('2020-01-01')
const inTenYears = () => new Date(Date.now() + 10 * 365 * 86_400_000)

export async function anAuthority(name: string): Promise<AnAuthority> {
  const keys = await makeKeys()
  const root: X509Certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore,
    notAfter: inTenYears(),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  })
  return {
    ca: root.toString('pem'),
    async sign(subject, until = inTenYears()) {
      const own = await makeKeys()
      const certificate = await X509CertificateGenerator.create({
        subject: `CN=${subject}`,
        issuer: root.subject,
        notBefore,
        notAfter: until,
        signingAlgorithm: algorithm,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
      })
      const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.privateKey)).toString('base64')
      return { key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`, cert: certificate.toString('pem') }
    },
  }
}
