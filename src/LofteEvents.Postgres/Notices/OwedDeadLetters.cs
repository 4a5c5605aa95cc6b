using System.Text.Json;
using LofteEvents.Notices;
using LofteEvents.Postgres.Queue;

namespace LofteEvents.Postgres.Notices;

/// <summary>
/// Tells dead letters that a replay would do from deliveries that nobody waits for any more: a delivery that is given up moves
/// its case on to the next channel, and one that was overtaken like that would end unsent.
/// </summary>
public sealed class OwedDeadLetters(DeadLetters letters, IEventStore store)
{
    private const int PageSize = 100;

    /// <param name="ids">Null for all that the filter matches.</param>
    public async Task<ReplayPlan> PlanAsync(
        IReadOnlyList<long>? ids, DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var owed = new List<long>();
        var noLongerOwed = new List<long>();
        long after = 0;
        while (await letters.MatchingAsync(ids, filter, after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            var deliveries = page.Select(DeliveryOf).ToList();
            var cases = await CasesAsync(deliveries, cancellationToken);
            foreach (var (letter, delivery) in page.Zip(deliveries))
            {
                var isOwed = delivery is null || NoticePolicy.IsOwed(cases[delivery.Stream], delivery);
                (isOwed ? owed : noLongerOwed).Add(letter.Id);
            }

            after = page[^1].Id;
        }

        return new ReplayPlan(owed, noLongerOwed);
    }

    private async Task<Dictionary<string, NoticeState>> CasesAsync(
        IEnumerable<Deliver?> deliveries, CancellationToken cancellationToken)
    {
        var streams = deliveries.OfType<Deliver>().Select(each => each.Stream).Distinct(StringComparer.Ordinal).ToList();
        if (streams.Count == 0)
        {
            return [];
        }

        var input = await store.LoadAsync([], streams, cancellationToken);
        return streams.ToDictionary(
            stream => stream,
            stream => input.Streams[stream].Select(EventCatalogue.ToRecorded)
                .Aggregate(NoticePolicy.Initial(stream), NoticePolicy.Evolve),
            StringComparer.Ordinal);
    }

    /// <summary>Null for other work: that asks its case itself, or is of a version that this one does not know.</summary>
    private static Deliver? DeliveryOf(DeadLetter letter)
    {
        if (letter.Kind != NoticeWorkHandler.Kind)
        {
            return null;
        }

        try
        {
            return NoticeWork.FromJson(letter.Data.Span) as Deliver;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The ids of dead letters that match, rising.</summary>
/// <param name="Owed">What a replay puts in line again.</param>
/// <param name="NoLongerOwed">Deliveries whose case was told, closed or decided anew, or has gone on to another channel.</param>
public sealed record ReplayPlan(IReadOnlyList<long> Owed, IReadOnlyList<long> NoLongerOwed);
