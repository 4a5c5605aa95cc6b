using System.Buffers;

namespace LofteEvents.Server.Intake;

/// <summary>Streams are named <c>prefix/id</c>; the id is what publishers choose.</summary>
internal static class StreamName
{
    private const int MaxIdLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-");

    public static bool IsOne(ReadOnlySpan<char> name)
    {
        var slash = name.IndexOf('/');
        return slash > 0 && !name[..slash].ContainsAnyExceptInRange('a', 'z') && IsId(name[(slash + 1)..]);
    }

    public static bool IsId(ReadOnlySpan<char> id) => id.Length is > 0 and <= MaxIdLength && !id.ContainsAnyExcept(Allowed);
}
