/** Something a report says to do: where its text has the label behind an arrow, a click does it. */
export interface ReportAction {
  readonly label: string;
  readonly command: string;
  readonly args: readonly unknown[];
}

/** Reports as documents that nobody can change. */
export interface ReportDocuments {
  show(text: string, actions: readonly ReportAction[]): Promise<void>;
}
