import { sayClock, sayTime, sayZone } from "./say-time.ts";

export type MeetingMail = {
  kind: "confirmed" | "moved" | "cancelled";
  title: string;
  attendeeName: string;
  attendeeZone: string;
  hostName: string;
  hostZone: string;
  startsAt: Date;
  /** Before a move. */
  movedFromAt: Date | null;
  place: string;
  /** Absent while our web address is not reachable from outside: then they answer this mail. */
  manageUrl: string | null;
};

/** Short and exact. No sentence claims more than the booking itself. */
export function meetingMail(mail: MeetingMail): { subject: string; text: string } {
  const when = bothZones(mail.startsAt, mail);
  const greeting = `Hello ${mail.attendeeName},`;
  const change = mail.manageUrl ? `To move or cancel it: ${mail.manageUrl}` : "To move or cancel it, answer this mail.";
  switch (mail.kind) {
    case "confirmed":
      return {
        subject: `Confirmed: ${mail.title}, ${sayTime(mail.startsAt, mail.attendeeZone)}`,
        text: lines(greeting, `our meeting is confirmed.\n\n${when}\n${mail.place}`, change, mail.hostName),
      };
    case "moved":
      return {
        subject: `Moved: ${mail.title}, ${sayTime(mail.startsAt, mail.attendeeZone)}`,
        text: lines(
          greeting,
          `our meeting has moved${mail.movedFromAt ? ` from ${sayTime(mail.movedFromAt, mail.attendeeZone)}` : ""}.\n\nNew time: ${when}\n${mail.place}`,
          change,
          mail.hostName,
        ),
      };
    case "cancelled":
      return {
        subject: `Cancelled: ${mail.title}, ${sayTime(mail.startsAt, mail.attendeeZone)}`,
        text: lines(greeting, `our meeting on ${when} is cancelled.`, "To find another time, answer this mail.", mail.hostName),
      };
  }
}

/** "Tue 3 Mar 15:00 Rome (14:00 Lisbon)". */
function bothZones(at: Date, { attendeeZone, hostZone }: MeetingMail): string {
  const theirs = `${sayTime(at, attendeeZone)} ${sayZone(attendeeZone)}`;
  const [ours, same] = [sayClock(at, hostZone), sayTime(at, attendeeZone) === sayTime(at, hostZone)];
  return same ? theirs : `${theirs} (${ours} ${sayZone(hostZone)})`;
}

function lines(...paragraphs: string[]): string {
  return `${paragraphs.join("\n\n")}\n`;
}
