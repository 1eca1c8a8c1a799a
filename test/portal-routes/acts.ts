const token = "A".repeat(43);

/** Acts, the log explorer, what changed since, following, and the search. */
export const acts = {
  "GET /acts": "",
  "GET /acts.atom": "",
  "GET /acts.json": "/acts.json?outcome=refused",
  "GET /acts.csv": "/acts.csv?in=zh",
  "GET /acts/:entry": "/acts/0",
  "GET /acts/:entry/bytes": "/acts/0/bytes",
  "GET /api/3/action/:action": "/api/3/action/package_list",
  "GET /api/action/:action": "/api/action/package_list",
  "GET /robots.txt": "",
  "GET /log/:log{register|[^/]+/[^/]+/[0-9]+q[1-4]}/entries":
    "/log/register/entries",
  "GET /log/:log{register|[^/]+/[^/]+/[0-9]+q[1-4]}/entries.json":
    "/log/register/entries.json",
  "GET /log/:log{register|[^/]+/[^/]+/[0-9]+q[1-4]}/entries/:index":
    "/log/register/entries/0",
  "GET /since": "/since?entry=0",
  "GET /since.json": "/since.json?entry=0",
  "POST /since/mark": "",
  "GET /follow": "",
  "GET /follow/:kind/:feed{[A-Za-z0-9._-]+\\.(?:atom|json)}":
    "/follow/dataset/vehicles.atom",
  "POST /follow": "",
  "GET /follow/sent": "",
  "GET /follow/confirm/:token{[A-Za-z0-9_-]{43}}": `/follow/confirm/${token}`,
  "POST /follow/confirm/:token{[A-Za-z0-9_-]{43}}": `/follow/confirm/${token}`,
  "GET /follow/stop/:token{[A-Za-z0-9_-]{43}}": `/follow/stop/${token}`,
  "POST /follow/stop/:token{[A-Za-z0-9_-]{43}}": `/follow/stop/${token}`,
  "GET /search": "/search?q=vehicles",
  "GET /search.json": "/search.json?q=vehicles",
};
