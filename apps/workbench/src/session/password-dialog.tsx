import { call } from '@linli/ui/client'
import { useMutation } from '@tanstack/react-query'
import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFieldProblems } from '../parts/field-problems.ts'
import { useProblemText } from '../parts/states.tsx'

interface PasswordForm {
  current: string
  next: string
  again: string
}

export function PasswordDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const [form] = Form.useForm<PasswordForm>()
  const change = useMutation({ mutationFn: ({ current, next }: PasswordForm) => call('POST /me/password', { body: { current, next } }) })
  const fields = useFieldProblems()(change.error, ['current', 'next'])
  return (
    <Modal
      open
      title={t('password.title')}
      onCancel={onClose}
      okText={change.isSuccess ? t('password.close') : t('password.save')}
      cancelText={t('desk.cancel')}
      cancelButtonProps={{ hidden: change.isSuccess }}
      okButtonProps={{ disabled: change.isPending }}
      onOk={() => (change.isSuccess ? onClose() : form.submit())}
    >
      {change.isSuccess ? (
        <p role="status">{t('password.done')}</p>
      ) : (
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => change.mutate(values)}>
          <Form.Item
            name="current"
            label={t('password.current')}
            rules={[{ required: true, message: t('password.needCurrent') }]}
            {...(change.error ? { validateStatus: 'error' as const, help: fields.current ?? fields[''] ?? words(change.error) } : {})}
          >
            <Input.Password autoComplete="current-password" autoFocus />
          </Form.Item>
          <Form.Item
            name="next"
            label={t('password.next')}
            extra={t('password.rule')}
            rules={[{ required: true, min: 10, message: t('password.rule') }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={t('password.again')}
            dependencies={['next']}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_, value) =>
                  value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('password.differs'))),
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </Form>
      )}
    </Modal>
  )
}
