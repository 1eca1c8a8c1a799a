import type { FC } from "hono/jsx";
import type { ThingKind } from "../../rules/about.ts";
import { say } from "../lang/say.ts";

export type FeedLink = readonly [href: string, type: string, says: string];

/** The feeds of one thing: what is entered about it, for feed readers. */
export function feedsAbout(
  kind: string,
  id: string,
): readonly [FeedLink, FeedLink] {
  const place = `/follow/${kind}/${id}`;
  return [
    [`${place}.atom`, "application/atom+xml", "Atom"],
    [`${place}.json`, "application/feed+json", "JSON Feed"],
  ];
}

/** The way from the page of a thing to its feeds and letters. */
export const FollowThis: FC<{
  readonly of: readonly [kind: ThingKind, id: string];
}> = ({ of: [kind, id] }) => (
  <p class="quiet">
    <a href={`/follow?thing=${kind}:${id}`} rel="nofollow">
      {say("Follow this")}
    </a>
    {say(": ")}
    {say("a feed, or letters, of what is entered about it.")}
  </p>
);
