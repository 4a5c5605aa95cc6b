namespace LofteEvents;

/// <summary>One place in a JSON document that is not as it must be.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) from the document's root, such as <c>/place/area</c>; empty for the root
/// itself.</param>
/// <param name="Detail">One sentence for a person: what is wrong, and what would be right.</param>
public sealed record Fault(string Pointer, string Detail)
{
    /// <summary>The line, from 1, of a text that is no JSON from there on; otherwise the pointer says where.</summary>
    public int? Line { get; init; }
}
