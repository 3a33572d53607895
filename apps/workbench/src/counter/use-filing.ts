import { ApiError, call } from '@linli/ui/client'
import { newId } from '@linli/ui/desk'
import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { useFieldProblems } from '../parts/field-problems.ts'
import { checkIntake, emptyIntake, type Intake, intakeBody } from './intake-form.ts'

const draftKey = 'linli.intake'

function readDraft(): Intake {
  try {
    return { ...emptyIntake, ...(JSON.parse(sessionStorage.getItem(draftKey) ?? '{}') as Partial<Intake>) }
  } catch {
    return emptyIntake
  }
}

function keepDraft(intake: Intake): void {
  try {
    sessionStorage.setItem(draftKey, JSON.stringify(intake))
  } catch {
    // Private windows keep nothing; the form itself still holds it.
  }
}

interface Filed {
  caseId: string
  number: string
}

export interface Filing {
  intake: Intake
  errors: Readonly<Record<string, string>>
  change(part: Partial<Intake>): void
  /** Sends what is written; the name of the first line that is missing or wrong, where one is. */
  submit(): string | undefined
  /** An empty form for whoever comes next, at the same place. */
  restart(): void
  file: UseMutationResult<Filed, Error, ReturnType<typeof intakeBody>>
}

/** The form from its first word, kept in this window, to the number it was given; sent twice it is one case. */
export function useFiling(onFiled: (filed: Filed) => void): Filing {
  const { t } = useTranslation()
  const fieldProblems = useFieldProblems()
  const [intake, setIntake] = useState<Intake>(readDraft)
  const latest = useRef(intake)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const intent = useRef<Intent>(undefined)
  const file = useMutation({
    mutationFn: async (body: ReturnType<typeof intakeBody>): Promise<Filed> => {
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /cases', { body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: (filed) => {
      sessionStorage.removeItem(draftKey)
      onFiled(filed)
    },
    onError: (error) => {
      if (!(error instanceof ApiError) || !error.problem.fields) return
      const found = fieldProblems(error, fieldsOfServer)
      setErrors({
        ...found,
        ...(found.areaCode ? { communityCode: found.areaCode } : {}),
        ...(found.contact ? { phone: found.contact } : {}),
      })
    },
  })
  return {
    intake,
    errors,
    file,
    change(part) {
      // A card takes a moment: what was typed meanwhile stays.
      latest.current = { ...latest.current, ...part }
      setIntake(latest.current)
      keepDraft(latest.current)
    },
    submit() {
      if (file.isPending || file.isSuccess) return undefined
      const wrong = checkIntake(intake)
      setErrors(Object.fromEntries(Object.entries(wrong).map(([key, word]) => [key, t(word)])))
      const [first] = Object.keys(wrong)
      if (!first) file.mutate(intakeBody(intake))
      return first
    },
    restart() {
      const channel = intake.kind === 'callOut' ? 'counter' : intake.channel
      latest.current = { ...emptyIntake, communityCode: intake.communityCode, channel }
      setIntake(latest.current)
      setErrors({})
      intent.current = undefined
      file.reset()
    },
  }
}

const fieldsOfServer = ['detail', 'areaCode', 'place', 'contact', 'category', 'appealType', 'level', 'occurredAt', 'channel', 'attachments']
