import { answered, type Sql } from "./database.ts";

/** What was answered to a question, as the act that enters it commits to it; sealed. */
export type KeptAnswer = {
  readonly commitment: string;
  readonly question: string;
  readonly kept: number;
  readonly sealed: Uint8Array;
};

export async function keepAnswer(
  sql: Sql,
  { commitment, question, kept, sealed }: KeptAnswer,
): Promise<void> {
  await answered(sql`
    insert into question_answer (commitment, question, kept, sealed)
    values (${commitment}, ${question}, ${kept}, ${sealed})`);
}

/** Every draft of an answer to these questions: which of them was entered, the log says. */
export async function answersKept(
  sql: Sql,
  questions: readonly string[],
): Promise<readonly KeptAnswer[]> {
  return answered(
    sql<KeptAnswer[]>`
    select commitment, question, kept, sealed from question_answer
    where question = any (string_to_array(${questions.join(",")}, ',')) order by kept`,
  );
}
