import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { buildWorker } from './worker.config.ts'

const platform = `http://127.0.0.1:${process.env.LINLI_PORT ?? '8080'}`
const proxy = { '/api': platform }

export default defineConfig({
  base: '/resident/',
  plugins: [react(), buildWorker()],
  server: { host: '127.0.0.1', proxy },
  preview: { host: '127.0.0.1', proxy },
  build: {
    target: 'es2020',
    cssTarget: 'chrome87',
    // Nothing inline: the server's content security policy allows neither data: scripts nor inline styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
