import { type BenchOffice, HOUR } from "./office.ts";

/** How large an office is: Estonia's register of systems is the measure. */
export type Extent = {
  readonly systems: number;
  readonly datasets: number;
  readonly products: number;
  readonly bodies: number;
  readonly organisations: number;
  /** All acts of its history, permits and their ends the most of them. */
  readonly acts: number;
};
export const WHOLE: Extent = {
  ...{ systems: 700, datasets: 48_000, products: 4_500, bodies: 1_500 },
  ...{ organisations: 20_000, acts: 1_000_000 },
};

const AUTHORISATIONS = 200;
const APPLICATIONS = 100;
const WORDS = [
  ...["water", "road", "school", "vehicle", "income", "permit", "tax"],
  ...["visit", "weather", "station", "river", "patient", "degree", "firm"],
  ...["export", "price", "market", "home", "noise", "energy", "forest"],
];
const HAN = [
  ...["水务", "道路", "学校", "车辆", "收入", "天气", "河流", "患者"],
  ...["学位", "企业", "出口", "价格", "市场", "住房", "噪声", "能源"],
];
const word = (n: number): string => WORDS[n % WORDS.length] ?? "";
const han = (n: number): string => HAN[n % HAN.length] ?? "";
const of = (n: number, size: number): number => (n * 7_919) % size;
/** So many permits later one is revoked. */
const STANDING = 20_000;

/** Lays an office of that extent: everything by acts that the rules granted, one in fifty of the later ones refused. */
export function layPortalOffice(office: BenchOffice, extent: Extent): void {
  const to = office.at - (office.at % HOUR) + 8_000 * HOUR;
  office.enter([...registered(extent)]);
  office.enter([...offered(extent, to)]);
  office.enter([...waiting(office)]);
  office.mayRefuse = true;
  const standing = Math.min(STANDING, Math.ceil(extent.acts / 10));
  for (let n = 0; office.register.counts.acts < extent.acts; n += 1_000) {
    const acts: object[] = [];
    for (let i = n; i < n + 1_000; i++) {
      acts.push(permit(i, extent, i % 50 === 0 ? undefined : to));
      const over = i - standing;
      if (over >= 0 && over % 50 !== 0)
        acts.push({
          ...{ kind: "permitRevoked", permit: `permit-${over}` },
          reason: "request",
        });
    }
    office.enter(acts.slice(0, extent.acts - office.register.counts.acts));
  }
}

function* registered(extent: Extent): Generator<object> {
  for (let n = 0; n < extent.bodies; n++)
    yield {
      ...{ kind: "body", body: `body-${n}`, level: "county" },
      title: `${word(n)} and ${word(n * 3 + 1)} office of district ${n} ${han(n)}局`,
      parent: n % 10 === 0 ? "office" : `body-${n - (n % 10)}`,
    };
  for (let n = 0; n < extent.systems; n++)
    yield {
      ...{ kind: "system", system: `system-${n}`, description: "described" },
      title: `Register of ${word(n)} and ${word(n + 5)} ${n} ${han(n)}系统`,
      body: `body-${of(n, extent.bodies)}`,
    };
  for (let n = 0; n < extent.datasets; n++)
    yield {
      ...{ kind: "dataset", dataset: `data-${n}` },
      title: `${word(n)} ${word(n * 7 + 2)} of district ${n % 900} ${han(n)}${han(n * 5 + 1)}数据`,
      system: `system-${n % extent.systems}`,
      fields: Array.from({ length: 8 + (n % 8) }, (_, i) => ({
        ...{ name: `field${i}`, type: "text", identifier: false },
        meaning: `${word(n + i * 11)} of the ${word(n * 3 + i)}`,
        classification: n % 4 === 0 ? "open" : "restricted",
      })),
    };
  for (let n = 0; n < extent.organisations; n++)
    yield {
      ...{ kind: "organisation", organisation: `org-${n}` },
      title: `${word(n)} company ${n} ${han(n)}有限公司`,
      class: n % 20 === 0 ? "research" : "enterprise",
    };
}

function* offered(extent: Extent, to: number): Generator<object> {
  for (let n = 0; n < AUTHORISATIONS; n++)
    yield {
      ...{ kind: "authorisation", authorisation: `authorisation-${n}`, to },
      ...{ operator: `org-${n % extent.organisations}`, exclusive: false },
      datasets: Array.from(
        { length: Math.min(240, Math.ceil(extent.datasets / AUTHORISATIONS)) },
        (_, i) => `data-${(n + i * AUTHORISATIONS) % extent.datasets}`,
      ).filter((id, at, all) => all.indexOf(id) === at),
    };
  for (let n = 0; n < extent.products; n++) {
    const authorisation = n % AUTHORISATIONS;
    const fields = ["field0", "field1", "field2"];
    yield {
      ...{ kind: "product", product: `product-${n}`, form: "records" },
      title: `${word(n)} ${word(n * 5 + 3)} records ${n} ${han(n)}记录`,
      content: [{ dataset: `data-${authorisation % extent.datasets}`, fields }],
      ...{ purposes: ["trade"], rowsMax: 100, rowsPerStep: 100 },
      authorisation: `authorisation-${authorisation}`,
    };
    if (n % 2 === 1) continue;
    const price = { product: `product-${n}`, currency: "CNY", unit: "step" };
    yield {
      kind: "feeCeiling",
      ceiling: `ceiling-${n}`,
      amount: 500,
      ...price,
      to,
    };
    yield {
      ...{ kind: "feeStandard", fee: `fee-${n}`, amount: 80, ...price },
      payee: { organisation: `org-${authorisation % extent.organisations}` },
      ...{ classes: ["enterprise"], ground: "fee", to },
    };
  }
}

/** What officials find on their desk, and the gateway behind which citizens look. */
function* waiting(office: BenchOffice): Generator<object> {
  const due = office.at - (office.at % HOUR) + 240 * HOUR;
  const { publicKey } = office.keys.gateway;
  yield { kind: "gatewayOpened", gateway: "gate-1", title: "Gate", publicKey };
  for (let n = 0; n < APPLICATIONS; n++)
    yield {
      ...{ kind: "applicationReceived", application: `application-${n}`, due },
      ...{ organisation: `org-${n}`, product: `product-${n}` },
      purpose: "trade",
      paper: { kind: "application", commitment: "A".repeat(43) },
    };
}

/** Without an end it is refused. */
function permit(n: number, extent: Extent, to: number | undefined): object {
  return {
    ...{ kind: "permit", permit: `permit-${n}`, purpose: "trade" },
    organisation: `org-${of(n, extent.organisations)}`,
    product: `product-${n % extent.products}`,
    ...{ fields: ["field0", "field1"], where: ["field2"], rowsMax: 100 },
    quota: { calls: 1_000_000 },
    ...(to === undefined ? {} : { to }),
  };
}
