export * from './device.ts'
export * from './episode.ts'
export * from './quarantine.ts'
export * from './telemetry.ts'
