import type { DataSetDetail } from "../data-set-types";

export type PreparedPublish = {
  label: string;
  /** The version that would be published; null where there is none. */
  wanted: string | null;
  branch: string | null;
  /** Why there is nothing to publish; null where there is. */
  whyNot: string | null;
};

type Known = Pick<DataSetDetail, "kind" | "branches" | "currentVersion" | "publishedVersion">;

/** What the button of a page publishes: the version that is looked at, of a table the only branch that waits. */
export function preparePublish(dataSet: Known, version: number | null): PreparedPublish {
  if (dataSet.kind === "table") return branchOf(dataSet);
  const wanted = version === null ? dataSet.currentVersion : String(version);
  const isSeen = wanted === null || wanted === dataSet.publishedVersion;
  return {
    label: wanted === null ? "Publish" : `Publish version ${wanted}`,
    wanted,
    branch: null,
    whyNot: isSeen ? "Others see this version already." : null,
  };
}

function branchOf({ branches }: Known): PreparedPublish {
  const [first, second] = branches.filter(({ isPublished }) => !isPublished);
  if (first === undefined)
    return { label: "Publish", wanted: null, branch: null, whyNot: "No branch of it waits to be published." };
  if (second !== undefined)
    return {
      label: "Publish",
      wanted: null,
      branch: null,
      whyNot: "Several branches wait: choose one under Versions.",
    };
  return { label: `Publish ${first.name}`, wanted: first.version, branch: first.name, whyNot: null };
}
