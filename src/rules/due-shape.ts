/** Something that the office has to do by an instant. */
export type Due = {
  readonly what:
    | "applicant"
    | "application"
    | "question"
    | "calendar"
    | "rulebook"
    | "localRulebook"
    | "pilot"
    | "machineKey"
    | "withholding"
    | "objection"
    | "registration"
    | "firstRegistration"
    | "notice"
    | "renewal"
    | "appeal"
    | "duty"
    | "override"
    | "promise"
    | "permitRenewal"
    | "priceReport"
    | "disclosure"
    | "ceiling"
    | "trialPrice"
    | "exclusivity";
  readonly id: string;
  readonly by: number;
  /** The rule that sets the term. */
  readonly rule: string;
  /** Who may do it: every post that has the power. */
  readonly posts: readonly string[];
};
/** Something that was done after its time, or is still to be done behind it. */
export type Missed = Due & { readonly done?: number };
