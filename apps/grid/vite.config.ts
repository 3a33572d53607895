import { buildWorker } from '@linli/ui/offline/build'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const platform = `http://127.0.0.1:${process.env.LINLI_PORT ?? '8080'}`
const proxy = { '/api': platform }

/** Without a connection a report still finds its kind. */
const firstLists = ['/api/v1/public/categories?kind=event']

export default defineConfig({
  base: '/grid/',
  plugins: [react(), buildWorker(firstLists)],
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
