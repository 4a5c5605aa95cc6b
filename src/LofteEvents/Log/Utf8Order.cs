using System.Text;

namespace LofteEvents.Log;

/// <summary>
/// The order of texts by their UTF-8 bytes, which is that of their code points; UTF-16's order differs above U+FFFF.
/// </summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(string? left, string? right) =>
        Encoding.UTF8.GetBytes(left ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right ?? ""));
}
