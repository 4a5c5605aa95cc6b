using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// The event store of the default engine, on Marten's tables. One instance per process and database: it holds the process's
/// one writer, one loader and one listening connection, and answers what waits before <see cref="DisposeAsync"/> returns.
/// </summary>
public sealed class PostgresEventStore : IEventStore, IAsyncDisposable
{
    /// <summary>
    /// Key of the transaction-level advisory lock that every writer of events takes as the first statement of its
    /// transaction, whichever engine it belongs to: one global order. The number spells "lofteLog" in ASCII.
    /// </summary>
    public const long WriterLock = 0x6C_6F_66_74_65_4C_6F_67;

    /// <summary>Requests that may wait for the writer before a caller has to wait with his request in hand.</summary>
    public const int DefaultQueueCapacity = 4096;

    private readonly LogSignal signal = new();
    private readonly AppendWriter writer;
    private readonly DecisionLoader loader;
    private readonly LogReader reader;
    private readonly LogListener listener;

    /// <param name="dataSource">Stays the caller's: it is not disposed with the store.</param>
    public PostgresEventStore(
        NpgsqlDataSource dataSource,
        ILogger<PostgresEventStore>? logger = null,
        TimeProvider? time = null,
        int queueCapacity = DefaultQueueCapacity)
    {
        logger ??= NullLogger<PostgresEventStore>.Instance;
        time ??= TimeProvider.System;
        writer = new AppendWriter(dataSource, signal, queueCapacity, time, logger);
        loader = new DecisionLoader(dataSource, queueCapacity);
        reader = new LogReader(dataSource);
        listener = new LogListener(dataSource, signal, time, logger);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The request breaks a limit, or the database does not take what it says (text that
    /// is not JSON).</exception>
    /// <exception cref="LofteSchemaException">The database's schema is not the one that this version writes.</exception>
    public Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken) =>
        writer.AppendAsync(AppendRules.Check(request), cancellationToken);

    /// <inheritdoc/>
    public Task<DecisionInput> LoadAsync(
        IReadOnlyList<Guid> keys, IReadOnlyList<string> streams, CancellationToken cancellationToken) =>
        loader.LoadAsync(keys, streams, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredEvent> ReadStreamAsync(
        string stream, long afterVersion, int limit, CancellationToken cancellationToken) =>
        Available(reader.ReadStreamAsync(stream, afterVersion, limit, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredEvent> ReadAllAsync(long afterPosition, long limit, CancellationToken cancellationToken) =>
        Available(reader.ReadAllAsync(afterPosition, limit, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<long> HeadAsync(CancellationToken cancellationToken) => Available(reader.HeadAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<long> PositionAtAsync(DateTimeOffset recordedAt, CancellationToken cancellationToken) =>
        Available(reader.PositionAtAsync(recordedAt, cancellationToken));

    /// <inheritdoc/>
    public Task<long> WaitForNewAsync(long afterPosition, CancellationToken cancellationToken) =>
        listener.WaitForNewAsync(afterPosition, cancellationToken);

    /// <summary>Takes no more requests, and returns when those that wait have been answered.</summary>
    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await loader.DisposeAsync();
        await listener.DisposeAsync();
    }

    private static async Task<T> Available<T>(Task<T> answer)
    {
        try
        {
            return await answer;
        }
        catch (Exception exception) when (DatabaseFault.IsUnavailability(exception))
        {
            throw DatabaseFault.Unavailable(exception);
        }
    }

    private static async IAsyncEnumerable<StoredEvent> Available(
        IAsyncEnumerable<StoredEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var enumerator = events.GetAsyncEnumerator(cancellationToken);
        while (await Available(enumerator.MoveNextAsync().AsTask()))
        {
            yield return enumerator.Current;
        }
    }
}
