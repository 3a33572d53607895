import { call } from '@linli/ui/client'
import { newId } from '@linli/ui/desk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, Modal } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { type AccountRow, area } from '../api/queries.ts'
import { useFieldProblems } from '../parts/field-problems.ts'
import { useProblemText } from '../parts/states.tsx'
import { PostFields, type PostForm, postBody } from './post-fields.tsx'

export function PostDialog({ row, onClose }: { row: AccountRow; onClose(): void }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const [form] = Form.useForm<PostForm>()
  const intent = useRef<Intent>(undefined)
  const grant = useMutation({
    mutationFn: (values: PostForm) => {
      const body = postBody(values)
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /accounts/:accountId/posts', {
        params: { accountId: row.accountId },
        body: { ...body, requestId: intent.current.requestId },
      })
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: [area.accounts] })
      onClose()
    },
  })
  const errors = useFieldProblems()(grant.error, ['role', 'orgId', 'areaId', 'until'])
  return (
    <Modal
      open
      title={t('post.title', { name: row.name })}
      onCancel={onClose}
      okText={t('post.save')}
      cancelText={t('desk.cancel')}
      okButtonProps={{ disabled: grant.isPending }}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => grant.mutate(values)}>
        {grant.error && Object.keys(errors).length === 0 ? (
          <p className="dk-error" role="alert">
            {words(grant.error)}
          </p>
        ) : null}
        <PostFields errors={errors} />
      </Form>
    </Modal>
  )
}
