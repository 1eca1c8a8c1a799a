import { say } from "./lang/say.ts";

/** What an office is called in a sentence, also before its founding act has given it a title. */
export function thisOffice(title: string): string {
  return title === "" ? say("this office") : title;
}
