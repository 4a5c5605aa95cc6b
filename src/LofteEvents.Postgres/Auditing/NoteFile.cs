using System.Text;

namespace LofteEvents.Postgres.Auditing;

/// <summary>
/// Signed notes one after the other in a file, as <c>cat</c> puts them together: a line that is no signature, behind one that is,
/// begins the next note.
/// </summary>
public static class NoteFile
{
    private const string SignatureStart = "— ";

    /// <summary>The notes as they stand there; each still has to be read and verified.</summary>
    public static async IAsyncEnumerable<byte[]> ReadAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        var note = new StringBuilder();
        var hasSignature = false;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var isSignature = line.StartsWith(SignatureStart, StringComparison.Ordinal);
            if (hasSignature && !isSignature)
            {
                yield return Encoding.UTF8.GetBytes(note.ToString());
                note.Clear();
                hasSignature = false;
                if (line.Length == 0)
                {
                    continue;
                }
            }

            hasSignature |= isSignature;
            note.Append(line).Append('\n');
        }

        if (note.Length > 0)
        {
            yield return Encoding.UTF8.GetBytes(note.ToString());
        }
    }
}
