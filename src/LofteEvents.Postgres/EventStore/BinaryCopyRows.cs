using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// Takes events out of PostgreSQL's binary COPY format (documentation of COPY, "Binary Format"): a header, then per row the
/// number of fields and per field its length and bytes, all big-endian; a field count of −1 ends it.
/// </summary>
internal sealed class BinaryCopyRows(Stream stream)
{
    // Events hand out slices of the buffer they lie in, so a buffer lives as long as its events and is never used again.
    private const int BufferBytes = 64 << 10;
    private const int LeastRoomBytes = 8 << 10;
    private const int SignatureBytes = 11;
    private const int FieldCountBytes = sizeof(short);

    private byte[] buffer = new byte[BufferBytes];
    private int start;
    private int end;
    private bool hasHeader;
    private bool hasEnded;

    /// <summary>Reads on; false when the end of the format has been seen.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (hasEnded)
        {
            // The server's last words behind the format's end are read too, or the connection could not be used again.
            while (await stream.ReadAsync(buffer, cancellationToken) > 0)
            {
            }

            return false;
        }

        MakeRoom();
        var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
        end += read;
        return read > 0 ? true : throw new EndOfStreamException("The copy of events ended in the middle of a row.");
    }

    /// <summary>The next whole row in the buffer; false when more must be read first.</summary>
    public bool TryRead([NotNullWhen(true)] out StoredEvent? stored)
    {
        stored = null;
        if (!hasHeader && !TrySkipHeader())
        {
            return false;
        }

        var left = buffer.AsSpan(start, end - start);
        if (left.Length < FieldCountBytes || hasEnded)
        {
            return false;
        }

        var fields = BinaryPrimitives.ReadInt16BigEndian(left);
        if (fields < 0)
        {
            hasEnded = true;
            return false;
        }

        var row = new StoredEventRow(buffer, start + FieldCountBytes, end);
        if (!row.TryRead(out stored))
        {
            return false;
        }

        start = row.Next;
        return true;
    }

    private bool TrySkipHeader()
    {
        const int flagsAndExtensionLength = 8;
        if (end - start < SignatureBytes + flagsAndExtensionLength)
        {
            return false;
        }

        var extension = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(start + SignatureBytes + sizeof(int)));
        start += SignatureBytes + flagsAndExtensionLength + extension;
        return hasHeader = true;
    }

    // The beginning of a row moves to a new buffer where little room is left behind it; a row larger than that asks for a
    // larger one.
    private void MakeRoom()
    {
        if (buffer.Length - end >= LeastRoomBytes)
        {
            return;
        }

        var left = end - start;
        var next = new byte[Math.Max(BufferBytes, 2 * left)];
        buffer.AsSpan(start, left).CopyTo(next);
        buffer = next;
        (start, end) = (0, left);
    }
}
