/** Whether a place is an object of a bucket rather than a file. */
export const isBucketObject = (place: string): boolean => place.startsWith("s3://");
