using JasperFx.Events;
using LofteEvents.Loften;
using Marten;
using Marten.Events.Projections;

namespace LofteEvents.CritterStack;

/// <summary>The list of promises, kept by Marten's daemon with the core's own function.</summary>
internal sealed class LofteOverviewOnMarten : IProjection
{
    public const string Name = LofteEvents.Postgres.Projections.ProjectionNames.LofteOverview;

    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var changed = new Dictionary<string, LofteOverview>(StringComparer.Ordinal);
        foreach (var stored in events.Where(each => each.Data is LofteEvent))
        {
            var happened = MartenEvents.ToRecorded(stored);
            var id = happened.Stream[(happened.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var before = changed.GetValueOrDefault(id) ?? await operations.LoadAsync<LofteOverview>(id, cancellation);
            if (LofteOverviewProjection.Project(before, happened) is { } after)
            {
                changed[id] = after;
            }
        }

        operations.Store(changed.Values.ToArray());
    }
}
