/** What a refusal says to a person, by its code. */
export const refusalsZh = {
  'messages.channel_unknown': '没有这个外发通道。',
  'messages.data_invalid': '有填得不对的地方。',
  'messages.delivery_settled': '这条不需要重发：它已经送到，或者不再需要。',
  'messages.delivery_unknown': '没有这条外发消息，或它不在您的范围内。',
  'messages.receipt_unsigned': '回执的签名不对。',
}
