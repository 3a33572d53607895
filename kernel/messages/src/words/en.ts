/** The same in English; `zh.ts` is the source. */
export const refusalsEn = {
  'messages.channel_unknown': 'There is no such channel.',
  'messages.data_invalid': 'Something is not filled in right.',
  'messages.delivery_settled': 'This one need not be sent again: it arrived, or is not needed any more.',
  'messages.delivery_unknown': 'There is no such outgoing message, or it is not in your area.',
  'messages.receipt_unsigned': 'The signature of the receipt is wrong.',
}
