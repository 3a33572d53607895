import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `vite` in this folder serves the sources and passes the API to a running platform; `LINLI_DEV_API` names another one. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/screen/',
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', sourcemap: false, assetsInlineLimit: 0 },
  server: { proxy: { '/api': { target: process.env.LINLI_DEV_API ?? 'http://127.0.0.1:8080', changeOrigin: false } } },
})
