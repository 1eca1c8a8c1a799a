import { Command } from "commander";
import { addAccount } from "./account/account.ts";
import { addAct } from "./act.ts";
import { addAnswer } from "./answer.ts";
import { addAsk } from "./citizen/ask.ts";
import { addCitizenToken } from "./citizen/citizen-token.ts";
import { addMyUses } from "./citizen/my-uses.ts";
import { addQuestions } from "./citizen/questions.ts";
import { addBackup } from "./backup/backup.ts";
import { addRestore } from "./backup/restore.ts";
import { addBench } from "./bench/bench.ts";
import { addSoak } from "./bench/soak.ts";
import { addCheat } from "./cheat.ts";
import { addConfig } from "./config/config.ts";
import { addContributions } from "./contributions.ts";
import { addDemo } from "./demo/demo.ts";
import { addDownload } from "./download.ts";
import { addDue } from "./due.ts";
import { EXIT } from "./exit.ts";
import { addGateway } from "./gateway/gateway.ts";
import { hashesLast } from "./hashes.ts";
import { addImport } from "./import.ts";
import { addKeygen } from "./keygen.ts";
import { addAuditLedger } from "./ledger/audit-ledger.ts";
import { addFeeTry } from "./ledger/fee-try.ts";
import { addLog } from "./log/log.ts";
import { addMirror } from "./mirror.ts";
import { addProve } from "./prove.ts";
import { addLogKey } from "./log-key.ts";
import { addQuery } from "./query.ts";
import { addReport } from "./report.ts";
import { addRequestKey } from "./request-key.ts";
import { addRetention } from "./retention/retention.ts";
import { addMail } from "./mail/mail.ts";
import { addServe } from "./serve.ts";
import { addSign } from "./sign-statement.ts";
import { addToken } from "./token.ts";
import { addVerify } from "./verify.ts";
import { addWitness } from "./witness.ts";

const program = new Command()
  .name("vitrine")
  .description("Runs a public-data office that anyone can check")
  .showHelpAfterError("(see --help)")
  .exitOverride((error) => {
    // Usage errors are "could not" (2); help and version are done (0).
    process.exit(error.exitCode === 0 ? EXIT.done : EXIT.could_not);
  });
addServe(program);
addMail(program);
addDemo(program);
addCheat(program);
addAct(program);
addAnswer(program);
addAsk(program);
addAccount(program);
addCitizenToken(program);
addMyUses(program);
addQuestions(program);
addAuditLedger(
  program
    .command("audit")
    .description("hold what was done against what was approved"),
);
addBackup(program);
addBench(program);
addConfig(program);
addContributions(program);
addDownload(program);
addDue(program);
addFeeTry(program.command("fee").description("try a fee before it is an act"));
addGateway(program);
addImport(program);
addKeygen(program);
addLog(program);
addMirror(program);
addProve(program);
addLogKey(
  program.command("log-key").description("the keys that sign the office's log"),
);
addQuery(program);
addReport(program);
addRequestKey(program);
addRestore(program);
addRetention(program);
addSign(program);
addSoak(program);
addToken(program);
addVerify(program);
addWitness(program);
await program.parseAsync(hashesLast(process.argv.slice(2)), { from: "user" });
