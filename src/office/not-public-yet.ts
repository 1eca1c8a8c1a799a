/** An act stands in the log for ever and is not public yet: whoever sent it must not send it again. */
export class NotPublicYet extends Error {
  override readonly name = "NotPublicYet";
}
