using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace LofteEvents.Benchmarks;

/// <summary>
/// What PostgreSQL itself does: <c>pgbench</c> with prepared statements, one single-row INSERT per transaction into a table
/// of the same shape as <c>mt_events</c>. The payload goes over the wire and is parsed for every row, as an application's is.
/// </summary>
internal sealed partial class PgBench(string program, NpgsqlConnectionStringBuilder connection)
{
    private const string Table =
        """
        DROP TABLE IF EXISTS public.reference_events;
        DROP SEQUENCE IF EXISTS public.reference_sequence;
        CREATE TABLE public.reference_events (LIKE lofte.mt_events INCLUDING DEFAULTS INCLUDING INDEXES);
        CREATE SEQUENCE public.reference_sequence
        """;

    // Streams are named as Payload.Stream names them.
    private const string Columns =
        """
        INSERT INTO public.reference_events
            (seq_id, id, stream_id, version, timestamp, correlation_id, causation_id, data, type, headers)
        VALUES
            (nextval('public.reference_sequence'), gen_random_uuid(),
             'insats/' || (date '2018-01-01' + (currval('public.reference_sequence') / 1000)::integer) || '-'
                 || left(gen_random_uuid()::text, 8),
             1, clock_timestamp(), NULL, NULL,
        """;

    /// <summary>The measured statement with data, type and headers as its parameters.</summary>
    public const string Insert = Columns + " $1, $2, $3)";

    private const string Script = Columns + " :data, :type, :headers);\n";

    /// <summary>The program that came with the server, also where a link to the server is what was found.</summary>
    public static string Beside(string server)
    {
        var real = File.ResolveLinkTarget(server, returnFinalTarget: true)?.FullName ?? server;
        return Path.Combine(Path.GetDirectoryName(real)!, "pgbench");
    }

    /// <summary>Makes the table anew, so that the reference always grows from nothing as the log does.</summary>
    public static string NewTable => Table;

    /// <exception cref="InvalidOperationException">It is not installed, or failed; the message holds what it said.</exception>
    public async Task<PgBenchResult> RunAsync(int clients, TimeSpan duration, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("lofte-pgbench-");
        try
        {
            var script = Path.Combine(folder.FullName, "insert.sql");
            await File.WriteAllTextAsync(script, Script, cancellationToken);
            var output = await OutputAsync(clients, duration, script, folder.FullName, cancellationToken);
            return Rate().Match(output) is { Success: true } rate
                ? new PgBenchResult(
                    double.Parse(rate.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
                    await LatenciesAsync(folder.FullName, cancellationToken))
                : throw new InvalidOperationException($"{program} told no rate: {output}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<string> OutputAsync(
        int clients, TimeSpan duration, string script, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = connection.Password },
        };
        string[] arguments =
        [
            "-n", "-M", "prepared", "-c", $"{clients}", "-j", $"{Math.Min(clients, 2)}", "-T", $"{duration.TotalSeconds:0}",
            "-l", "-f", script, "-h", connection.Host!, "-p", $"{connection.Port}", "-U", connection.Username!,
            "-D", $"data={Payload.Data}", "-D", $"headers={Payload.Headers}", "-D", $"type={Payload.Type}", connection.Database!,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} failed: {await errors}");
    }

    // Lines of the log: client, transaction, latency in microseconds, script, second, microsecond.
    private static async Task<List<double>> LatenciesAsync(string folder, CancellationToken cancellationToken)
    {
        var latencies = new List<double>();
        foreach (var log in Directory.EnumerateFiles(folder, "pgbench_log.*"))
        {
            foreach (var line in await File.ReadAllLinesAsync(log, cancellationToken))
            {
                latencies.Add(double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture));
            }
        }

        return latencies;
    }

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Rate();
}

/// <param name="Rate">Transactions per second.</param>
/// <param name="Latencies">Of every transaction, in microseconds.</param>
internal sealed record PgBenchResult(double Rate, IReadOnlyList<double> Latencies);
