namespace LofteEvents.Postgres.Replaying;

/// <summary>
/// The history that a replay folds: the log of the database (<see cref="StoredHistory"/>), or the same log from elsewhere. Both
/// readings answer the events up to a position, inclusive, those of a stream in order of version.
/// </summary>
/// <param name="OfLoften">The events of the streams <c>lofte/…</c>.</param>
/// <param name="OfOthers">The events of every other stream.</param>
/// <param name="StreamByStream">True where <paramref name="OfOthers"/> gives one stream after the other: what a replay holds in
/// memory then does not grow with the log. Otherwise it holds the facts of every stream until the end.</param>
/// <param name="EndAsync">The last position that there is; null where it is the database's own.</param>
public sealed record ReplayHistory(
    Func<long, CancellationToken, IAsyncEnumerable<StoredEvent>> OfLoften,
    Func<long, CancellationToken, IAsyncEnumerable<StoredEvent>> OfOthers,
    bool StreamByStream,
    Func<CancellationToken, Task<long>>? EndAsync = null)
{
    /// <summary>A log that comes in order of position, such as an export.</summary>
    /// <param name="read">Reads it from its beginning; called three times.</param>
    public static ReplayHistory InOrderOfPosition(Func<CancellationToken, IAsyncEnumerable<StoredEvent>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new(
            (upTo, token) => read(token).TakeWhile(stored => stored.Position <= upTo).Where(IsOfLofte),
            (upTo, token) => read(token).TakeWhile(stored => stored.Position <= upTo).Where(stored => !IsOfLofte(stored)),
            StreamByStream: false,
            async token => await read(token).Select(stored => stored.Position).LastOrDefaultAsync(token));
    }

    private static bool IsOfLofte(StoredEvent stored) => stored.Stream.StartsWith("lofte/", StringComparison.Ordinal);
}
