import { describe, expect, test } from "vitest";
import { cpuMsOf } from "../../../test/cpu-time.ts";
import { resemblance } from "./names-alike.ts";
import { nameKey } from "./names.ts";

describe("one name spelt in two ways", () => {
  test.each([
    ["Harbour  Office ", "harbour office"],
    ["ＨＡＲＢＯＵＲ　ＯＦＦＩＣＥ", "Harbour Office"],
    ["“Harbour Office”", "Harbour Office"],
    ["Harbour Office.", "Harbour Office"],
    ["（港口办公室）", "港口办公室"],
    ["港口 办公室", "港口办公室"],
    ["《港口数据》", "港口数据"],
    ["港口系统Ⅱ期", "港口系统II期"],
    ["MÜHLE", "mu\u0308hle"],
    ["ВОДОКАНАЛ", "водоканал"],
    ["Harbour\u200b Office", "Harbour Office"],
    ["Data (open)", "data （open）"],
  ])("%s is %s", (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });

  test.each([
    ["Harbour Office", "Harbor Office"],
    ["Harbour Office (North)", "Harbour Office North"],
    ["港口办公室", "港囗办公室"],
    ["收费", "收費"],
    ["Service 1", "Service 10"],
    ["a(b)c(d)", "b)c(d"],
  ])("%s is not %s", (a, b) => {
    expect(nameKey(a)).not.toBe(nameKey(b));
  });

  test.each(["", " ", "。", "- "])("%j is no name", (text) => {
    expect(nameKey(text)).toBe("");
  });
});

describe("names that look alike are found, the most alike first", () => {
  const find = (name: string, ...known: readonly string[]) =>
    resemblance(known.map(nameKey))(nameKey(name));

  test.each([
    ["Harbor Office", "Harbour Office"],
    ["River Gauge Centre", "River Gauge Center"],
    ["River Gauge Company Ltd", "River Gauge Co., Ltd."],
    ["Weather observations", "Hourly weather observations"],
    ["Gauge readings of rivers", "River gauge reading"],
    ["市环境监测中心", "环境监测中心"],
    ["环境监测中心站", "环境监测站"],
    ["云帆航运有限公司", "云帆航运有限责任公司"],
    ["地震目录查询服务费", "地震目录查询"],
    ["环境临测数据查询", "环境监测数据查询"],
    ["省车登中心", "省车辆登记中心"],
    ["机动车信息查询", "车辆信息查询"],
    ["车辆查询", "车辆信息查询"],
    ["省车辆登记中心（一分部）", "省车辆登记中心"],
  ])("%s may be %s", (name, known) => {
    expect(find(name, "Moon phases", "月相预报", known)).toEqual([
      nameKey(known),
    ]);
  });

  test.each([
    ["Service 12", "Service 13"],
    ["Department of Rivers", "Department of Roads"],
    ["Vehicle inspection data", "Vehicle registration data"],
    ["Moon phases", "Berth register"],
    ["气象观测", "气象预测"],
    ["教育局信息中心", "水利局信息中心"],
    ["过户证明", "车辆信息查询"],
    ["车辆登记", "车辆信息查询"],
    ["船舶信息查询", "车辆信息查询"],
    ["车辆查询（企业）", "车辆查询（个人）"],
    ["省水文中心", "省车辆登记中心"],
    ["气象", "气象数据共享平台接口"],
    ["Centre", "Office"],
  ])("%s is not taken for %s", (name, known) => {
    expect(find(name, known)).toEqual([]);
  });

  test("no more than three, and those nearer first", () => {
    const known = ["River gauges", "River gauge", "The river gauge service"];
    expect(find("River gauge data", ...known, "Rivers' gauge data")).toEqual([
      "rivers gauge data",
      "river gauge",
      "river gauges",
    ]);
  });

  test("ten thousand names against five thousand take seconds, not minutes", () => {
    const syllables = [
      "ka",
      "lo",
      "mi",
      "ru",
      "te",
      "sa",
      "no",
      "vi",
      "pe",
      "du",
    ];
    const name = (seed: number) =>
      Array.from({ length: 3 }, (_, word) =>
        Array.from(
          { length: 3 },
          (__, at) =>
            syllables[
              Math.floor(((seed + 1) * 7919 * (word * 3 + at + 1)) / 97) % 10
            ],
        ).join(""),
      ).join(" ");
    const known = Array.from({ length: 5_000 }, (_, at) => name(at));
    const alike = resemblance(known);
    const took = cpuMsOf(() => {
      for (let at = 0; at < 500; at++) alike(name(at + 10_000));
    });
    // A twentieth of the names; a slow machine gets ten times what was measured.
    expect(took).toBeLessThan(10_000);
  });
});
