using System.Buffers;
using System.IO.Pipelines;

namespace LofteEvents.Cli.Publishing;

/// <summary>Lines of bytes with their numbers, without a byte order mark, never more than one in memory.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>The server takes no larger request.</summary>
    public const int LongestLineBytes = 16 * 1024 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly PipeReader pipe =
        PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));

    /// <summary>Number of the line that was read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The first byte that is no white space, without reading past it; null in an empty file.</summary>
    public async Task<byte?> FirstCharacterAsync(CancellationToken cancellationToken)
    {
        var read = await pipe.ReadAsync(cancellationToken);
        var start = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, 4096)).ToArray();
        pipe.AdvanceTo(read.Buffer.Start);
        var text = start.AsSpan().StartsWith(ByteOrderMark) ? start.AsSpan(ByteOrderMark.Length) : start;
        var first = text.IndexOfAnyExcept(" \t\r\n"u8);
        return first < 0 ? null : text[first];
    }

    /// <summary>The next line without its end; null when there are no more.</summary>
    /// <exception cref="LineTooLongException">The line is longer than a request may be.</exception>
    public async Task<byte[]?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Line(read.Buffer.Slice(0, end));
                pipe.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            if (read.IsCompleted)
            {
                var last = read.Buffer.IsEmpty ? null : Line(read.Buffer);
                pipe.AdvanceTo(read.Buffer.End);
                return last;
            }

            if (read.Buffer.Length > LongestLineBytes)
            {
                throw new LineTooLongException(Number + 1);
            }

            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private byte[] Line(ReadOnlySequence<byte> bytes)
    {
        var line = bytes.ToArray();
        Number++;
        var from = Number == 1 && line.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var to = line.Length > from && line[^1] == '\r' ? line.Length - 1 : line.Length;
        return from == 0 && to == line.Length ? line : line[from..to];
    }
}

/// <summary>The file has a line that no request could hold: it is probably no file of events.</summary>
internal sealed class LineTooLongException(int number)
    : IOException($"Line {number} is longer than 16 MiB: a file of events has one event a line.");
