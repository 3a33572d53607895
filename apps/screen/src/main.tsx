import '@linli/ui/tokens.css'
import '@linli/ui/desk.css'
import '@linli/ui/map/map.css'
import './styles/base.css'
import './styles/wall.css'
import './styles/panels.css'
import './styles/rows.css'
import './styles/alarms.css'
import './styles/sign-in.css'
import { sendAlong } from '@linli/ui/client'
import { addDefinitionWords } from '@linli/ui/desk'
import { startText } from '@linli/ui/text'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { zh } from './locales/zh.ts'

// The session of the wall, beside whatever desk is signed in in this browser.
sendAlong(() => ({ 'linli-screen': 'wall' }))
await startText({ resources: { 'zh-CN': zh, en: loadEnglish } })
createRoot(document.getElementById('root') as HTMLElement).render(<App />)

/** The wall's own words and the scenes' for stages and alarms; nobody who reads Chinese downloads them. */
async function loadEnglish() {
  const [{ en }, { definitionsEn }, { en: appeals }, { en: events }, { en: care }, { en: safety }] = await Promise.all([
    import('./locales/en.ts'),
    import('./locales/definitions-en.ts'),
    import('@linli/scene-appeals/locales/en'),
    import('@linli/scene-grid-events/locales/en'),
    import('@linli/scene-elderly-care/locales/en'),
    import('@linli/scene-public-safety/locales/en'),
  ])
  addDefinitionWords('en', { ...safety, ...care, ...events, ...appeals, ...definitionsEn })
  return en
}
