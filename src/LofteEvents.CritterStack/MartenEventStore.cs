using System.Text.Json;
using JasperFx.Events;
using LofteEvents.Postgres.EventStore;
using Marten;
using Marten.Services;
using Npgsql;

namespace LofteEvents.CritterStack;

/// <summary>
/// The event store on Marten. Marten appends, inside a transaction that takes the same lock as the default engine's writer
/// does, so that there is one global order whoever writes; the log is read by the default engine's readers, since the rows
/// are the same.
/// </summary>
public sealed class MartenEventStore : IEventStore, IAsyncDisposable
{
    private readonly IDocumentStore _marten;
    private readonly NpgsqlDataSource _dataSource;
    private readonly PostgresEventStore _rows;
    private readonly SemaphoreSlim _places;
    private readonly int _capacity;
    private volatile bool _isClosed;

    /// <param name="marten">Configured by <see cref="LofteMarten.Configure"/> on the same database.</param>
    /// <param name="capacity">Appends under way at a time in this process; further callers wait.</param>
    public MartenEventStore(IDocumentStore marten, NpgsqlDataSource dataSource, int capacity = 32)
    {
        _marten = marten;
        _dataSource = dataSource;
        _rows = new PostgresEventStore(dataSource);
        _places = new SemaphoreSlim(capacity, capacity);
        _capacity = capacity;
    }

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        AppendRules.Check(request);
        ObjectDisposedException.ThrowIf(_isClosed, this);
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await AppendInOrderAsync(request, cancellationToken);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is not ArgumentException)
        {
            // A cancelled statement surfaces as the database's error; before the commit nothing is stored.
            throw new OperationCanceledException(
                "The append was cancelled; nothing of it is stored.", exception, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFault.IsOfTheRequest(Innermost(exception)))
        {
            throw new ArgumentException(
                $"The database does not take this request: {((PostgresException)Innermost(exception)).MessageText}.", exception);
        }
        catch (Exception exception) when (DatabaseFault.IsUnavailability(Innermost(exception)))
        {
            throw DatabaseFault.Unavailable(Innermost(exception));
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public Task<DecisionInput> LoadAsync(
        IReadOnlyList<Guid> keys, IReadOnlyList<string> streams, CancellationToken cancellationToken) =>
        _rows.LoadAsync(keys, streams, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredEvent> ReadStreamAsync(
        string stream, long afterVersion, int limit, CancellationToken cancellationToken) =>
        _rows.ReadStreamAsync(stream, afterVersion, limit, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredEvent> ReadAllAsync(long afterPosition, long limit, CancellationToken cancellationToken) =>
        _rows.ReadAllAsync(afterPosition, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<long> HeadAsync(CancellationToken cancellationToken) => _rows.HeadAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<long> PositionAtAsync(DateTimeOffset recordedAt, CancellationToken cancellationToken) =>
        _rows.PositionAtAsync(recordedAt, cancellationToken);

    /// <inheritdoc/>
    public Task<long> WaitForNewAsync(long afterPosition, CancellationToken cancellationToken) =>
        _rows.WaitForNewAsync(afterPosition, cancellationToken);

    /// <summary>Takes no more requests and waits for those under way. The Marten store stays its owner's.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        for (var place = 0; place < _capacity; place++)
        {
            await _places.WaitAsync();
        }

        await _rows.DisposeAsync();
        _places.Dispose();
    }

    private async Task<AppendResult> AppendInOrderAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // A statement of its own: what the next ones see is what was committed before the lock was had.
        await using (var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection))
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PostgresEventStore.WriterLock });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        if (await WriterRows.RefusalAsync(connection, request, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var (now, last) = await WriterRows.TimesAsync(connection, cancellationToken);
        if (ImportedTimes.Refused(request, now, last) is { } refused)
        {
            return refused;
        }

        var recordedAt = last > now ? last.Value : now;
        var appended = new List<AppendedEvent>();
        foreach (var round in Rounds(request.Streams.Where(part => part.Events.Count > 0)))
        {
            await AppendAsync(transaction, round, recordedAt, appended, cancellationToken);
        }

        await WriterRows.TakeKeysAsync(connection, request, appended, cancellationToken);
        await WriterRows.StoreSealedAsync(connection, request, appended, cancellationToken);
        await using (var notify = new NpgsqlCommand("SELECT pg_notify('lofte_events', $1)", connection))
        {
            notify.Parameters.Add(new NpgsqlParameter<string>
            {
                TypedValue = appended[^1].Position.ToString(System.Globalization.CultureInfo.InvariantCulture),
            });
            await notify.ExecuteNonQueryAsync(cancellationToken);
        }

        // From here on the caller's leaving changes nothing: he is told what became of it.
        await transaction.CommitAsync(CancellationToken.None);
        return new AppendResult.Appended(appended);
    }

    private async Task AppendAsync(
        NpgsqlTransaction transaction, List<StreamAppend> round, DateTimeOffset recordedAt, List<AppendedEvent> appended,
        CancellationToken cancellationToken)
    {
        await using var session = _marten.LightweightSession(SessionOptions.ForTransaction(transaction));

        // Else Marten gives an event that has none those of the trace under way.
        (session.CorrelationId, session.CausationId) = (null, null);
        var actions = new List<StreamAction>();
        foreach (var part in round)
        {
            actions.Add(session.Events.Append(part.Stream, part.Events.Select(said => ToMarten(session, said, recordedAt))));
        }

        await session.SaveChangesAsync(cancellationToken);
        foreach (var (part, action) in round.Zip(actions))
        {
            foreach (var (said, stored) in part.Events.Zip(action.Events))
            {
                appended.Add(
                    new AppendedEvent(said.Id, part.Stream, stored.Version, stored.Sequence, Recorded(said, recordedAt)));
            }
        }
    }

    // Marten gives positions stream by stream. A stream that stands again behind others begins a new round, so that positions
    // keep the order of the request.
    private static IEnumerable<List<StreamAppend>> Rounds(IEnumerable<StreamAppend> parts)
    {
        var round = new List<StreamAppend>();
        var streams = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (!streams.Add(part.Stream))
            {
                yield return round;
                round = [];
                streams = new HashSet<string>(StringComparer.Ordinal) { part.Stream };
            }

            round.Add(part);
        }

        yield return round;
    }

    private static object ToMarten(IDocumentSession session, NewEvent said, DateTimeOffset recordedAt)
    {
        var made = session.Events.BuildEvent(SaidPayload.Of(said));
        made.Id = said.Id;
        made.DotNetTypeName = null!;
        made.Timestamp = Recorded(said, recordedAt);
        made.CorrelationId = said.CorrelationId;
        made.CausationId = said.CausationId;
        if (!said.Headers.IsEmpty)
        {
            using var headers = JsonDocument.Parse(said.Headers);
            foreach (var member in headers.RootElement.EnumerateObject())
            {
                made.SetHeader(member.Name, member.Value.Clone());
            }
        }

        return made;
    }

    // The database keeps microseconds.
    private static DateTimeOffset Recorded(NewEvent said, DateTimeOffset recordedAt) =>
        said.RecordedAt is { } given ? RecordedTime.InMicroseconds(given) : recordedAt;

    private static Exception Innermost(Exception exception) =>
        exception is not PostgresException
        && exception.InnerException is { } inner and (NpgsqlException or IOException or TimeoutException)
            ? Innermost(inner)
            : exception;
}
