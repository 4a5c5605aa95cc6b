using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// What decisions need, coalesced like appends: the lookups that wait while one round trip runs go together in the next.
/// Streams are read before keys, so a key that is answered as free was free when the streams were read.
/// </summary>
internal sealed class DecisionLoader : IAsyncDisposable
{
    /// <summary>A stream with more events is refused: nothing that people decide about grows so long.</summary>
    public const int MaximumStreamEvents = 100_000;

    internal const string Streams = """
        SELECT e.seq_id, e.id, e.stream_id, e.version, e.type, e.data, e.timestamp, e.correlation_id, e.causation_id, e.headers
        FROM unnest($1) AS asked (stream)
        CROSS JOIN LATERAL (
            SELECT *
            FROM lofte.mt_events
            WHERE stream_id = asked.stream
            ORDER BY version
            LIMIT $2
        ) AS e
        """;

    internal const string Keys = """
        SELECT k.id, k.fingerprint, k.stream, k.version, k.position
        FROM unnest($1) AS asked (id)
        CROSS JOIN LATERAL (SELECT * FROM lofte.intake_key WHERE id = asked.id LIMIT 1) AS k
        """;

    // Lookups of one round trip, and streams and keys of them together unless a single lookup asks for more.
    private const int MaximumLookups = 256;
    private const int MaximumAsked = 1000;

    private readonly NpgsqlDataSource dataSource;
    private readonly Channel<Lookup> waiting;
    private readonly Task running;
    private readonly List<Lookup> group = [];
    private readonly List<string> streams = [];
    private readonly List<Guid> keys = [];

    public DecisionLoader(NpgsqlDataSource dataSource, int queueCapacity)
    {
        this.dataSource = dataSource;
        waiting = Channel.CreateBounded<Lookup>(
            new BoundedChannelOptions(queueCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        running = Task.Run(RunAsync);
    }

    public async Task<DecisionInput> LoadAsync(
        IReadOnlyList<Guid> keys, IReadOnlyList<string> streams, CancellationToken cancellationToken)
    {
        var lookup = new Lookup(keys, streams);
        try
        {
            await waiting.Writer.WriteAsync(lookup, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(PostgresEventStore));
        }

        return await lookup.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await running;
    }

    private bool HasRoom => group.Count < MaximumLookups && streams.Count + keys.Count < MaximumAsked;

    private async Task RunAsync()
    {
        while (await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (HasRoom && waiting.Reader.TryRead(out var lookup))
            {
                group.Add(lookup);
                streams.AddRange(lookup.Streams);
                keys.AddRange(lookup.Keys);
            }

            await AnswerAsync();
            group.Clear();
            streams.Clear();
            keys.Clear();
            await Task.Yield();
        }
    }

    private async Task AnswerAsync()
    {
        try
        {
            var found = await ReadAgainIfAwayAsync();
            foreach (var lookup in group)
            {
                lookup.Answer(found);
            }
        }
        // The loader outlives every failure: whatever it was, those who asked are told and the next lookups are tried.
        catch (Exception exception)
        {
            var answer = DatabaseFault.IsUnavailability(exception) ? DatabaseFault.Unavailable(exception) : exception;
            foreach (var lookup in group)
            {
                lookup.TrySetException(answer);
            }
        }
    }

    // A connection may have died in the pool; a second attempt has a new one, and reading twice does no harm.
    private async Task<Found> ReadAgainIfAwayAsync()
    {
        try
        {
            return await ReadAsync(CancellationToken.None);
        }
        catch (NpgsqlException exception) when (DatabaseFault.IsUnavailability(exception))
        {
            return await ReadAsync(CancellationToken.None);
        }
    }

    private async Task<Found> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Streams)
                {
                    Parameters =
                    {
                        new NpgsqlParameter<string[]>
                        {
                            TypedValue = [.. streams.Distinct(StringComparer.Ordinal)],
                            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar,
                        },
                        new NpgsqlParameter<int> { TypedValue = MaximumStreamEvents + 1 },
                    },
                },
                new NpgsqlBatchCommand(Keys)
                {
                    Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. keys.Distinct()] } },
                },
            },
        };
        await batch.PrepareAsync(cancellationToken);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var events = new Dictionary<string, IReadOnlyList<StoredEvent>>(StringComparer.Ordinal);
        List<StoredEvent>? current = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            var stored = LogReader.Read(reader);
            if (current is null || current[0].Stream != stored.Stream)
            {
                events.Add(stored.Stream, current = []);
            }

            current.Add(stored);
        }

        await reader.NextResultAsync(cancellationToken);
        var taken = new Dictionary<Guid, TakenKey>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            var fingerprint = reader.GetFieldValue<byte[]>(1);
            taken.Add(id, new TakenKey(id, fingerprint, reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4)));
        }

        return new Found(events, taken);
    }

    private sealed record Found(Dictionary<string, IReadOnlyList<StoredEvent>> Events, Dictionary<Guid, TakenKey> Taken);

    private sealed class Lookup(IReadOnlyList<Guid> keys, IReadOnlyList<string> streams)
        : TaskCompletionSource<DecisionInput>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public IReadOnlyList<Guid> Keys { get; } = keys;

        public IReadOnlyList<string> Streams { get; } = streams;

        public void Answer(Found found)
        {
            var taken = new Dictionary<Guid, TakenKey>();
            foreach (var key in Keys)
            {
                if (found.Taken.TryGetValue(key, out var by))
                {
                    taken[key] = by;
                }
            }

            var histories = new Dictionary<string, IReadOnlyList<StoredEvent>>(StringComparer.Ordinal);
            foreach (var stream in Streams)
            {
                var history = found.Events.GetValueOrDefault(stream, []);
                if (history.Count > MaximumStreamEvents)
                {
                    TrySetException(new InvalidOperationException(
                        $"Stream '{stream}' has more than {MaximumStreamEvents} events and cannot be decided on."));
                    return;
                }

                histories[stream] = history;
            }

            TrySetResult(new DecisionInput(taken, histories));
        }
    }
}
