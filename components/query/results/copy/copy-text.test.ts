import { describe, expect, it } from "vitest";
import type { CellText } from "../cells/cell-text";
import { copyText } from "./copy-text";

const columns = [
  { name: "id", type: "BIGINT" },
  { name: 'na"me', type: "VARCHAR" },
  { name: "share", type: "DOUBLE" },
  { name: "day", type: "DATE" },
  { name: "at", type: "timestamp(3) with time zone" },
  { name: "raw", type: "varbinary" },
  { name: "tags", type: "INTEGER[]" },
];
const cell = (kind: CellText["kind"], text: string): CellText => ({ kind, text, isCut: false });
const NULL = cell("null", "null");
const rows = [
  [
    cell("number", "9223372036854775807"),
    cell("text", 'a,"b"\tc|\nd'),
    cell("number", "0.1"),
    cell("time", "2026-11-21"),
    cell("time", "2026-11-21 06:41:07.500+00:00"),
    cell("binary", "00ff"),
    cell("nested", "[1, 2]"),
  ],
  [cell("number", "-1"), cell("text", ""), cell("number", "NaN"), NULL, NULL, NULL, NULL],
];

describe("copyText", () => {
  it("writes text with tabs as spreadsheets read it", () => {
    expect(
      copyText(
        "tsv",
        columns.slice(0, 2),
        true,
        rows.map((row) => row.slice(0, 2)),
      ),
    ).toBe('id\t"na""me"\n9223372036854775807\t"a,""b""\tc|\nd"\n-1\t');
  });

  it("keeps NULL and the empty text apart in CSV, and values as they are", () => {
    expect(
      copyText(
        "csv",
        columns.slice(0, 4),
        false,
        rows.map((row) => row.slice(0, 4)),
      ),
    ).toBe('9223372036854775807,"a,""b""\tc|\nd",0.1,2026-11-21\n-1,"",NaN,');
    expect(copyText("csv", columns.slice(0, 1), false, [[cell("text", "=1+1")]])).toBe("=1+1");
  });

  it("writes JSON that has every digit, and tells columns of one name apart", () => {
    const same = [columns[0], columns[0], { name: "id_2", type: "BIGINT" }].map(
      (c) => c ?? { name: "", type: "" },
    );
    expect(
      copyText("json", same, false, [[cell("number", "9007199254740993"), NULL, cell("boolean", "true")]]),
    ).toBe('[\n  {"id": 9007199254740993, "id_3": null, "id_2": true}\n]');
    const whole = JSON.parse(copyText("json", columns, false, rows)) as Record<string, unknown>[];
    expect(whole[0]).toMatchObject({ 'na"me': 'a,"b"\tc|\nd', tags: [1, 2], raw: "00ff" });
    expect(whole[1]).toMatchObject({ 'na"me': "", share: "NaN", day: null });
    expect(copyText("json", columns, false, [])).toBe("[]");
  });

  it("writes Markdown with numbers at the right", () => {
    expect(
      copyText(
        "markdown",
        columns.slice(0, 2),
        true,
        rows.map((row) => row.slice(0, 2)),
      ),
    ).toBe('| id | na"me |\n| ---: | --- |\n| 9223372036854775807 | a,"b"\tc\\|<br>d |\n| -1 |  |');
  });

  it("writes literals that both dialects read", () => {
    expect(copyText("sql", columns, false, rows)).toBe(
      "VALUES\n  (9223372036854775807, 'a,\"b\"\tc|\nd', 0.1e0, DATE '2026-11-21', " +
        "CAST('2026-11-21 06:41:07.500+00:00' AS timestamp(3) with time zone), from_hex('00ff'), JSON '[1, 2]'),\n" +
        "  (-1, '', CAST('NaN' AS DOUBLE), NULL, NULL, NULL, NULL)",
    );
    expect(copyText("sql", columns.slice(1, 2), true, [[cell("text", "it's")]])).toBe(
      "SELECT * FROM (VALUES\n  ('it''s')\n) AS t (\"na\"\"me\")",
    );
  });
});
