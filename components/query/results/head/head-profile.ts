/** What the head of a column says of its values. */
export type HeadProfile = {
  /** 0 to 1; null where it is not known. */
  nullShare: number | null;
  /** Heights of the bars of a small histogram, 0 to 1; empty where there is none. */
  bars: readonly number[];
  /** Under the bars, at the left and at the right: smallest and largest value, or words. */
  from: string;
  to: string;
  /** The bars are of values and not of a number or time: paler. */
  isCategorical?: boolean;
};
