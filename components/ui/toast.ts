import type { ShownFailure } from "./failure-of";
import { wantToaster } from "./toaster-ready";

type ToastAction = { label: string; onPress: () => void };

const sonner = async () => {
  await wantToaster();
  return (await import("sonner")).toast;
};

const actionOf = (action: ToastAction | undefined) =>
  action === undefined ? {} : { action: { label: action.label, onClick: action.onPress } };

/** One line, 6 s, only for results of the person's act that are out of view. */
export async function toastDone(text: string, action?: ToastAction): Promise<void> {
  (await sonner()).success(text, { duration: 6000, ...actionOf(action) });
}

/** Stays until it is dismissed: an error is never hidden. */
export async function toastFailure(failure: ShownFailure, action?: ToastAction): Promise<void> {
  (await sonner()).error(failure.message, {
    duration: Number.POSITIVE_INFINITY,
    ...(failure.hint === null ? {} : { description: failure.hint }),
    ...actionOf(action),
  });
}
