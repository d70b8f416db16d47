import { NotFound } from "./NotFound";

/** For an address behind which nothing is, or nothing that this person may see. */
export function NotFoundPage() {
  return (
    <main className="flex min-h-dvh bg-panel">
      <NotFound />
    </main>
  );
}
