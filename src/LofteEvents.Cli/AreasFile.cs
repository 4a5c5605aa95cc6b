using LofteEvents.Postgres.Embedded;

namespace LofteEvents.Cli;

/// <summary>The areas of the deployment, and files as commands read them.</summary>
internal static class AreasFile
{
    /// <summary>The areas of a named file, of <c>Lofte__Areas</c>, or of the checkout; null, with every fault said, where they
    /// cannot be read.</summary>
    public static async Task<Areas?> ReadAreasAsync(
        this Surroundings around, string? given, CancellationToken cancellationToken)
    {
        // The default data folder is in the checkout, and so is the folder of what is deployed.
        var path = given ?? around.Setting("Lofte:Areas")
            ?? Path.Combine(Path.GetDirectoryName(DataFolder.DefaultPath())!, "deploy", "areas.json");
        if (await around.ReadFileAsync(path, cancellationToken) is not { } utf8)
        {
            return null;
        }

        var areas = Areas.Parse(utf8, out var refusals);
        foreach (var refusal in refusals)
        {
            around.Error.WriteLine($"lofte: {path}: {refusal.Pointer}: {refusal.Sentence} ({refusal.Code})");
        }

        return areas;
    }

    /// <summary>A file's bytes without a byte order mark; null, with a sentence said, where it cannot be read.</summary>
    public static async Task<byte[]?> ReadFileAsync(this Surroundings around, string path, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            return bytes is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : bytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            around.Error.WriteLine($"lofte: {path} cannot be read: {error.Message}");
            return null;
        }
    }
}
