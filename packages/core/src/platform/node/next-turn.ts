/** Does something once everything that is due now has been done. */
export const nextTurn = (work: () => void): void => void setImmediate(work);
