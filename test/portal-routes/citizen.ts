const leaf = "A".repeat(43);

/** What citizens have of their own, and objections. */
export const citizen = {
  "GET /my": "",
  "POST /my/ask/:leaf": `/my/ask/${leaf}`,
  "GET /my/asked/:question": "/my/asked/q-0123456789abcdef",
  "GET /objections": "",
  "GET /objections.json": "",
  "GET /objections/:what/:id": "/objections/registration/none",
  "POST /objections/:what/:id": "/objections/registration/none",
};
