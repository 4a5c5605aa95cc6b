// C2SP signed-note https://c2sp.org/signed-note
using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Log;

/// <summary>
/// A text and the signatures on it. The text is to be ignored until <see cref="TryVerify"/> has found a trusted key's signature.
/// </summary>
public sealed class SignedNote
{
    /// <summary>No checkpoint comes near it; it bounds what a stranger can make us read.</summary>
    public const int LargestBytes = 256 * 1024;

    /// <summary>The specification asks for at least 16.</summary>
    public const int MostSignatures = 64;

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>What is signed, with its last newline.</summary>
    public string Text { get; }

    /// <summary>At least one, in the note's order.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <exception cref="ArgumentException">Not the text of a note, or not 1 to 64 signatures.</exception>
    public static SignedNote Of(string text, params IReadOnlyList<NoteSignature> signatures) =>
        TryRead(new SignedNote(text, signatures).ToString(), out var note, out var fault) && note.Text == text
            ? note
            : throw new ArgumentException(fault ?? "The text does not end in a newline.", nameof(text));

    /// <summary>Reads what <see cref="ToBytes"/> writes, and nothing else.</summary>
    /// <param name="refusal"><c>note.malformed</c>.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note, [NotNullWhen(false)] out Refusal? refusal)
    {
        note = null;
        string? fault;
        if (bytes.Length > LargestBytes)
            fault = $"it has {bytes.Length} bytes, more than {LargestBytes}";
        else if (!StrictUtf8.TryDecode(bytes, out var whole))
            fault = "it is not UTF-8";
        else
            TryRead(whole, out note, out fault);
        refusal = note is null ? new Refusal("note.malformed", $"This is not a signed note: {fault}.") : null;
        return note is not null;
    }

    /// <summary>The note with one more signature, such as a witness's.</summary>
    public SignedNote With(NoteSignature signature) => Of(Text, [.. Signatures, signature]);

    public byte[] ToBytes() => StrictUtf8.Encode(ToString());

    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(signature => signature.ToLine() + "\n"))}";

    /// <summary>
    /// Checks every signature that a trusted key claims to have made. Signatures of unknown keys are passed over, also those of
    /// an unknown key with a trusted one's name.
    /// </summary>
    /// <param name="verified">One for each trusted key that signed; a key that signed twice stands once.</param>
    /// <param name="refusal"><c>note.signature-invalid</c>: a trusted key's signature does not fit the text;
    /// <c>note.unsigned</c>: no trusted key signed.</param>
    /// <exception cref="ArgumentException">Two trusted keys have the same name and id.</exception>
    public bool TryVerify(
        IReadOnlyList<VerifierKey> trusted,
        [NotNullWhen(true)] out IReadOnlyList<VerifiedSignature>? verified,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        verified = null;
        refusal = null;
        var keys = new Dictionary<(string Name, uint KeyId), VerifierKey>();
        foreach (var key in trusted)
        {
            if (!keys.TryAdd((key.Name, key.KeyId), key))
                throw new ArgumentException($"Two trusted keys are named {key.Name} with id {key.KeyId:x8}.", nameof(trusted));
        }

        var found = new List<VerifiedSignature>();
        foreach (var signature in Signatures)
        {
            if (!keys.TryGetValue((signature.Name, signature.KeyId), out var key))
                continue;
            if (!key.Verify(Text, signature.Bytes.Span, out var at))
            {
                refusal = new Refusal(
                    "note.signature-invalid",
                    $"The signature of {key.Name} (key {key.KeyId:x8}) does not fit the note's text: "
                    + "one of the two was changed.");
                return false;
            }

            if (!found.Exists(earlier => earlier.Key == key))
                found.Add(new VerifiedSignature(key, at));
        }

        if (found.Count == 0)
            refusal = new Refusal("note.unsigned", $"No trusted key signed the note; it is signed by {Signers()}.");
        verified = found.Count == 0 ? null : found;
        return verified is not null;
    }

    private string Signers() =>
        string.Join(", ", Signatures.Select(signature => $"{signature.Name} (key {signature.KeyId:x8})").Distinct());

    private static bool TryRead(string whole, [NotNullWhen(true)] out SignedNote? note, [NotNullWhen(false)] out string? fault)
    {
        note = null;
        fault = null;
        var split = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        var lines = split < 0 ? [] : whole[(split + 2)..].Split('\n');
        if (whole.Any(character => character is < ' ' and not '\n'))
            fault = "it has a control character";
        else if (split < 0 || lines.Length < 2 || lines[^1].Length > 0)
            fault = "it does not end in an empty line and signature lines, each with its newline";
        else if (lines.Length - 1 > MostSignatures)
            fault = $"it has {lines.Length - 1} signatures, more than {MostSignatures}";
        if (fault is not null)
            return false;

        var signatures = new List<NoteSignature>();
        foreach (var line in lines[..^1])
        {
            if (!NoteSignature.TryParse(line, out var signature))
            {
                fault = $"its signature line {signatures.Count + 1} is not '— name base64'";
                return false;
            }

            signatures.Add(signature);
        }

        note = new SignedNote(whole[..(split + 1)], signatures);
        return true;
    }
}

/// <param name="At">When a witness signed, by its own clock; null for a log's signature, which does not say.</param>
public sealed record VerifiedSignature(VerifierKey Key, DateTimeOffset? At);
