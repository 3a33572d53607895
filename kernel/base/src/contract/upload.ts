import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Position } from './scalars.ts'

export const Upload = z.object({
  id: Id,
  mediaType: z.string(),
  bytes: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** Where the picture says it was taken; read once for the pin, then stripped from the stored file. */
  position: Position.nullable(),
})
export type Upload = z.infer<typeof Upload>

/** `multipart/form-data` with one file part. JPEG, PNG, WebP (10 MiB) and PDF (10 MiB), judged by content, not by name. */
export const uploadPublicFile = endpoint({
  method: 'POST',
  path: '/public/uploads',
  summary: '上传一张照片或一份 PDF',
  permission: 'public',
  rate: 120,
  result: Upload,
  status: 201,
  errors: ['file.type_refused', 'file.too_large', 'file.missing', 'file.damaged', 'file.no_room'],
})
