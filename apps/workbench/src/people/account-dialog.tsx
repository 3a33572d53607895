import { call } from '@linli/ui/client'
import { newId } from '@linli/ui/desk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Modal } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { type AccountRow, area } from '../api/queries.ts'
import { useFieldProblems } from '../parts/field-problems.ts'
import { useProblemText } from '../parts/states.tsx'
import { PostFields, type PostForm, postBody } from './post-fields.tsx'

interface AccountForm extends PostForm {
  account: string
  name: string
  password: string
}

/** A new account with its first post: an account without one could do nothing. */
export function AccountDialog({ onClose, onMade }: { onClose(): void; onMade(made: AccountRow): void }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const [form] = Form.useForm<AccountForm>()
  const intent = useRef<Intent>(undefined)
  const create = useMutation({
    mutationFn: (values: AccountForm) => {
      const body = { account: values.account.trim(), name: values.name.trim(), password: values.password, post: postBody(values) }
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /accounts', { body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: [area.accounts] })
      onMade(made)
      onClose()
    },
  })
  const errors = useFieldProblems()(create.error, ['account', 'name', 'password', 'role', 'orgId', 'areaId', 'until'])
  const wrong = (key: string) => (errors[key] ? { validateStatus: 'error' as const, help: errors[key] } : {})
  return (
    <Modal
      open
      title={t('account.title')}
      onCancel={onClose}
      okText={t('account.save')}
      cancelText={t('desk.cancel')}
      okButtonProps={{ disabled: create.isPending }}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => create.mutate(values)}>
        {create.error && Object.keys(errors).length === 0 ? (
          <p className="dk-error" role="alert">
            {words(create.error)}
          </p>
        ) : null}
        <Form.Item
          name="account"
          label={t('account.account')}
          extra={t('account.rule')}
          rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9._-]{2,31}$/, message: t('account.rule') }]}
          {...wrong('account')}
        >
          <Input autoComplete="off" autoCapitalize="off" spellCheck={false} autoFocus />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('account.name')}
          rules={[{ required: true, whitespace: true, message: t('account.needName') }]}
          {...wrong('name')}
        >
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('account.password')}
          extra={t('password.rule')}
          rules={[{ required: true, min: 10, message: t('password.rule') }]}
          {...wrong('password')}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <PostFields errors={errors} />
      </Form>
    </Modal>
  )
}
