// C2SP tlog-checkpoint, "Signatures" https://c2sp.org/tlog-checkpoint, and tlog-cosignature https://c2sp.org/tlog-cosignature
using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Log;

/// <summary>A checkpoint whose signatures were verified.</summary>
/// <param name="Witnesses">The trusted witnesses that cosigned it, and when each did by its own clock.</param>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, SignedNote Note, IReadOnlyList<VerifiedSignature> Witnesses)
{
    /// <summary>
    /// Opens a checkpoint as it is published. Nothing in it is looked at before a trusted key's signature is found good.
    /// </summary>
    /// <param name="keys">The log's keys: the present one and those before it. Their name is the origin that the checkpoint
    /// must have.</param>
    /// <param name="witnesses">Trusted witnesses; others' cosignatures are passed over.</param>
    /// <param name="quorum">How many of the trusted witnesses, told apart by name, must have cosigned.</param>
    /// <param name="refusal"><c>note.malformed</c>, <c>note.signature-invalid</c>, <c>note.unsigned</c>,
    /// <c>checkpoint.malformed</c>,
    /// <c>checkpoint.unsigned</c>, <c>checkpoint.wrong-origin</c> or <c>checkpoint.too-few-witnesses</c>.</param>
    public static bool TryOpen(
        ReadOnlySpan<byte> bytes,
        IReadOnlyList<LogKey> keys,
        IReadOnlyList<WitnessKey> witnesses,
        int quorum,
        [NotNullWhen(true)] out SignedCheckpoint? opened,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        opened = null;
        if (!SignedNote.TryParse(bytes, out var note, out refusal))
            return false;
        if (!note.TryVerify([.. keys, .. witnesses], out var verified, out refusal))
            return false;
        if (!Checkpoint.TryParse(note.Text, out var checkpoint, out refusal))
            return false;
        var signers = verified.Where(signature => signature.Key is LogKey).Select(signature => signature.Key.Name).ToList();
        var cosigned = verified.Where(signature => signature.Key is WitnessKey).ToList();
        var cosigners = cosigned.Select(signature => signature.Key.Name).Distinct(StringComparer.Ordinal).Count();
        if (signers.Count == 0)
        {
            refusal =
                new Refusal("checkpoint.unsigned", "Witnesses signed the checkpoint, but none of the log's trusted keys did.");
        }
        else if (!signers.Contains(checkpoint.Origin))
        {
            refusal = new Refusal(
                "checkpoint.wrong-origin",
                $"The checkpoint is of the log '{checkpoint.Origin}', its key is that of '{signers[0]}'.");
        }
        else if (cosigners < quorum)
        {
            refusal = new Refusal(
                "checkpoint.too-few-witnesses",
                $"{cosigners} trusted witnesses cosigned the checkpoint; {quorum} are asked for.");
        }

        opened = refusal is null ? new SignedCheckpoint(checkpoint, note, cosigned) : null;
        return opened is not null;
    }
}
