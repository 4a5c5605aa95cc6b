using System.Security.Cryptography;
using System.Text;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// A private key on P-256 in a file that only its owner may read (PKCS #8 in PEM, mode 0600). It is never in the database.
/// </summary>
public static class LogKeyFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <exception cref="FormatException">The file holds no such key, or others may read it.</exception>
    /// <returns>Null where there is no such file.</returns>
    public static async Task<ECDsa?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (await DurableFile.ReadAsync(path, cancellationToken) is not { } bytes)
        {
            return null;
        }

        if ((File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new FormatException($"{path} can be read or written by others: chmod 600 it, and think about a new key.");
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(Encoding.ASCII.GetString(bytes));
            return key;
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new FormatException($"{path} holds no private key in PEM: {fault.Message}", fault);
        }
    }

    /// <summary>Makes a key, on the disk when it returns.</summary>
    public static async Task<ECDsa> MakeAsync(string path, CancellationToken cancellationToken)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await DurableFile.ReplaceAsync(path, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"), cancellationToken);
        return key;
    }
}
