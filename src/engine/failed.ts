const TEXTS = {
  late: "Cannot run plan: the engine took too long",
  large: "Cannot run plan: the result is too large",
  absent: "Cannot run plan: the dataset is not loaded",
  busy: "Cannot run plan: too many others run, and none ended in time; ask again",
  idle: "Cannot go on: nobody took the next rows for too long",
  gone: "Cannot run plan: the row that ended the page before is no longer there; ask again without its cursor",
  broken: "Cannot run plan: the engine failed",
  unreadable:
    "Cannot load vintage: its file is not what the dataset's fields say",
} as const;

export type Failure = keyof typeof TEXTS;

/**
 * From the moment an engine is asked there is one constant text per class: what an engine says may carry data
 * (design, the way of a request). The `cause` is for the operator's eyes and must not be answered to anybody.
 */
export class EngineFailed extends Error {
  override readonly name = "EngineFailed";
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(TEXTS[failure], options);
    this.failure = failure;
  }
}
