import { saveTextFile } from "@/components/ui/save-text-file";
import type { Plot } from "./prepare-chart";

const SCALE = 2;
const STYLED = ["fill", "stroke", "font-size", "font-family"] as const;

/** The drawn chart as an SVG document of its own: colours as values, on the panel's ground. */
export function chartSvg(container: HTMLElement): { text: string; width: number; height: number } | null {
  const drawn = container.querySelector<SVGSVGElement>("svg.recharts-surface");
  if (drawn === null) return null;
  const { width, height } = drawn.getBoundingClientRect();
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const originals = drawn.querySelectorAll<SVGElement>("*");
  for (const [place, element] of copy.querySelectorAll<SVGElement>("*").entries()) {
    const original = originals[place];
    if (original === undefined) continue;
    const style = getComputedStyle(original);
    for (const property of STYLED) element.setAttribute(property, style.getPropertyValue(property));
    element.removeAttribute("class");
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.documentElement).getPropertyValue("--panel").trim());
  copy.prepend(ground);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

export function saveChartSvg(container: HTMLElement, name: string): void {
  const chart = chartSvg(container);
  if (chart !== null) saveTextFile(`${name}.svg`, chart.text, "image/svg+xml");
}

/** Twice as fine as the page. Rejects where the browser cannot draw it. */
export async function saveChartPng(container: HTMLElement, name: string): Promise<void> {
  const chart = chartSvg(container);
  if (chart === null) return;
  const url = URL.createObjectURL(new Blob([chart.text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = chart.width * SCALE;
    canvas.height = chart.height * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const link = document.createElement("a");
    link.href = canvas.toDataURL("image/png");
    link.download = `${name}.png`;
    link.click();
  } finally {
    URL.revokeObjectURL(url);
  }
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The points that are drawn, as CSV (RFC 4180). */
export function chartCsv(plot: Plot, axisName: string): string {
  const lines = [
    [axisName, ...plot.series.map(({ name }) => name)],
    ...plot.rows.map((row) => [row.label, ...plot.series.map(({ key }) => String(row[key] ?? ""))]),
  ];
  return `${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}
