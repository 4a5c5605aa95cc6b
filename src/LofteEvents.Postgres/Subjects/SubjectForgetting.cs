using LofteEvents.Subjects;
using Npgsql;

namespace LofteEvents.Postgres.Subjects;

/// <summary>
/// Forgets persons: first the log says so, then the key's id is written down outside the database, then the key's row goes. A
/// crash between any two of these is made good by <see cref="DestroyAgainAsync"/>, which also undoes what a restore brought
/// back.
/// </summary>
public sealed class SubjectForgetting(
    NpgsqlDataSource dataSource, IEventStore store, MasterKeyFolder folder, TimeProvider time)
{
    private const int MaxAttempts = 16;
    private const int PageSize = 500;
    private const string Recovery = "lofte:recovery";
    private const string Restored = "Destroyed before the database was restored.";

    /// <summary>What forgetting a person would do.</summary>
    public async Task<ForgettingPlan> PlanAsync(Guid person, CancellationToken cancellationToken)
    {
        var history = await HistoryAsync(person, cancellationToken);
        var state = Subject.Of(history);
        var key = (await SubjectKeyRows.OfPersonsAsync(dataSource, [person], cancellationToken)).SingleOrDefault();
        var keyId = state switch
        {
            Subject.Kept kept => kept.KeyId,
            Subject.Forgotten forgotten => forgotten.KeyId,
            _ => (Guid?)null,
        };
        var parts = keyId is { } id ? await SubjectKeyRows.PartsAsync(dataSource, id, cancellationToken) : 0;
        var notices = await SubjectKeyRows.OpenNoticesAsync(dataSource, person, cancellationToken);
        return new ForgettingPlan(person, state, parts, key is not null, notices);
    }

    /// <summary>Forgets a person for good. Safe to repeat.</summary>
    /// <param name="reason">Recorded for ever: it must name no person.</param>
    /// <param name="actor">Who decided.</param>
    /// <returns>False where nothing was ever sealed of this person.</returns>
    public async Task<bool> ForgetAsync(Guid person, string reason, string actor, CancellationToken cancellationToken)
    {
        if (await RecordAsync(person, reason, actor, cancellationToken) is not { } keyId)
        {
            return false;
        }

        await DestroyAsync(keyId, cancellationToken);
        return true;
    }

    /// <summary>
    /// Destroys every key that the log, or the list outside the database, says is destroyed: what a crash left, and what a
    /// restore brought back. Where the restored log has lost the event, it is recorded again.
    /// </summary>
    /// <returns>How many keys went.</returns>
    public async Task<int> DestroyAgainAsync(CancellationToken cancellationToken)
    {
        var gone = 0;
        var after = Guid.Empty;
        List<WrappedKey> page;
        do
        {
            page = await SubjectKeyRows.SaidToBeDestroyedAsync(dataSource, after, PageSize, cancellationToken);
            foreach (var key in page)
            {
                await DestroyAsync(key.KeyId, cancellationToken);
                after = key.KeyId;
                gone++;
            }
        }
        while (page.Count == PageSize);

        var remembered = await folder.DestroyedAsync(cancellationToken);
        foreach (var ids in remembered.Keys.Chunk(PageSize))
        {
            foreach (var key in await SubjectKeyRows.ByIdsAsync(dataSource, ids, cancellationToken))
            {
                await RecordAsync(key.Person, Restored, Recovery, cancellationToken);
                await DestroyAsync(key.KeyId, cancellationToken);
                gone++;
            }
        }

        return gone;
    }

    /// <summary>The first step: the log says that the key is destroyed.</summary>
    /// <returns>The key's id; null where nothing was ever sealed of this person.</returns>
    internal async Task<Guid?> RecordAsync(Guid person, string reason, string actor, CancellationToken cancellationToken)
    {
        var stream = Subject.StreamOf(person);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var history = await HistoryAsync(person, cancellationToken);
            switch (Subject.Of(history))
            {
                case Subject.Forgotten forgotten:
                    return forgotten.KeyId;
                case Subject.Kept kept:
                    var said = SubjectRecords.Of(new SubjectKeyDestroyed(kept.KeyId, reason), actor, time.GetUtcNow());
                    var request = new AppendRequest([new StreamAppend(stream, history.Count, [said])]);
                    if (await store.AppendAsync(request, cancellationToken) is AppendResult.Appended)
                    {
                        return kept.KeyId;
                    }

                    break;
                default:
                    return null;
            }
        }

        throw new EventStoreUnavailableException($"{stream} kept changing; run it again.");
    }

    /// <summary>The second step: what a restore may not bring back is written down outside the database.</summary>
    internal Task RememberAsync(Guid keyId, CancellationToken cancellationToken) =>
        folder.RememberDestroyedAsync(keyId, time.GetUtcNow(), cancellationToken);

    private async Task DestroyAsync(Guid keyId, CancellationToken cancellationToken)
    {
        if (!(await folder.DestroyedAsync(cancellationToken)).ContainsKey(keyId))
        {
            await RememberAsync(keyId, cancellationToken);
        }

        await SubjectKeyRows.RemoveAsync(dataSource, keyId, cancellationToken);
    }

    private async Task<IReadOnlyList<StoredEvent>> HistoryAsync(Guid person, CancellationToken cancellationToken)
    {
        var stream = Subject.StreamOf(person);
        return (await store.LoadAsync([], [stream], cancellationToken)).Streams[stream];
    }
}

/// <param name="State">Where the person's key stands by the log.</param>
/// <param name="SealedParts">What nobody will be able to open.</param>
/// <param name="HasKey">Whether the key's row is there.</param>
/// <param name="OpenNotices">Notices about the person that nobody has been told of yet.</param>
public sealed record ForgettingPlan(Guid Person, Subject State, long SealedParts, bool HasKey, long OpenNotices);
