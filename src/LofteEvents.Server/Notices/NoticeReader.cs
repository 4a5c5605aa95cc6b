using LofteEvents.Notices;
using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Loften;

namespace LofteEvents.Server.Notices;

/// <summary>Reads notices for whoever may see them.</summary>
internal sealed class NoticeReader(NoticeReads notices, Recipients recipients, Areas areas, TimeProvider clock)
{
    public async Task<Listing<NoticeLine>> ListAsync(
        NoticesQuery query, Paging paging, NoticeViewer viewer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isOnlyRecipient = viewer is { IsOfficer: false, IsAuditor: false };
        if (isOnlyRecipient && (viewer.Recipient is null || (query.Recipient ?? viewer.Recipient) != viewer.Recipient))
        {
            return paging.Listing<NoticeLine>([], 0);
        }

        var asked = new NoticesAsked(
            query.State,
            query.Overdue,
            isOnlyRecipient ? viewer.Recipient : query.Recipient,
            viewer.AreasSeen(areas),
            isOnlyRecipient,
            now);
        var (items, total) = await notices.ListAsync(asked, paging.Limit, paging.Offset, cancellationToken);
        return paging.Listing<NoticeLine>([.. items.Select(each => NoticeLine.Of(each, recipients, now))], total);
    }

    /// <returns>Null where there is no such notice, or none that the caller may see.</returns>
    public async Task<NoticeAnswer?> ReadAsync(string id, NoticeViewer viewer, CancellationToken cancellationToken) =>
        Answer(await notices.HistoryAsync(id, cancellationToken), viewer);

    /// <summary>The answer to a history at hand; null where the caller may see none of it.</summary>
    public NoticeAnswer? Answer(IReadOnlyList<Recorded<DomainEvent>> history, NoticeViewer viewer)
    {
        if (Overview(history) is not { } notice || !viewer.MaySee(notice, areas))
        {
            return null;
        }

        var seesHistory = viewer.IsAuditor || viewer.IsInCharge(notice, areas);
        return new NoticeAnswer(
            NoticeLine.Of(notice, recipients, clock.GetUtcNow()),
            seesHistory ? notice.Terms.PostponeGrounds : null,
            seesHistory ? notice.Terms.WaiveGrounds : null,
            seesHistory ? [.. history.Select(NoticeHappening.Of)] : null);
    }

    public static NoticeOverview? Overview(IReadOnlyList<Recorded<DomainEvent>> history) =>
        history.Aggregate((NoticeOverview?)null, NoticeOverviewProjection.Project);
}
