/** The type under which a palette's drag carries the type of task: `event.dataTransfer.setData(FLOW_DROP_TYPE, type)`. */
export const FLOW_DROP_TYPE = "application/x-benchwright-task-type";
