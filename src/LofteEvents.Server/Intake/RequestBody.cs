using System.Buffers;

namespace LofteEvents.Server.Intake;

/// <summary>A request's whole body in a rented buffer.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int SmallestBuffer = 4096;

    private byte[] buffer;
    private int length;

    private RequestBody(int capacity) => buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <param name="place">Has room for the announced length; more room is asked of it as an unannounced body grows.</param>
    /// <returns>What was read, or why it was not.</returns>
    public static async Task<(RequestBody? Body, BodyRefusal? Refusal)> ReadAsync(
        HttpRequest request, int limit, IntakeAdmission.Place place, CancellationToken cancellationToken)
    {
        // One byte more than announced, so that the last read finds the end without growing the buffer.
        var body = new RequestBody(request.ContentLength is { } announced ? (int)announced + 1 : SmallestBuffer);
        BodyRefusal? refusal = null;
        try
        {
            while (refusal is null && await body.ReadMoreAsync(request.Body, cancellationToken) is var read and > 0)
            {
                body.length += read;
                refusal = body.length > limit ? BodyRefusal.TooLarge : body.HasRoom(place) ? null : BodyRefusal.NoRoom;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }

        if (refusal is null)
        {
            return (body, null);
        }

        body.Dispose();
        return (null, refusal);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        length = 0;
    }

    private ValueTask<int> ReadMoreAsync(Stream stream, CancellationToken cancellationToken) =>
        stream.ReadAsync(buffer.AsMemory(length), cancellationToken);

    private bool HasRoom(IntakeAdmission.Place place)
    {
        if (length < buffer.Length)
        {
            return true;
        }

        if (!place.TryGrow(buffer.Length))
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
        return true;
    }
}

internal enum BodyRefusal
{
    /// <summary>It is longer than the limit.</summary>
    TooLarge,

    /// <summary>Too much is in hand already.</summary>
    NoRoom,
}
