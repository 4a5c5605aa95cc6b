using System.Text.Json;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// Why a sealer stopped: the database does not show what was sealed, or what the sealer itself should remember is gone. It is
/// kept in the folder, so that a restart does not forget it.
/// </summary>
/// <param name="Code">One of <c>SealerAlarms</c>; stable.</param>
/// <param name="Sentence">What, where, and what to do.</param>
/// <param name="Position">Of the event, where it is about one.</param>
public sealed record SealerAlarm(string Code, string Sentence, long? Position, DateTimeOffset At)
{
    internal static async Task<SealerAlarm?> ReadAsync(LogFolder folder, CancellationToken cancellationToken)
    {
        if (await DurableFile.ReadAsync(folder.AlarmFile, cancellationToken) is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, SealingJson.Default.SealerAlarm);
        }
        catch (JsonException)
        {
            return new SealerAlarm("log.alarm", $"{folder.AlarmFile} cannot be read.", null, default);
        }
    }

    internal Task WriteAsync(LogFolder folder, CancellationToken cancellationToken)
    {
        folder.Make();
        return DurableFile.ReplaceAsync(
            folder.AlarmFile, JsonSerializer.SerializeToUtf8Bytes(this, SealingJson.Default.SealerAlarm), cancellationToken);
    }
}

/// <summary>The alarms' codes.</summary>
internal static class SealerAlarms
{
    /// <summary>The database shows a sealed log, and this sealer's memory of it is gone.</summary>
    public const string StateLost = "log.state-lost";

    /// <summary>The database shows more than this sealer remembers having sealed: its memory was rolled back.</summary>
    public const string StateBehind = "log.state-behind";

    /// <summary>The key is gone, or unreadable.</summary>
    public const string KeyLost = "log.key-lost";

    /// <summary>The settings name another authority than the state.</summary>
    public const string OriginChanged = "log.origin-changed";

    /// <summary>Sealed events are gone, or hidden.</summary>
    public const string RowsMissing = "log.rows-missing";

    /// <summary>Sealed events are not what they were, or others stand between them.</summary>
    public const string RowsChanged = "log.rows-changed";

    /// <summary>The published leaves, tiles or checkpoint are not what was sealed.</summary>
    public const string TreeChanged = "log.tree-changed";

    /// <summary>A new event has no leaf, so nothing behind it can be sealed.</summary>
    public const string Unsealable = "log.unsealable";
}
