// C2SP tlog-witness https://c2sp.org/tlog-witness
using System.Globalization;
using System.Text;
using LofteEvents.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LofteEvents.Cli.Witnessing;

/// <summary>
/// The witness as a small web server with one address, <c>POST /add-checkpoint</c>: it cosigns a checkpoint that continues the
/// last one it cosigned, and answers everything else with the specification's status codes.
/// </summary>
internal sealed class WitnessHost(WitnessSigner signer, IReadOnlyList<LogKey> logs, WitnessMemory memory, TimeProvider time)
{
    private const long MostBytes = SignedNote.LargestBytes + 8192;
    private const string SizeType = "text/x.tlog.size";
    private const string Text = "text/plain; charset=utf-8";

    /// <param name="url">Where it listens.</param>
    public WebApplication Build(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBytes;
        });
        var app = builder.Build();
        app.MapPost("/add-checkpoint", (RequestDelegate)AddAsync);
        return app;
    }

    private async Task AddAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (!AddCheckpoint.TryParse(body.GetBuffer().AsSpan(0, (int)body.Length), out var request, out var refusal))
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, Text, refusal.Sentence + "\n");
            return;
        }

        // A log that is not watched gets no file.
        if (!logs.Any(key => key.Name == request.Checkpoint.Origin))
        {
            await AnswerAsync(context, StatusCodes.Status404NotFound, Text, "This witness does not watch that log.\n");
            return;
        }

        var (verdict, size) = (WitnessVerdict.UnknownLog, 0UL);
        NoteSignature? cosignature = null;
        await memory.ExchangeAsync(
            request.Checkpoint.Origin,
            latest =>
            {
                (verdict, size) = (request.Judge(logs, latest), latest?.Size ?? 0);
                if (verdict != WitnessVerdict.Cosign)
                {
                    return null;
                }

                cosignature = signer.Cosign(request.Checkpoint, time.GetUtcNow());
                return SignedNote.Of(request.Note.Text, cosignature);
            },
            context.RequestAborted);
        await AnswerAsync(context, verdict, size, cosignature);
    }

    private static Task AnswerAsync(HttpContext context, WitnessVerdict verdict, ulong size, NoteSignature? cosignature) =>
        verdict switch
        {
            WitnessVerdict.Cosign => AnswerAsync(context, StatusCodes.Status200OK, Text, $"{cosignature!.ToLine()}\n"),
            WitnessVerdict.UnknownLog =>
                AnswerAsync(context, StatusCodes.Status404NotFound, Text, "This witness does not watch that log.\n"),
            WitnessVerdict.Unsigned =>
                AnswerAsync(context, StatusCodes.Status403Forbidden, Text, "No trusted key of that log signed the checkpoint.\n"),
            WitnessVerdict.Backwards =>
                AnswerAsync(context, StatusCodes.Status400BadRequest, Text, "The old size is larger than the checkpoint's.\n"),
            WitnessVerdict.OtherSize or WitnessVerdict.OtherRoot => AnswerAsync(
                context, StatusCodes.Status409Conflict, SizeType, size.ToString(CultureInfo.InvariantCulture) + "\n"),
            _ => AnswerAsync(
                context, StatusCodes.Status422UnprocessableEntity, Text, "The proof does not lead to the checkpoint's root.\n"),
        };

    private static async Task AnswerAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
    }
}
