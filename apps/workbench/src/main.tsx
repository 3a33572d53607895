import '@linli/ui/tokens.css'
import '@linli/ui/desk.css'
import './styles/base.css'
import './styles/shell.css'
import './styles/menu.css'
import './styles/cases.css'
import './styles/tables.css'
import './styles/dialogs.css'
import './styles/queue.css'
import './styles/sign-in.css'
import './styles/pages.css'
import './styles/duties.css'
import './styles/similar.css'
import './styles/exports.css'
import './styles/print.css'
import { addDefinitionWords } from '@linli/ui/desk'
import { startText } from '@linli/ui/text'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { stampStyles } from './csp.ts'
import { zh } from './locales/zh.ts'
import { startScale } from './scale.ts'

stampStyles()
startScale()
await startText({ resources: { 'zh-CN': zh, en: loadEnglish } })
createRoot(document.getElementById('root') as HTMLElement).render(<App />)

/** The portal's own words, and the scenes' for stages, moves and forms; nobody who reads Chinese downloads them. */
async function loadEnglish() {
  const [{ en }, { fieldProblemsEn }, { deviceLabels }, ...scenes] = await Promise.all([
    import('./locales/en.ts'),
    import('./locales/field-problems-en.ts'),
    import('@linli/signals/define'),
    import('@linli/scene-appeals/locales/en'),
    import('@linli/scene-grid-events/locales/en'),
    import('@linli/scene-community-assistance/locales/en'),
    import('@linli/scene-elderly-care/locales/en'),
    import('@linli/scene-public-safety/locales/en'),
  ])
  const said = Object.entries(fieldProblemsEn).map(([sentence, words]) => [`problem.${sentence}`, words] as const)
  addDefinitionWords('en', {
    'move.open': 'Filed',
    'move.changeHands': 'Handed over',
    ...deviceLabels.en,
    ...Object.fromEntries(said),
  })
  for (const scene of scenes) addDefinitionWords('en', scene.en)
  return en
}
