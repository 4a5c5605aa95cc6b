using JasperFx.Events;
using Marten;
using Marten.Events.Projections;

namespace LofteEvents.CritterStack;

/// <summary>
/// A list with one document for each stream of a kind, named by what follows the stream's prefix: kept by Marten's daemon with
/// the core's own function.
/// </summary>
/// <typeparam name="TEvent">The kind of events that change a document.</typeparam>
internal sealed class DocumentPerStream<TDocument, TEvent>(Func<TDocument?, Recorded<DomainEvent>, TDocument?> project)
    : IProjection
    where TDocument : class
    where TEvent : DomainEvent
{
    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var changed = new Dictionary<string, TDocument>(StringComparer.Ordinal);
        foreach (var stored in events.Where(each => each.Data is TEvent))
        {
            var happened = MartenEvents.ToRecorded(stored);
            var id = happened.Stream[(happened.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var before = changed.GetValueOrDefault(id) ?? await operations.LoadAsync<TDocument>(id, cancellation);
            if (project(before, happened) is { } after)
            {
                changed[id] = after;
            }
        }

        operations.Store(changed.Values.ToArray());
    }
}
