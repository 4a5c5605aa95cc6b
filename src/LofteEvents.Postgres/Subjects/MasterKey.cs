using System.Security.Cryptography;
using System.Text.Json.Serialization;
using LofteEvents.Subjects;

namespace LofteEvents.Postgres.Subjects;

/// <summary>
/// The key of one epoch, which wraps persons' keys. The newest epoch's wraps; the older ones only unwrap, until they end.
/// </summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Key">32 random bytes.</param>
/// <param name="Retired">When the last person's key had been rewrapped under a newer epoch; null before that.</param>
internal sealed record MasterKey(int Epoch, byte[] Key, DateTimeOffset Begun, DateTimeOffset? Retired = null)
{
    private const int Size = 32;

    public static MasterKey Random(int epoch, DateTimeOffset now) => new(epoch, RandomNumberGenerator.GetBytes(Size), now);

    public bool IsWhole => Epoch > 0 && Key is { Length: Size };

    /// <returns>Null where it was wrapped by another master key.</returns>
    public SubjectKey? Unwrap(WrappedKey wrapped)
    {
        if (!KeyWrap.TryUnwrap(Key, wrapped.Wrapped.Span, out var key))
        {
            return null;
        }

        try
        {
            return new SubjectKey(wrapped.KeyId, key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public WrappedKey Wrap(SubjectKey key, Guid person) => new(key.Id, person, Epoch, key.WrappedBy(Key));

    /// <summary>Never the key.</summary>
    public override string ToString() => $"{nameof(MasterKey)} of epoch {Epoch}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(MasterKey))]
internal sealed partial class MasterKeyJson : JsonSerializerContext;
