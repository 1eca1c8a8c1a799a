import { expect, test } from "vitest";
import { formOf } from "./form.ts";

test.each([
  [undefined, "json"],
  ["", "json"],
  ["*/*", "json"],
  ["application/json", "json"],
  ["application/json; charset=utf-8", "json"],
  ["application/x-ndjson", "ndjson"],
  ["text/csv", "csv"],
  ["TEXT/CSV;header=present", "csv"],
  ["text/*", "csv"],
  ["application/vnd.apache.parquet", "parquet"],
  ["text/csv, */*", "csv"],
  ["*/*, text/csv", "csv"],
  ["text/csv;q=0.5, application/x-ndjson", "ndjson"],
  ["text/csv, application/json", "csv"],
  ["*/*, application/json;q=0", "ndjson"],
  ["text/csv;q=0, text/*", undefined],
  ["text/csv;header=absent, application/json;q=0.1", "json"],
  ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "json"],
  ["text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "json"],
  ["text/html", undefined],
  ["application/vnd.ms-excel", undefined],
  ["text/csv;q=0", undefined],
  ["text/csv;q=high", undefined],
  ["nonsense", undefined],
])("Accept: %s is answered as %s", (accept, form) => {
  const asked = formOf(accept, undefined);
  expect(asked).toMatchObject(
    form === undefined
      ? { kind: "refused", status: 406 }
      : { kind: "form", form },
  );
});

test("a format in the address goes before the header", () => {
  expect(formOf("text/html", "parquet")).toEqual({
    kind: "form",
    form: "parquet",
  });
});

test.each(["xlsx", "JSON", ""])(
  "an unknown format in the address is refused by its name: %j",
  (format) => {
    expect(formOf("*/*", format)).toEqual({
      kind: "refused",
      status: 400,
      message: `Cannot answer in format "${format}": want one of json, ndjson, csv, parquet`,
    });
  },
);

test("an Accept that nothing fits is refused with what there is", () => {
  expect(formOf("text/html", undefined)).toMatchObject({
    message:
      'Cannot answer as "text/html": want one of application/json, application/x-ndjson, text/csv, application/vnd.apache.parquet',
  });
});
