using System.Security.Cryptography;
using System.Text;

namespace LofteEvents.Tests.Log;

/// <summary>
/// Keys that everyone knows, so that what they sign can be written down; nothing real may ever be signed with them.
/// </summary>
internal static class TestKeys
{
    /// <summary>RFC 6979 A.2.5, the example key on P-256.</summary>
    public static ECDsa Log() =>
        Private(Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"));

    /// <summary>The private key is SHA-256 of its name.</summary>
    public static ECDsa Named(string name) => Private(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    private static ECDsa Private(byte[] d) => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d });
}
