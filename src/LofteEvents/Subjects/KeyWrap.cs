using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace LofteEvents.Subjects;

/// <summary>
/// AES Key Wrap with Padding (RFC 5649), as the library has it: a person's key as it may lie in the database. The form has one
/// wrapping per key and master key, and checks its own integrity: another master key, or a changed bit, unwraps nothing.
/// </summary>
public static class KeyWrap
{
    /// <param name="masterKey">16, 24 or 32 bytes.</param>
    public static byte[] Wrap(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.SetKey(masterKey);
        return aes.EncryptKeyWrapPadded(key);
    }

    /// <returns>False where it was wrapped by another master key, or changed since.</returns>
    public static bool TryUnwrap(
        ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> wrapped, [NotNullWhen(true)] out byte[]? key)
    {
        using var aes = Aes.Create();
        aes.SetKey(masterKey);
        try
        {
            key = aes.DecryptKeyWrapPadded(wrapped);
            return true;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            key = null;
            return false;
        }
    }
}
