import { Button } from "@/components/ui/Button";

export type PageButtonsProps = {
  offset: number;
  /** Null on the last page. */
  nextOffset: number | null;
  pageSize: number;
  onMove: (offset: number) => void;
};

/** To the page before and after. */
export function PageButtons({ offset, nextOffset, pageSize, onMove }: PageButtonsProps) {
  return (
    <>
      <Button
        disabledReason={offset === 0 ? "These are the first rows." : null}
        kind="quiet"
        onClick={() => onMove(Math.max(0, offset - pageSize))}
      >
        Previous
      </Button>
      <Button
        disabledReason={nextOffset === null ? "These are the last rows." : null}
        kind="quiet"
        onClick={() => nextOffset !== null && onMove(nextOffset)}
      >
        Next
      </Button>
    </>
  );
}
