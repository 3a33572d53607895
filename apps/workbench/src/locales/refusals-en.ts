import { refusalsEn as access } from '@linli/access/words/en'
import { refusalsEn as base } from '@linli/base/words/en'
import { refusalsEn as cases } from '@linli/cases/words/en'
import { refusalsEn as exchange } from '@linli/exchange/words/en'
import { refusalsEn as messages } from '@linli/messages/words/en'
import { refusalsEn as registry } from '@linli/registry/words/en'
import { refusalsEn as scene } from '@linli/scene/words/en'
import { refusalsEn as signals } from '@linli/signals/words/en'

/** What each engine says in English when it refuses, by code, as the text system takes keys: no points. In Chinese the answer says it itself. */
export const refusals: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ ...access, ...base, ...cases, ...exchange, ...messages, ...registry, ...scene, ...signals }).map(([code, words]) => [
    code.replace('.', '_'),
    words,
  ]),
)
