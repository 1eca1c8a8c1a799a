import { answered, type Sql } from "./database.ts";

/** What a private paper is called, without its content. */
export type KeptPaperLine = {
  readonly commitment: string;
  readonly kept: number;
  readonly bytes: number;
  readonly sealed_name: Uint8Array;
};
export type KeptPaper = KeptPaperLine & {
  readonly owner: string;
  readonly about: string;
  /** Nonce and content. */
  readonly sealed: Uint8Array;
};

export async function keepApplicantPaper(
  sql: Sql,
  paper: KeptPaper,
): Promise<void> {
  const { commitment, owner, about, kept, bytes } = paper;
  await answered(sql`
    insert into applicant_paper (commitment, owner, about, kept, bytes, sealed, sealed_name)
    values (${commitment}, ${owner}, ${about}, ${kept}, ${bytes}, ${paper.sealed}, ${paper.sealed_name})`);
}

/** The papers about one thing, in the order in which they came. */
export async function applicantPapersAbout(
  sql: Sql,
  owner: string,
  about: string,
): Promise<readonly KeptPaperLine[]> {
  return answered(
    sql<KeptPaperLine[]>`
    select commitment, kept, bytes, sealed_name from applicant_paper
    where owner = ${owner} and about = ${about} order by kept, commitment`,
  );
}

export async function applicantPaper(
  sql: Sql,
  commitment: string,
): Promise<KeptPaper | undefined> {
  const rows = await answered(
    sql<KeptPaper[]>`
    select commitment, owner, about, kept, bytes, sealed, sealed_name from applicant_paper
    where commitment = ${commitment}`,
  );
  return rows[0];
}

export async function dropApplicantPaper(
  sql: Sql,
  owner: string,
  about: string,
  commitment: string,
): Promise<void> {
  await answered(sql`
    delete from applicant_paper where commitment = ${commitment} and owner = ${owner} and about = ${about}`);
}

/** What was brought for something becomes part of what was sent. */
export async function movePapers(
  sql: Sql,
  owner: string,
  from: string,
  to: string,
): Promise<void> {
  await answered(sql`
    update applicant_paper set about = ${to} where owner = ${owner} and about = ${from}`);
}
