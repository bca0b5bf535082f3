import { listPeopleInput } from "#server/enrolments/schema.ts";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { CampaignPeople } from "@/components/campaigns/campaign-people";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ state?: string; q?: string }> };

export default async function CampaignPeoplePage({ params, searchParams }: Props) {
  const [{ id }, { state, q }] = await Promise.all([params, searchParams]);
  // An address that somebody edited by hand is answered by the list itself, with a sentence.
  const asked = listPeopleInput.safeParse({ id, limit: 100, ...(state && { state }), ...(q && { search: q }) });
  if (asked.success) {
    void getQueryClient().prefetchInfiniteQuery(
      trpc.enrolments.list.infiniteQueryOptions(asked.data, { getNextPageParam: (page) => page.nextCursor }),
    );
  }
  return (
    <HydrateClient>
      <CampaignPeople id={id} />
    </HydrateClient>
  );
}
