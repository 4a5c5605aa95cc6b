using System.Text.Json;
using LofteEvents.Subjects;
using Npgsql;

namespace LofteEvents.Postgres.Subjects;

/// <summary>
/// Opens what was sealed, for a case and nothing else. Every opening is recorded, and on the disk, before anything is shown.
/// </summary>
public sealed class SealedParts(NpgsqlDataSource dataSource, IEventStore store, MasterKeyFolder folder, TimeProvider time)
{
    private const int MaxAttempts = 16;

    /// <summary>Opens the sealed part of one event.</summary>
    /// <param name="eventStream">The stream of the event that the part belongs to.</param>
    /// <param name="eventId">Its id in the store.</param>
    /// <param name="caseStream">The case that it is opened for, such as <c>notice/…</c>.</param>
    /// <param name="actor">Who opens it: the token's <c>sub</c>. Whether they may is the caller's to have checked.</param>
    /// <exception cref="EventStoreUnavailableException">The database is away; nothing was opened.</exception>
    /// <exception cref="MasterKeyException">The person's key cannot be unwrapped here.</exception>
    public async Task<OpenedPart> OpenAsync(
        string eventStream, Guid eventId, string caseStream, string actor, CancellationToken cancellationToken)
    {
        var about = await FindAsync(eventStream, eventId, cancellationToken);
        var row = (await SubjectKeyRows.SealedOfEventsAsync(dataSource, [eventId], cancellationToken)).SingleOrDefault();
        if (about is null || row is null || SealedMember.PersonIn(about.Data) is not { } person)
        {
            return new OpenedPart.None();
        }

        var read = new AccessRead(eventId, row.Path, caseStream, Guid.NewGuid());
        if (await RecordAsync(person, read, actor, cancellationToken) is not Subject.Kept kept)
        {
            return new OpenedPart.Forgotten();
        }

        // It was read once more behind the recording: a person who was forgotten meanwhile has no key.
        var wrapped = (await SubjectKeyRows.ByIdsAsync(dataSource, [row.KeyId], cancellationToken)).SingleOrDefault();
        if (wrapped is null)
        {
            return new OpenedPart.Forgotten();
        }

        using var key = SubjectKeyRing.Unwrap(await folder.ReadAsync(cancellationToken), wrapped);
        var address = new SealedAddress(
            row.Origin, eventId, about.Stream, about.Version, about.Type, person, row.KeyId, row.Path);
        return kept.KeyId == row.KeyId && kept.Commitment == key.Commitment()
            && key.TryOpen(address, row.Ciphertext, out var json)
            ? new OpenedPart.Opened(json)
            : new OpenedPart.Damaged();
    }

    private async Task<StoredEvent?> FindAsync(string stream, Guid eventId, CancellationToken cancellationToken)
    {
        var input = await store.LoadAsync([], [stream], cancellationToken);
        return input.Streams[stream].FirstOrDefault(stored => stored.Id == eventId);
    }

    /// <returns>What the person's key was when the opening was recorded; it was not where that is not <c>Kept</c>.</returns>
    private async Task<Subject> RecordAsync(Guid person, AccessRead read, string actor, CancellationToken cancellationToken)
    {
        var stream = Subject.StreamOf(person);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var history = (await store.LoadAsync([], [stream], cancellationToken)).Streams[stream];
            var state = Subject.Of(history);
            if (state is not Subject.Kept)
            {
                return state;
            }

            var said = SubjectRecords.Of(read, actor, time.GetUtcNow());
            var request = new AppendRequest([new StreamAppend(stream, history.Count, [said])]);
            if (await store.AppendAsync(request, cancellationToken) is AppendResult.Appended)
            {
                return state;
            }
        }

        throw new EventStoreUnavailableException($"{stream} kept changing while an opening was recorded; nothing was opened.");
    }
}

/// <summary>What became of opening a sealed part.</summary>
public abstract record OpenedPart
{
    private OpenedPart()
    {
    }

    /// <param name="Json">As it was said, in canonical JSON. Never to be logged or stored.</param>
    public sealed record Opened(ReadOnlyMemory<byte> Json) : OpenedPart
    {
        /// <summary>Never the text.</summary>
        public override string ToString() => nameof(Opened);

        public JsonDocument Parse() => JsonDocument.Parse(Json);
    }

    /// <summary>Nothing was sealed in this event.</summary>
    public sealed record None : OpenedPart;

    /// <summary>The person is forgotten; nobody can open it.</summary>
    public sealed record Forgotten : OpenedPart;

    /// <summary>Row, key or event were changed since it was sealed.</summary>
    public sealed record Damaged : OpenedPart;
}
