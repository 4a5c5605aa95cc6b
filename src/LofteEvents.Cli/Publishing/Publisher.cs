using System.Buffers;
using System.Globalization;
using System.Text.Json.Serialization;
using LofteEvents.Cli.Http;

namespace LofteEvents.Cli.Publishing;

/// <summary>
/// Sends a file to intake in batches, in its order, each batch durable before the next. It stops at the first fault; since intake
/// recognises repeats, publishing the corrected file anew goes on where it stopped.
/// </summary>
internal sealed class Publisher(LofteClient client, IEventFile file, bool isHistory, Progress progress, Func<long> bytesRead)
{
    public const int DefaultBatchEvents = 500;
    public const int LargestBatchEvents = 1000;
    private const int LargestBatchBytes = 8 * 1024 * 1024;

    private readonly List<FileLine> batch = [];
    private readonly ArrayBufferWriter<byte> body = new();
    private readonly HashSet<string> sources = [];

    private int lastLine;
    private long recorded;
    private long repeated;
    private long leftOut;
    private long position;

    /// <returns>Also where the server went away or the user had enough: then the last batch may or may not be stored.</returns>
    public async Task<PublishReport> RunAsync(int batchEvents, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAllAsync(batchEvents, cancellationToken);
        }
        catch (ServerUnreachableException gone)
        {
            return Report(ExitCode.Failed, gone.Message, []);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Report(ExitCode.Cancelled, "cancelled", []);
        }
    }

    private async Task<PublishReport> SendAllAsync(int batchEvents, CancellationToken cancellationToken)
    {
        await foreach (var line in file.ReadAsync(cancellationToken))
        {
            if (line.Faults.Count > 0)
            {
                // What stands before the fault is sound, so it is sent first: the report then says exactly how far it came.
                return await SendAsync(cancellationToken) ?? Stopped(line);
            }

            if (line.IsSystems)
            {
                leftOut++;
                continue;
            }

            if (batch.Count == batchEvents || body.WrittenCount + line.Event.Length > LargestBatchBytes)
            {
                if (await SendAsync(cancellationToken) is { } refused)
                {
                    return refused;
                }
            }

            Add(line);
        }

        return await SendAsync(cancellationToken) ?? Report(ExitCode.Done, null, []);
    }

    private void Add(FileLine line)
    {
        body.Write(batch.Count == 0 ? "["u8 : ","u8);
        body.Write(line.Event.Span);
        batch.Add(line);
    }

    /// <returns>Null when the batch is durable; otherwise the report of why this is the end.</returns>
    private async Task<PublishReport?> SendAsync(CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return null;
        }

        body.Write("]"u8);
        await SignInAsync(cancellationToken);
        var reply = await client.PublishAsync(body.WrittenMemory, cancellationToken);
        if (reply.Problem is { } problem)
        {
            return Refused(problem);
        }

        foreach (var result in reply.Value!.Results)
        {
            recorded += result.Duplicate ? 0 : 1;
            repeated += result.Duplicate ? 1 : 0;
            position = Math.Max(position, result.Position);
        }

        lastLine = batch[^1].Number;
        batch.Clear();
        body.ResetWrittenCount();
        progress.Show(recorded + repeated, bytesRead());
        return null;
    }

    /// <summary>A token of Development covers the sources that it was asked for, so a new source asks for another.</summary>
    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        var before = sources.Count;
        sources.UnionWith(batch.Select(line => line.Source).OfType<string>());
        if (sources.Count > before)
        {
            string[] roles = ["publisher", "coordinator", "evaluator", .. isHistory ? ["operator"] : Array.Empty<string>()];
            await client.SignInForDevelopmentAsync(roles, [.. sources], cancellationToken);
        }
    }

    private PublishReport Stopped(FileLine line) => Report(
        ExitCode.Failed,
        $"line {line.Number} cannot be read, and nothing from it on was sent",
        [.. line.Faults.Select(fault => new PublishFault(line.Number, file.PlaceOf(fault.Pointer), fault.Detail))]);

    private PublishReport Refused(Problem problem) => Report(
        problem.Status is 409 or 412 or 422 ? ExitCode.Refused : ExitCode.Failed,
        $"lines {batch[0].Number} to {batch[^1].Number} were refused, and nothing of them is stored: "
            + problem.Sentence,
        [.. (problem.Errors ?? []).Select(Fault)]);

    /// <summary>The pointer begins with the event's place in the batch: <c>#/16/data/kind</c>.</summary>
    private PublishFault Fault(ProblemError error)
    {
        var steps = Uri.UnescapeDataString(error.Pointer.TrimStart('#')).Split('/', 3);
        return steps.Length > 1 && int.TryParse(steps[1], CultureInfo.InvariantCulture, out var index) && index < batch.Count
            ? new PublishFault(batch[index].Number, file.PlaceOf(steps.Length > 2 ? $"/{steps[2]}" : ""), error.Detail)
            : new PublishFault(batch[0].Number, error.Pointer, error.Detail);
    }

    private PublishReport Report(int exitCode, string? stopped, IReadOnlyList<PublishFault> faults) =>
        new(recorded, repeated, leftOut, lastLine, position, stopped, faults) { ExitCode = exitCode };
}

/// <param name="Recorded">Events that are new in the log.</param>
/// <param name="Repeated">Events that were there already.</param>
/// <param name="LeftOut">Events of imported history that the other system had recorded of itself.</param>
/// <param name="LastLine">Everything up to this line is in the log; 0 for nothing.</param>
/// <param name="Position">The highest position among them.</param>
/// <param name="Stopped">Why it stopped before the end; absent where it did not.</param>
internal sealed record PublishReport(
    long Recorded, long Repeated, long LeftOut, int LastLine, long Position, string? Stopped, IReadOnlyList<PublishFault> Faults)
{
    [JsonIgnore]
    public int ExitCode { get; init; }
}

/// <param name="Line">Of the file, from 1.</param>
/// <param name="Place">JSON pointer into the event, or a column of the file.</param>
internal sealed record PublishFault(int Line, string Place, string Detail);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PublishReport))]
internal sealed partial class PublishJson : JsonSerializerContext;
