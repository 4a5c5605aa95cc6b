using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LofteEvents.Benchmarks;

/// <summary>
/// One connection that sends requests one after the other. Next to nothing of a client, since client and server share the
/// processors: it reads the status and the body's length, and no more.
/// </summary>
internal sealed class HttpLoad : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[256 * 1024];

    public static async Task<HttpLoad> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var load = new HttpLoad();
        await load.socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return load;
    }

    public static byte[] Post(int port, string path, string token, string contentType, string body) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\nContent-Type: {contentType}\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public static byte[] Get(int port, string path) =>
        Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");

    /// <summary>Sends requests over so many connections for a time.</summary>
    /// <param name="next">The bytes of the next request, and how many things it does.</param>
    /// <returns>Things done per second, and the latency of every request in microseconds.</returns>
    public static async Task<LoadResult> RunAsync(
        int port, int connections, TimeSpan duration, int expected, Func<(byte[] Request, int Things)> next,
        CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var parts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(
            async () =>
            {
                using var load = await ConnectAsync(port, cancellationToken);
                var latencies = new List<double>();
                var things = 0L;
                while (watch.Elapsed < duration)
                {
                    var (request, count) = next();
                    var started = Stopwatch.GetTimestamp();
                    var status = await load.SendAsync(request, cancellationToken);
                    if (status != expected)
                    {
                        throw new InvalidOperationException($"The server answered {status} and not {expected}.");
                    }

                    latencies.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
                    things += count;
                }

                return (things, latencies);
            },
            cancellationToken)));
        var done = parts.Sum(part => part.things);
        return new LoadResult(done, done / watch.Elapsed.TotalSeconds, [.. parts.SelectMany(part => part.latencies)]);
    }

    public void Dispose() => socket.Dispose();

    /// <returns>The status.</returns>
    public async Task<int> SendAsync(byte[] request, CancellationToken cancellationToken)
    {
        await socket.SendAsync(request, cancellationToken);
        var read = 0;
        while (true)
        {
            read += await socket.ReceiveAsync(buffer.AsMemory(read), cancellationToken) is var got and > 0
                ? got
                : throw new InvalidOperationException("The server closed the connection.");
            if (Whole(buffer.AsSpan(0, read)) is { } status)
            {
                return status;
            }
        }
    }

    /// <returns>The status of an answer that has come whole; null while it has not.</returns>
    private static int? Whole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return null;
        }

        var status = Number(answer["HTTP/1.1 ".Length..]);
        if (answer[..head].IndexOf("chunked"u8) >= 0)
        {
            return answer.EndsWith("0\r\n\r\n"u8) ? status : null;
        }

        var name = "Content-Length: "u8;
        var at = answer[..head].IndexOf(name);
        var length = at < 0 ? 0 : Number(answer[(at + name.Length)..]);
        return answer.Length >= head + 4 + length ? status : null;
    }

    private static int Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out int number, out _)
        ? number
        : throw new InvalidOperationException("The server answered without a number where HTTP has one.");
}

/// <param name="Rate">Things per second.</param>
/// <param name="Latencies">Of every request, in microseconds.</param>
internal sealed record LoadResult(long Things, double Rate, IReadOnlyList<double> Latencies)
{
    public double Percentile(double share) => Statistics.Quantile(Latencies, share);
}
