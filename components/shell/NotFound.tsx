import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/EmptyState";

/** Says that there is nothing, and why that may be. */
export function NotFound() {
  return (
    <div className="flex-1 bg-panel p-3">
      <h1 className="px-3 pt-3 font-semibold text-19">Not found</h1>
      <EmptyState
        action={
          <Link className={buttonClass()} href="/">
            Go to your workspace
          </Link>
        }
        title="There is nothing at this address, or you are no member of its workspace."
      >
        An admin of the workspace can invite you. Runs and pipelines keep their addresses for as long as they
        exist.
      </EmptyState>
    </div>
  );
}
