using System.Text.Json;
using LofteEvents.Notices;
using LofteEvents.Postgres.Notices;
using LofteEvents.Server.Hosting;
using Npgsql;

namespace LofteEvents.Server.Channels;

/// <summary>
/// Reads receipts from folders and says them to their cases: letters that were posted, and what the access point answers. A
/// file is put away only when its case has it, so none is lost; and a case that hears it again is not changed by it.
/// </summary>
internal sealed partial class ReceiptFolders(
    ChannelFolder folder, NoticeWorkers workers, TimeProvider clock, ILogger<ReceiptFolders> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var looks = new PeriodicTimer(BetweenLooks, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await looks.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NpgsqlException
                or EventStoreUnavailableException)
            {
                LogInterrupted(fault.Message);
                await looks.WaitForNextTickAsync(stoppingToken);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Files(folder.LettersPosted, "*.pdf"))
        {
            if (ChannelFolder.Read(Path.GetFileNameWithoutExtension(file)) is { } of)
            {
                await workers.ReceiveAsync(of.Notice, of.Attempt, NoticeChannels.Letter, null, cancellationToken);
                PutAway(file, folder.LettersDone);
            }
        }

        foreach (var file in Files(folder.SecureIn, "*.json"))
        {
            var receipt = await ReadAsync(file, cancellationToken);
            if (receipt is null || ChannelFolder.Read(receipt.MessageId) is not { } of)
            {
                LogUnreadable(Path.GetFileName(file));
                PutAway(file, folder.SecureUnread);
                continue;
            }

            var reason = receipt.Status == "ACCEPTED" ? null : receipt.ReasonCode;
            await workers.ReceiveAsync(of.Notice, of.Attempt, NoticeChannels.SecureDigital, reason, cancellationToken);
            PutAway(file, folder.SecureDone);
        }
    }

    private static async Task<SecureReceipt?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllBytesAsync(file, cancellationToken);
            var receipt = JsonSerializer.Deserialize(text, SecureDigitalJson.Default.SecureReceipt);
            var isOne = receipt?.Status is "ACCEPTED" or "REJECTED" && receipt.Reason?.Contains('\0') != true;
            return isOne ? receipt : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string[] Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];

    /// <summary>Another process may have been faster.</summary>
    private static void PutAway(string file, string where)
    {
        Directory.CreateDirectory(where);
        try
        {
            File.Move(file, Path.Combine(where, Path.GetFileName(file)), overwrite: true);
        }
        catch (FileNotFoundException)
        {
            // It is put away.
        }
    }

    [LoggerMessage(
        LogEvents.ReceiptsInterrupted, LogLevel.Warning, "Receipts cannot be taken in now and are tried again: {Reason}")]
    private partial void LogInterrupted(string reason);

    [LoggerMessage(
        LogEvents.ReceiptUnreadable, LogLevel.Warning, "The receipt {File} cannot be read, or is to nothing that was sent here.")]
    private partial void LogUnreadable(string file);
}
