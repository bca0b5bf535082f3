/** Mail of Leadwright itself to people who sign in (a new password). Never to prospects: those go through the send ledger. */
export interface SystemMail {
  send(mail: { to: string; subject: string; text: string }): Promise<void>;
}
