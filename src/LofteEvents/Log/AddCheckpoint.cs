// C2SP tlog-witness, "add-checkpoint" https://c2sp.org/tlog-witness
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LofteEvents.Log;

/// <summary>
/// A log's request that a witness cosign its new checkpoint: the size of the one that the witness cosigned last, the proof from
/// there, and the new one.
/// </summary>
/// <param name="OldSize">0 where the log does not know of an earlier one.</param>
/// <param name="Proof">Of consistency; at most 63 hashes.</param>
/// <param name="Note">The new checkpoint, signed.</param>
public sealed record AddCheckpoint(ulong OldSize, IReadOnlyList<Digest> Proof, SignedNote Note, Checkpoint Checkpoint)
{
    private const string OldLine = "old ";
    private const int MostHashes = 63;

    /// <summary>The request's body.</summary>
    public byte[] ToBytes() =>
    [
        .. StrictUtf8.Encode(
            $"{OldLine}{StrictDecimal.Format(OldSize)}\n{string.Concat(Proof.Select(hash => hash.ToBase64() + "\n"))}\n"),
        .. Note.ToBytes(),
    ];

    /// <summary>Reads what <see cref="ToBytes"/> writes, and nothing else.</summary>
    /// <param name="refusal"><c>witness.malformed</c>, <c>note.malformed</c> or <c>checkpoint.malformed</c>.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> body, [NotNullWhen(true)] out AddCheckpoint? request, [NotNullWhen(false)] out Refusal? refusal)
    {
        request = null;
        refusal = new Refusal(
            "witness.malformed",
            "The body is 'old N', at most 63 hashes in base64, each on its line, an empty line, and the signed checkpoint.");
        var end = body.IndexOf("\n\n"u8);
        if (end < 0 || !Ascii.IsValid(body[..end]))
            return false;
        var lines = Encoding.ASCII.GetString(body[..end]).Split('\n');
        if (!lines[0].StartsWith(OldLine, StringComparison.Ordinal)
            || !StrictDecimal.TryParse(lines[0].AsSpan(OldLine.Length), out var oldSize)
            || lines.Length - 1 > MostHashes)
        {
            return false;
        }

        var proof = new List<Digest>();
        foreach (var line in lines.Skip(1))
        {
            if (!Digest.TryParseBase64(line, out var hash))
                return false;
            proof.Add(hash);
        }

        if (!SignedNote.TryParse(body[(end + 2)..], out var note, out refusal)
            || !Checkpoint.TryParse(note.Text, out var checkpoint, out refusal))
        {
            return false;
        }

        request = new AddCheckpoint(oldSize, proof, note, checkpoint);
        return true;
    }

    /// <summary>
    /// What a witness does with the request. It keeps the checkpoint before it tells anybody of its cosignature.
    /// </summary>
    /// <param name="keys">The keys that the witness trusts, of any log.</param>
    /// <param name="latest">The last checkpoint of that origin that the witness cosigned; null where there is none.</param>
    public WitnessVerdict Judge(IReadOnlyList<LogKey> keys, Checkpoint? latest)
    {
        var ofLog = keys.Where(key => key.Name == Checkpoint.Origin).ToList();
        return ofLog.Count == 0 ? WitnessVerdict.UnknownLog
            : !Note.TryVerify(ofLog, out _, out _) ? WitnessVerdict.Unsigned
            : OldSize > Checkpoint.Size ? WitnessVerdict.Backwards
            : OldSize != (latest?.Size ?? 0) ? WitnessVerdict.OtherSize
            : OldSize == Checkpoint.Size && latest is not null && latest.Root != Checkpoint.Root ? WitnessVerdict.OtherRoot
            : !Continues(latest) ? WitnessVerdict.Inconsistent
            : WitnessVerdict.Cosign;
    }

    /// <summary>From nothing every tree continues; the proof then has nothing to say.</summary>
    private bool Continues(Checkpoint? latest) =>
        OldSize == 0
            ? Proof.Count == 0
            : ConsistencyProof.Verify(OldSize, Checkpoint.Size, latest!.Root, Checkpoint.Root, Proof);
}

/// <summary>The specification's answers, without its numbers.</summary>
public enum WitnessVerdict
{
    /// <summary>The checkpoint continues the last one.</summary>
    Cosign,

    /// <summary>The witness does not watch that log.</summary>
    UnknownLog,

    /// <summary>No trusted key of that log signed it.</summary>
    Unsigned,

    /// <summary>The old size is larger than the new one.</summary>
    Backwards,

    /// <summary>The old size is not that of the checkpoint that the witness cosigned last.</summary>
    OtherSize,

    /// <summary>The same size with another root: the log has forked.</summary>
    OtherRoot,

    /// <summary>The proof does not lead from the old root to the new one.</summary>
    Inconsistent,
}
