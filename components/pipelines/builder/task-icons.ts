import {
  Braces,
  ClipboardCheck,
  Code,
  FlaskConical,
  Globe,
  Layers,
  type LucideIcon,
  PackageOpen,
  Rocket,
  Ruler,
  Split,
  SquareTerminal,
  Waypoints,
} from "lucide-react";

const ICONS: Record<string, LucideIcon> = {
  ingestion_trigger: Waypoints,
  sql_execute: SquareTerminal,
  quality_check: ClipboardCheck,
  python: Code,
  ray_train: FlaskConical,
  model_evaluate: Ruler,
  ray_serve_update: Rocket,
  batch_inference: PackageOpen,
  http: Globe,
  branch: Split,
  map: Layers,
  sub_pipeline: Braces,
};

/** Null for a type that nobody knows. */
export const iconOf = (type: string): LucideIcon | null => ICONS[type] ?? null;
