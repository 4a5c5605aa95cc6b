using System.Text.Json;
using LofteEvents.Notices;
using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.Postgres.Replaying;

/// <summary>The documents of cases, folded anew and compared a few at a time.</summary>
/// <param name="position">Where the projection stood when the replay began.</param>
internal sealed class FoldedNotices(NpgsqlDataSource dataSource, long position, ReplayTally tally)
{
    private const string Prefix = "notice/";

    private readonly LiveNotices _live = new(dataSource);
    private readonly Dictionary<string, NoticeOverview> _open = new(StringComparer.Ordinal);
    private long _found;

    public int Count { get; private set; }

    public static bool IsOf(StoredEvent stored) => stored.Stream.StartsWith(Prefix, StringComparison.Ordinal);

    public void Add(StoredEvent stored)
    {
        var id = stored.Stream[Prefix.Length..];
        if (stored.Position <= position && After(_open.GetValueOrDefault(id), stored) is { } after)
        {
            _open[id] = after;
        }
    }

    /// <summary>The cases whose end has been seen.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_open.Count == 0)
        {
            return;
        }

        var live = await _live.ReadAsync([.. _open.Keys], cancellationToken);
        foreach (var (id, folded) in _open)
        {
            var document = live.GetValueOrDefault(id);
            _found += document is null ? 0 : 1;
            var (said, there) = ReplayTally.IsSame(Json(folded), document)
                ? (folded, document)
                : await MovedOnAsync(id, folded, document, cancellationToken);
            tally.Compare(ProjectionNames.NoticeOverview, id, Json(said), there);
        }

        Count += _open.Count;
        _open.Clear();
    }

    /// <summary>Documents of cases that the history does not have.</summary>
    public async Task LookForForeignAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, document) in await _live.WithoutEventAsync(cancellationToken))
        {
            tally.OnlyLive(ProjectionNames.NoticeOverview, id, document);
        }

        if (await _live.CountAsync(position, cancellationToken) is var there && there != _found)
        {
            tally.OtherNumber(ProjectionNames.NoticeOverview, _found, there);
        }
    }

    /// <summary>A document that differs may rest on events that came since: it is held against them too.</summary>
    private async Task<(NoticeOverview Folded, byte[]? Live)> MovedOnAsync(
        string id, NoticeOverview folded, byte[]? live, CancellationToken cancellationToken)
    {
        var (later, now) = await _live.ReadAgainAsync(id, position, cancellationToken);
        return later.Count == 0 ? (folded, live) : (later.Aggregate(folded, (before, stored) => After(before, stored)!), now);
    }

    private static NoticeOverview? After(NoticeOverview? before, StoredEvent stored) =>
        NoticeOverviewProjection.Project(before, EventCatalogue.ToRecorded(stored));

    private static byte[] Json(NoticeOverview overview) =>
        JsonSerializer.SerializeToUtf8Bytes(overview, NoticeOverviewJson.Default.NoticeOverview);
}
