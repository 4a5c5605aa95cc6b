// C2SP tlog-checkpoint https://c2sp.org/tlog-checkpoint
using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Log;

/// <summary>What a log says of itself at one size. Without extension lines: no monitor could audit what they say.</summary>
/// <param name="Origin">Names the authority and the log's incarnation; the same as its key's name.</param>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">Of the tree of that size.</param>
public sealed record Checkpoint(string Origin, ulong Size, Digest Root)
{
    /// <summary>Three lines: origin, size, root; the text that is signed.</summary>
    /// <exception cref="InvalidOperationException">The origin is empty or has a control character.</exception>
    public string ToText() =>
        IsOrigin(Origin)
            ? $"{Origin}\n{StrictDecimal.Format(Size)}\n{Root.ToBase64()}\n"
            : throw new InvalidOperationException($"'{Origin}' is no origin: it is empty or has a control character.");

    /// <summary>Reads what <see cref="ToText"/> writes, and nothing else.</summary>
    /// <param name="refusal"><c>checkpoint.malformed</c>.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out Refusal? refusal)
    {
        checkpoint = null;
        string? fault = null;
        var (size, root) = (0UL, default(Digest));
        if (text.Split('\n') is not [var origin, var sizeLine, var rootLine, ""])
            (origin, fault) = ("", "it does not have exactly three lines, origin, size and root, each with its newline");
        else if (!IsOrigin(origin))
            fault = "its origin is empty or has a control character";
        else if (!StrictDecimal.TryParse(sizeLine, out size))
            fault = "its size is not a decimal number below 2^64 without leading zeros";
        else if (!Digest.TryParseBase64(rootLine, out root))
            fault = "its root is not 32 bytes in base64";
        else if (size == 0 && root != MerkleTree.EmptyRoot)
            fault = "its size is 0 and its root is not that of the empty tree";

        checkpoint = fault is null ? new Checkpoint(origin, size, root) : null;
        refusal = fault is null ? null : new Refusal("checkpoint.malformed", $"This is not a checkpoint: {fault}.");
        return checkpoint is not null;
    }

    private static bool IsOrigin(string origin) => origin.Length > 0 && !origin.Any(character => character < ' ');
}
