using LofteEvents.Log;
using Npgsql;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// What a sealer does first: remembers, or begins a log where there has never been one. A state or a key that is gone is never
/// made anew beside a log that is there.
/// </summary>
internal sealed class SealerBegin(
    NpgsqlConnection connection, LogFolder folder, SealerOptions options, TimeProvider time, Action<SealerStep> passed)
{
    /// <returns>State and keys, or an alarm.</returns>
    public async Task<(SealerState? State, SealerKeys? Keys, SealerAlarm? Alarm)> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var published = await LogTables.PublishedAsync(connection, cancellationToken);
            var state = await SealerState.ReadAsync(folder, cancellationToken);
            if (state is null && (published.Leaves > 0 || published.Incarnation > 0 || File.Exists(folder.KeyFile)))
            {
                return (null, null, Lost(published));
            }

            state ??= await NewStateAsync(cancellationToken);
            if (state.Origin.Authority != options.Authority)
            {
                return (null, null, Renamed(state));
            }

            return await WithKeysAsync(state, cancellationToken);
        }
        catch (FormatException unreadable)
        {
            return (null, null, Alarm(SealerAlarms.StateLost, unreadable.Message));
        }
    }

    /// <summary>The state comes before the key: a key without a state is a state that was lost.</summary>
    private async Task<SealerState> NewStateAsync(CancellationToken cancellationToken)
    {
        var state = SealerState.New(new LogOrigin(options.Authority, 1));
        await state.WriteAsync(folder, cancellationToken);
        passed(SealerStep.Began);
        return state;
    }

    private async Task<(SealerState?, SealerKeys?, SealerAlarm?)> WithKeysAsync(
        SealerState state, CancellationToken cancellationToken)
    {
        if (state.Size == 0 && state.Origin.Incarnation == 1 && !File.Exists(folder.KeyFile))
        {
            (await LogKeyFile.MakeAsync(folder.KeyFile, cancellationToken)).Dispose();
        }

        if (await ReadKeysAsync(state, cancellationToken) is not { } keys)
        {
            return (null, null, Alarm(
                SealerAlarms.KeyLost,
                $"The log's key is not at {folder.KeyFile}, or cannot be read. Bring it back from where it is kept, or rotate it "
                + "openly with 'lofte log rotate-key'."));
        }

        foreach (var signer in keys.Signers.Reverse())
        {
            await LogTables.KeyAsync(connection, signer.Key, cancellationToken);
        }

        return (state, keys, null);
    }

    private async Task<SealerKeys?> ReadKeysAsync(SealerState state, CancellationToken cancellationToken)
    {
        try
        {
            return await SealerKeys.ReadAsync(folder, state.Origin, cancellationToken);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private SealerAlarm Lost(Published published) => Alarm(
        SealerAlarms.StateLost,
        $"There is a sealed log of {Math.Max(published.Leaves, published.Size)} leaves, or its key, and the sealer's state is "
        + $"not at {folder.StateFile}: it cannot know what it sealed. Bring the state back from where it is kept, or go on "
        + "openly with 'lofte log continue'.");

    private SealerAlarm Renamed(SealerState state) => Alarm(
        SealerAlarms.OriginChanged,
        $"The log is '{state.Origin}', and Lofte__Log__Origin says '{options.Authority}': a log keeps its name. Set it back.");

    private SealerAlarm Alarm(string code, string sentence) => new(code, sentence, null, time.GetUtcNow());
}
