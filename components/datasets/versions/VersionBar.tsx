import { CONTROL_CLASS } from "@/components/ui/Field";
import { formatInstant } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { DataSetTabProps } from "../data-set-types";

export type VersionBarProps = Pick<DataSetTabProps, "dataSet" | "onVersion"> & {
  shown: { version: number; publishedVersion: number | null; savedAt: Date; savedBy: string };
};

/** Which version is looked at, and whether others see it. */
export function VersionBar({ shown, dataSet, onVersion }: VersionBarProps) {
  const { version, publishedVersion, savedAt, savedBy } = shown;
  const isPublished = version === publishedVersion;
  return (
    <div className="flex min-h-[34px] flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-sunken px-3 py-1 text-12">
      <label className="flex items-center gap-1.5 text-ink-2">
        Version
        <select
          className={`${CONTROL_CLASS} !w-auto`}
          onChange={(event) => onVersion(Number(event.target.value))}
          value={version}
        >
          {dataSet.versions.map((each) => (
            <option key={each.version} value={each.version}>
              {each.version}
              {each.version === dataSet.publishedVersion ? ", published" : ""}
            </option>
          ))}
        </select>
      </label>
      <StateGlyph
        label={
          isPublished
            ? "what others see"
            : publishedVersion === null
              ? "a draft: others see nothing yet"
              : `not what others see, which is version ${publishedVersion}`
        }
        state={isPublished ? "succeeded" : "waiting"}
      />
      <span className="text-ink-2">
        saved by {savedBy}, {formatInstant(savedAt)} UTC
      </span>
    </div>
  );
}
