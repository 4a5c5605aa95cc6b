// RFC 5480 §2 https://www.rfc-editor.org/rfc/rfc5480#section-2 (SubjectPublicKeyInfo of an elliptic-curve key)
// FIPS 186-5 §6 (ECDSA), with SHA-256
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace LofteEvents.Log;

/// <summary>A public key on NIST P-256 and the signatures it verifies, both in one encoding only.</summary>
internal sealed class P256
{
    private const int CoordinateBytes = 32;

    /// <summary>
    /// SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING of an uncompressed point }, up to the point's coordinates.
    /// </summary>
    private static readonly byte[] SpkiStart = Convert.FromHexString("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private readonly ECParameters _parameters;

    private P256(byte[] spki, ECParameters parameters)
    {
        Spki = spki;
        _parameters = parameters;
    }

    /// <summary>SubjectPublicKeyInfo in DER: named curve, uncompressed point, 91 bytes.</summary>
    public ReadOnlyMemory<byte> Spki { get; }

    /// <summary>Reads that one encoding; false for any other, for another curve and for a point that is not on it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> spki, [NotNullWhen(true)] out P256? key)
    {
        key = null;
        if (spki.Length != SpkiStart.Length + CoordinateBytes + CoordinateBytes || !spki.StartsWith(SpkiStart))
            return false;
        var point = spki[SpkiStart.Length..];
        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[..CoordinateBytes].ToArray(), Y = point[CoordinateBytes..].ToArray() },
        };
        try
        {
            using var onCurve = ECDsa.Create(parameters);
            key = new P256(spki.ToArray(), parameters);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The public half of a key pair.</summary>
    /// <exception cref="ArgumentException">Not a key on P-256.</exception>
    public static P256 Of(ECDsa key) =>
        TryRead(key.ExportSubjectPublicKeyInfo(), out var read)
            ? read
            : throw new ArgumentException("The log signs with ECDSA keys on NIST P-256 only.", nameof(key));

    /// <param name="signature">r ‖ s, 64 bytes.</param>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create(_parameters);
        return signature.Length == EcdsaSignature.FixedBytes
            && key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <returns>r ‖ s, 64 bytes.</returns>
    public static byte[] Sign(ECDsa key, ReadOnlySpan<byte> data) =>
        key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
