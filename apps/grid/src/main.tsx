import { startOffline } from '@linli/ui/offline'
import { addDefinitionWords, startText, type Words } from '@linli/ui/text'
import { startDisplay } from '@linli/ui/touch'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@linli/ui/tokens.css'
import '@linli/ui/touch.css'
import './grid.css'
import { App } from './app.tsx'
import { zh } from './words/zh.ts'

// A page part from an older release is gone after an update: fetch the new page once instead of failing.
addEventListener('vite:preloadError', (event) => {
  if (Date.now() - Number(sessionStorage.getItem('linli.reloaded') ?? 0) < 10_000 || !navigator.onLine) return
  event.preventDefault()
  sessionStorage.setItem('linli.reloaded', String(Date.now()))
  location.reload()
})

startDisplay('?elder=0')
void startText({ resources: { 'zh-CN': zh as Words, en: loadEnglish } }).then(() => {
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
  if (import.meta.env.PROD) startOffline(import.meta.env.BASE_URL)
})

/** The portal's own words, and the scenes' for rules, rungs and kinds; nobody who reads Chinese downloads them. */
async function loadEnglish(): Promise<Words> {
  const [{ en }, { deviceLabels }, ...scenes] = await Promise.all([
    import('./words/en.ts'),
    import('@linli/signals/define'),
    import('@linli/scene-appeals/locales/en'),
    import('@linli/scene-grid-events/locales/en'),
    import('@linli/scene-community-assistance/locales/en'),
    import('@linli/scene-elderly-care/locales/en'),
    import('@linli/scene-public-safety/locales/en'),
  ])
  // What the platform itself writes into every log.
  addDefinitionWords('en', { 'move.open': 'Filed', 'move.changeHands': 'Handed over', ...deviceLabels.en })
  for (const scene of scenes) addDefinitionWords('en', scene.en)
  return en as Words
}
