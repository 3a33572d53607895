import { call, newId } from '@linli/ui/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../parts/states.tsx'
import { type OpenCorrection, personsArea } from './queries.ts'

type Outcome = 'applied' | 'kept' | 'sent'

/** What can become of a value that was found or asked for: what another office owns is passed on, or stays as it is. */
export function CorrectionChoices({ personId, correctionId, why }: Pick<OpenCorrection, 'personId' | 'correctionId' | 'why'>) {
  const { t } = useTranslation()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const settle = useMutation({
    mutationFn: (outcome: Outcome) =>
      call('POST /persons/:personId/corrections/:correctionId', {
        params: { personId, correctionId },
        body: { requestId: newId(), outcome },
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [personsArea] }),
  })
  const choices = why === 'owned' ? (['sent', 'kept'] as const) : (['applied', 'kept'] as const)
  return (
    <>
      <span className="wb-inline">
        {choices.map((outcome) => (
          <button
            key={outcome}
            type="button"
            className="dk-button dk-button-small"
            disabled={settle.isPending}
            onClick={() => settle.mutate(outcome)}
          >
            {t(`persons.settle.${outcome}`)}
          </button>
        ))}
      </span>
      {settle.error ? (
        <p className="dk-error" role="alert">
          {words(settle.error)}
        </p>
      ) : null}
    </>
  )
}
