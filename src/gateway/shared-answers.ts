import {
  type AnswerOutcome,
  type AnswerWant,
  type LeaseHolder,
  takeAnswers,
} from "../store/leases.ts";
import { stillAlone } from "./leases.ts";
import type { Limits, Names } from "./limits.ts";
import { Unavailable } from "./unavailable.ts";

type Waiter = {
  readonly want: AnswerWant;
  readonly resolve: (outcome: AnswerOutcome) => void;
  readonly reject: (error: unknown) => void;
};

const WANTS_MAX = 200;

/**
 * Answers of a day counted by several gateways together, in the database; those that come while one question is under way go
 * together with the next. What was counted stays counted, whatever becomes of the answer.
 */
export class SharedAnswers {
  readonly #holder: LeaseHolder;
  readonly #waiting = new Map<number, Waiter[]>();
  #isAsking = false;

  constructor(holder: LeaseHolder) {
    this.#holder = holder;
  }

  /** Takes one answer of that day, by the names of who asks and who is asked about, if the limits leave room for it. */
  take([asker, subject]: Names, limits: Limits, day: number) {
    return this.#ask(day, {
      asker,
      askerMax: limits.perAskerPerDay,
      subject,
      subjectMax: limits.perSubjectPerDay,
    });
  }

  #ask(day: number, want: AnswerWant): Promise<AnswerOutcome> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(day) ?? [];
      this.#waiting.set(day, waiting);
      waiting.push({ want, resolve, reject });
      if (!this.#isAsking) this.#askOn().catch(reject);
    });
  }

  async #askOn(): Promise<void> {
    this.#isAsking = true;
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined) break;
      const [day, waiting] = next;
      const together = waiting.splice(0, WANTS_MAX);
      if (waiting.length === 0) this.#waiting.delete(day);
      await this.#askNow(day, together);
    }
    this.#isAsking = false;
  }

  async #askNow(day: number, together: readonly Waiter[]): Promise<void> {
    try {
      const outcomes = await takeAnswers(
        this.#holder,
        day,
        together.map(({ want }) => want),
      );
      for (const [place, { resolve, reject }] of together.entries()) {
        const outcome = outcomes?.[place];
        if (outcome === undefined) reject(stillAlone());
        else resolve(outcome);
      }
    } catch (cause) {
      const away = new Unavailable(
        "Cannot answer: answers cannot be counted while the database is away",
        { cause },
      );
      for (const { reject } of together) reject(away);
    }
  }
}
