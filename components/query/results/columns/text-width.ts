let pen: CanvasRenderingContext2D | null | undefined;

/** How wide a text is in a cell, in pixels, all its digits as wide as 0. Outside a browser by the usual width of its letters. */
export function textWidth(text: string): number {
  if (pen === undefined) {
    pen = typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d");
    if (pen !== null) pen.font = `13px ${getComputedStyle(document.body).fontFamily}`;
  }
  return pen === null ? text.length * 7.4 : pen.measureText(text.replaceAll(/\d/g, "0")).width;
}
