/** A row number as people write it, counted from 1 (`73,500,001`, `73.5M`), as a row counted from 0; or what is wrong with it. */
export function readRowNumber(typed: string, rows: number): { row: number } | { problem: string } {
  const match = /^(\d+(?:\.\d+)?)\s*([kmb]?)$/i.exec(typed.replace(/[\s,_']/g, ""));
  if (match === null) return { problem: "Write a row number." };
  const factor = { "": 1, k: 1e3, m: 1e6, b: 1e9 }[(match[2] ?? "").toLowerCase()] ?? 1;
  const number = Math.round(Number(match[1]) * factor);
  if (rows === 0) return { problem: "There are no rows." };
  if (number < 1 || number > rows) return { problem: `Rows go from 1 to ${rows.toLocaleString("en-US")}.` };
  return { row: number - 1 };
}
