using JasperFx.Events;
using JasperFx.Events.Daemon;
using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;
using Marten;
using Marten.Events.Projections;
using Npgsql;

namespace LofteEvents.CritterStack;

/// <summary>
/// Commitment status and counted facts, kept by Marten's daemon: the documents are Marten's, the folding is the core's, and
/// the facts lie in the product's own table, written in the daemon's transaction.
/// </summary>
internal sealed class LofteStatusOnMarten(NpgsqlDataSource dataSource, Areas areas) : IProjection
{
    public const string Name = ProjectionNames.LofteStatus;

    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        // Every page before this one is committed; what this page changes is laid over what is read here.
        await using var connection = await OwnTables.OpenAsync(dataSource, cancellation);
        var page = events.Where(stored => stored.StreamKey != "mt_tombstone").ToList();
        var keys = page
            .Select(MartenEvents.ToRecorded)
            .SelectMany(happened => Facts.Items(happened.Event).Select(item => new FactKey(happened.Stream, item)))
            .ToHashSet();
        var facts = new FactsOfPage(await CountedFactRows.ReadInForceAsync(connection, keys, cancellation));
        var documents = (await operations.Query<LofteStatus>().ToListAsync(cancellation))
            .ToDictionary(status => status.Id, StringComparer.Ordinal);
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var stored in page)
        {
            try
            {
                await ApplyAsync(connection, MartenEvents.ToRecorded(stored), facts, documents, changed, cancellation);
            }
            // Whatever it is: Marten is told which event it was, undoes the page and pauses the projection.
            catch (Exception fault) when (fault is not (OperationCanceledException or NpgsqlException))
            {
                throw new ApplyEventException(stored, fault);
            }
        }

        operations.Store(changed.Order(StringComparer.Ordinal).Select(id => documents[id]).ToArray());
        facts.Write(operations);
    }

    private async Task ApplyAsync(
        NpgsqlConnection connection, Recorded<DomainEvent> happened, FactsOfPage facts, Dictionary<string, LofteStatus> documents,
        HashSet<string> changed, CancellationToken cancellationToken)
    {
        if (happened.Event is LofteEvent)
        {
            await ApplyToLofteAsync(connection, happened, facts, documents, changed, cancellationToken);
        }
        else
        {
            ApplyFacts(happened, facts, documents, changed);
        }
    }

    private static async Task ApplyToLofteAsync(
        NpgsqlConnection connection, Recorded<DomainEvent> happened, FactsOfPage facts, Dictionary<string, LofteStatus> documents,
        HashSet<string> changed, CancellationToken cancellationToken)
    {
        var id = happened.Stream[(happened.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (LofteStatusProjection.Project(documents.GetValueOrDefault(id), happened) is not { } status)
        {
            return;
        }

        if (LofteStatusProjection.Refolds(happened.Event))
        {
            var needs = LofteStatusProjection.Needs(status);
            var earlier = await CountedFactRows.ReadAsync(connection, needs, happened.Position, cancellationToken);
            status = LofteStatusProjection.Refold(status, facts.LaidOver(earlier, needs));
        }

        documents[id] = status;
        changed.Add(id);
    }

    private void ApplyFacts(
        Recorded<DomainEvent> happened, FactsOfPage facts, Dictionary<string, LofteStatus> documents, HashSet<string> changed)
    {
        var current = Facts.Items(happened.Event)
            .Select(item => facts.Find(new FactKey(happened.Stream, item)))
            .OfType<CountedFact>()
            .ToList();
        foreach (var change in Facts.Changes(current, happened, areas))
        {
            facts.Apply(change, happened.Position);
            foreach (var (id, before) in documents.ToList())
            {
                var after = LofteStatusProjection.Apply(before, change);
                if (!ReferenceEquals(before, after))
                {
                    documents[id] = after;
                    changed.Add(id);
                }
            }
        }
    }
}
