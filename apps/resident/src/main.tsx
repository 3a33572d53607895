import { startOffline } from '@linli/ui/offline'
import { addDefinitionWords, startText, type Words } from '@linli/ui/text'
import { startDisplay } from '@linli/ui/touch'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@linli/ui/tokens.css'
import '@linli/ui/touch.css'
import { App } from './app.tsx'
import './resident.css'
import './matters.css'
import { startSending } from './report/sending.ts'
import { zh } from './words/zh.ts'

// A page part from an older release is gone after an update: fetch the new page once instead of failing.
addEventListener('vite:preloadError', (event) => {
  if (Date.now() - Number(sessionStorage.getItem('linli.reloaded') ?? 0) < 10_000 || !navigator.onLine) return
  event.preventDefault()
  sessionStorage.setItem('linli.reloaded', String(Date.now()))
  location.reload()
})

/** The rules that residents see are those of one scene; their names come with English only. */
async function loadEnglish(): Promise<Words> {
  const [words, care] = await Promise.all([import('./words/en.ts'), import('@linli/scene-elderly-care/locales/en')])
  addDefinitionWords('en', care.en)
  return words.en as Words
}

startDisplay()
void startText({ resources: { 'zh-CN': zh as Words, en: loadEnglish } }).then(() => {
  startSending()
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
  if (import.meta.env.PROD) startOffline(import.meta.env.BASE_URL)
})
