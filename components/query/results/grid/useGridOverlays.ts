"use client";

import { useState } from "react";
import type { Popup } from "../menu/GridPopups";

export type GridOverlays = {
  popup: Popup | null;
  setPopup: (popup: Popup | null) => void;
  /** Whether the active cell is shown as a whole beside the grid. */
  isInspecting: boolean;
  setInspecting: (isInspecting: boolean) => void;
};

/** What is open over a grid and beside it. */
export function useGridOverlays(): GridOverlays {
  const [popup, setPopup] = useState<Popup | null>(null);
  const [isInspecting, setInspecting] = useState(false);
  return { popup, setPopup, isInspecting, setInspecting };
}
