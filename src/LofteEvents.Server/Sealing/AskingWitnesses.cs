// C2SP tlog-witness https://c2sp.org/tlog-witness
using System.Globalization;
using System.Net;
using LofteEvents.Log;
using LofteEvents.Postgres.Sealing;
using LofteEvents.Server.Hosting;
using Npgsql;

namespace LofteEvents.Server.Sealing;

/// <summary>
/// Asks the witnesses to cosign each new checkpoint, and adds what they answer to it. A witness that is away delays nothing: the
/// checkpoint is published without it, and the next one is asked for again.
/// </summary>
internal sealed partial class AskingWitnesses(
    IReadOnlyList<WitnessSettings> witnesses,
    Cosigning log,
    SealerStatus status,
    IHttpClientFactory clients,
    TimeProvider time,
    ILogger<AskingWitnesses> logger) : BackgroundService
{
    public const string Client = "witness";

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(witnesses.Select(witness => FollowAsync(witness, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>One witness, one request after the other: it wants to see each checkpoint continue the one before.</summary>
    private async Task FollowAsync(WitnessSettings witness, CancellationToken cancellationToken)
    {
        var known = 0UL;
        Checkpoint? cosigned = null;
        while (true)
        {
            await status.WhenAsync(now => now.Checkpoint is { Size: > 0 } newest && newest != cosigned, cancellationToken);
            try
            {
                (known, var done) = await AskAsync(witness, known, cancellationToken);
                cosigned = done ?? cosigned;
            }
            catch (Exception away) when (IsAway(away, cancellationToken))
            {
                LogAway(logger, witness.Key.Name, away.Message);
            }

            if (status.Now.Checkpoint != cosigned)
            {
                await Task.Delay(BetweenTries, time, cancellationToken);
            }
        }
    }

    /// <summary>A request that took too long is cancelled too, and not by who stops the server.</summary>
    private static bool IsAway(Exception fault, CancellationToken stopping) =>
        fault is HttpRequestException or NpgsqlException or TimeoutException
        || (fault is OperationCanceledException && !stopping.IsCancellationRequested);

    /// <returns>The size that the witness knows, and the checkpoint that it cosigned; null where it did not.</returns>
    private async Task<(ulong Known, Checkpoint? Cosigned)> AskAsync(
        WitnessSettings witness, ulong known, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < 2; tries++)
        {
            if (await log.NewestAsync(cancellationToken) is not { } newest
                || await log.ProveGrowthAsync(known, newest.Checkpoint.Size, cancellationToken) is not { } proof)
            {
                return (0, null);
            }

            var request = new AddCheckpoint(known, proof, newest.Note, newest.Checkpoint);
            using var client = clients.CreateClient(Client);
            using var content = new ByteArrayContent(request.ToBytes());
            using var answer = await client.PostAsync(witness.Url, content, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                var added = await AddAsync(witness, newest, text, cancellationToken);
                return (newest.Checkpoint.Size, added ? newest.Checkpoint : null);
            }

            if (answer.StatusCode != HttpStatusCode.Conflict
                || !ulong.TryParse(text.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var other)
                || other == known || other > newest.Checkpoint.Size)
            {
                LogRefused(logger, witness.Key.Name, (int)answer.StatusCode, newest.Checkpoint.Size, text.TrimEnd('\n'));
                return (known, null);
            }

            known = other;
        }

        return (known, null);
    }

    /// <summary>Believes nothing but a good signature of that witness's key.</summary>
    private async Task<bool> AddAsync(
        WitnessSettings witness, PublishedCheckpoint newest, string text, CancellationToken cancellationToken)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (NoteSignature.TryParse(line, out var signature)
                && SignedNote.Of(newest.Note.Text, signature).TryVerify([witness.Key], out _, out _))
            {
                LogCosigned(logger, witness.Key.Name, newest.Checkpoint.Size);
                return await log.CosignAsync(newest, signature, cancellationToken);
            }
        }

        LogRefused(logger, witness.Key.Name, 200, newest.Checkpoint.Size, "the answer has no good signature of its key");
        return false;
    }

    [LoggerMessage(LogLevel.Debug, "Witness {Witness} cosigned the checkpoint of {Size} leaves.")]
    private static partial void LogCosigned(ILogger logger, string witness, ulong size);

    [LoggerMessage(LogLevel.Warning, "Witness {Witness} cannot be asked: {Reason}")]
    private static partial void LogAway(ILogger logger, string witness, string reason);

    [LoggerMessage(
        LogLevel.Error, "Witness {Witness} answered {Status} and does not cosign the checkpoint of {Size} leaves: {Reason}")]
    private static partial void LogRefused(ILogger logger, string witness, int status, ulong size, string reason);
}
