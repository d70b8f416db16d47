import { z } from "zod";
import { wallClock } from "../../shared/wall-clock";

/** An IANA name of a time zone, for example Europe/Prague. */
export const ZoneName = z
  .string()
  .max(100)
  .refine(isZone, "Write an IANA name, for example Europe/Prague or UTC");

function isZone(name: string): boolean {
  try {
    wallClock(name);
    return true;
  } catch {
    return false;
  }
}
