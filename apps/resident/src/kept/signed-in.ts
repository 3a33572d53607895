import { keep } from '@linli/ui/phone'

/** Whether somebody signed in on this device: the session itself is in a cookie that no script reads. Nobody else is asked for it. */
export const signedIn = keep<boolean>('linli.signed-in', false, (stored) => (typeof stored === 'boolean' ? stored : undefined))
