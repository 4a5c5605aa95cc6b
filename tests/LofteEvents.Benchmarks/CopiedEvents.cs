using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LofteEvents.Benchmarks;

/// <summary>What PostgreSQL itself needs to take in rows of events: COPY into a table of the log's shape.</summary>
internal sealed class CopiedEvents
{
    private const int Rows = 20_000;

    private const string Columns = "seq_id, id, stream_id, version, data, type, timestamp, headers";

    private readonly string text;

    private CopiedEvents(string text) => this.text = text;

    public static CopiedEvents Make()
    {
        var text = new StringBuilder();
        var data = Payload.Data.ReplaceLineEndings("");
        for (var row = 1; row <= Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row}\t{Guid.NewGuid()}\t{Payload.Stream(row)}\t1\t{data}\t")
                .Append(CultureInfo.InvariantCulture, $"{Payload.Type}\t")
                .Append(CultureInfo.InvariantCulture, $"2018-03-16 17:00:00+00\t{Payload.Headers}\n");
        }

        return new CopiedEvents(text.ToString());
    }

    private const string Table =
        """
        DROP TABLE IF EXISTS public.copied_events;
        CREATE TABLE public.copied_events (LIKE lofte.mt_events INCLUDING DEFAULTS INCLUDING INDEXES)
        """;

    /// <returns>Rows per second.</returns>
    public async Task<double> RateAsync(Bench bench, CancellationToken cancellationToken)
    {
        await bench.ExecuteAsync(Table, cancellationToken);
        await using var connection = await bench.Owner.OpenConnectionAsync(cancellationToken);
        var watch = Stopwatch.StartNew();
        await using (var copy = await connection.BeginTextImportAsync(
            $"COPY public.copied_events ({Columns}) FROM STDIN", cancellationToken))
        {
            await copy.WriteAsync(text.AsMemory(), cancellationToken);
        }

        return Rows / watch.Elapsed.TotalSeconds;
    }
}
