import { register } from "tsx/esm/api";

// The adapters under measurement are TypeScript; everything after this line may import them.
register();
await import("./take-measures.mjs");
