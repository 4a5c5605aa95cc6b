using System.Security.Cryptography;
using LofteEvents.Postgres.Sealing;
using LofteEvents.Subjects;
using Npgsql;

namespace LofteEvents.Postgres.Subjects;

/// <summary>Persons' keys in the clear, for as long as something is sealed or opened with them.</summary>
/// <param name="authority">Of the log: what is sealed is bound to it and to the log's incarnation at the time.</param>
public sealed class SubjectKeyRing(NpgsqlDataSource dataSource, MasterKeyFolder folder, string authority)
{
    /// <summary>
    /// What sealing needs for one request: the keys of the persons that it is about, and the fingerprints of what was sealed in
    /// earlier events.
    /// </summary>
    /// <param name="events">Whose fingerprints are asked for.</param>
    public async Task<SealingDesk> OpenDeskAsync(
        IReadOnlyCollection<Guid> persons, IReadOnlyCollection<Guid> events, CancellationToken cancellationToken)
    {
        var master = await folder.ReadAsync(cancellationToken);
        if (master.Count == 0)
        {
            throw new MasterKeyException($"There are no master keys in {folder.Path}: nothing can be sealed without one.");
        }

        var parts = await SubjectKeyRows.SealedOfEventsAsync(dataSource, [.. events], cancellationToken);
        var rows = await SubjectKeyRows.OfPersonsAsync(dataSource, [.. persons], cancellationToken);
        var wrapped = rows.Concat(parts.Select(part => part.Key).OfType<WrappedKey>()).DistinctBy(key => key.KeyId);
        var origin = new LogOrigin(authority, await SubjectKeyRows.IncarnationAsync(dataSource, cancellationToken));
        return new SealingDesk(origin.ToString(), master[^1], wrapped.Select(key => (key.Person, Unwrap(master, key))), parts);
    }

    /// <exception cref="MasterKeyException">Its master key is not there, or not the one that wrapped it.</exception>
    internal static SubjectKey Unwrap(IReadOnlyList<MasterKey> master, WrappedKey wrapped) =>
        master.FirstOrDefault(key => key.Epoch == wrapped.Epoch)?.Unwrap(wrapped)
        ?? throw new MasterKeyException(
            $"The key {wrapped.KeyId} is wrapped by the master key of epoch {wrapped.Epoch}, which is not in Lofte__MasterKeys "
            + "or is another one there: restore the epoch's file from its own copy, if the epoch has not ended.");
}

/// <summary>One request's keys. Wiped when it is disposed of.</summary>
public sealed class SealingDesk : IDisposable
{
    private readonly Dictionary<Guid, SubjectKey> _keys = [];
    private readonly Dictionary<Guid, SubjectKey> _byId = [];
    private readonly Dictionary<Guid, SealedRow> _parts;
    private readonly string _origin;
    private readonly MasterKey _master;

    internal SealingDesk(
        string origin, MasterKey master, IEnumerable<(Guid Person, SubjectKey Key)> keys, IEnumerable<SealedRow> parts)
    {
        _origin = origin;
        _master = master;
        _parts = parts.ToDictionary(part => part.EventId);
        foreach (var (person, key) in keys)
        {
            _keys.Add(person, key);
            _byId.Add(key.Id, key);
        }
    }

    /// <summary>Whether something was sealed in a stored event.</summary>
    public bool HasPart(Guid eventId) => _parts.ContainsKey(eventId);

    /// <summary>
    /// Whether a part is the one that a stored event has; null where that cannot be told any more, because the key is gone.
    /// </summary>
    /// <param name="canonical">Canonical JSON; null for an event without a part.</param>
    public bool? IsPartOf(Guid eventId, byte[]? canonical)
    {
        var hasPart = _parts.TryGetValue(eventId, out var part);
        if (!hasPart || canonical is null)
        {
            return hasPart == canonical is not null;
        }

        return part!.Mac is { } mac && _byId.TryGetValue(part.KeyId, out var key)
            ? CryptographicOperations.FixedTimeEquals(mac, key.Fingerprint(canonical))
            : null;
    }

    /// <summary>Whether this person's key is at hand.</summary>
    public bool HasKeyOf(Guid person) => _keys.ContainsKey(person);

    /// <summary>Makes a person's first key.</summary>
    /// <returns>The event that records it, and what is stored with it.</returns>
    public (SubjectKeyCreated Created, WrappedKey Wrapped) NewKey(Guid person)
    {
        var material = RandomNumberGenerator.GetBytes(SubjectKey.Size);
        var key = new SubjectKey(Guid.NewGuid(), material);
        CryptographicOperations.ZeroMemory(material);
        _keys[person] = key;
        _byId.Add(key.Id, key);
        return (new SubjectKeyCreated(key.Id, key.Commitment()), _master.Wrap(key, person));
    }

    /// <summary>Seals a part of an event that is about to be appended at exactly this version.</summary>
    /// <param name="canonical">Canonical JSON.</param>
    public SealedPart Seal(Guid person, Guid eventId, string stream, long version, string type, byte[] canonical)
    {
        var key = _keys[person];
        var address = new SealedAddress(_origin, eventId, stream, version, type, person, key.Id, SealedMember.Path);
        var nonce = RandomNumberGenerator.GetBytes(SubjectKey.NonceSize);
        return new SealedPart(
            SealedMember.Path, key.Id, _origin, key.Seal(address, nonce, canonical), key.Fingerprint(canonical));
    }

    public void Dispose()
    {
        foreach (var key in _byId.Values)
        {
            key.Dispose();
        }
    }
}
