/** What is registered: lists, and a page for each thing. */
export const things = {
  ...withTwins("/datasets", "/products", "/bodies", "/systems"),
  ...withTwins("/organisations", "/permits", "/posts", "/promises"),
  ...thing("/bodies", "body", "office"),
  ...thing("/systems", "system", "registers"),
  ...thing("/organisations", "organisation", "huaxing"),
  ...thing("/authorisations", "authorisation", "sanhe-vehicles"),
  ...thing("/permits", "permit", "huaxing-vehicles"),
  ...thing("/fees", "fee", "vehicles-fee"),
  ...thing("/posts", "post", "head"),
  "GET /products/:product{.+\\.json}": "/products/vehicles.records.json",
};

function withTwins(...paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    paths.flatMap((path) => [
      [`GET ${path}`, ""],
      [`GET ${path}.json`, ""],
    ]),
  );
}

function thing(path: string, kind: string, id: string): Record<string, string> {
  return {
    [`GET ${path}/:${kind}`]: `${path}/${id}`,
    [`GET ${path}/:${kind}{.+\\.json}`]: `${path}/${id}.json`,
  };
}
