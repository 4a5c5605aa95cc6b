using System.Security.Cryptography;
using LofteEvents.Log;
using LofteEvents.Postgres.Auditing;
using LofteEvents.Postgres.Sealing;
using LofteEvents.Tests.Postgres.Sealing;
using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Tests.Postgres.Auditing;

/// <summary>
/// A sealed log of thirty events, the key that an auditor noted down and the checkpoint that he kept; proved whole before
/// anything is done to it, so that what is found afterwards is the deed.
/// </summary>
internal sealed class AuditedLog : IAsyncDisposable
{
    public const int Events = 30;

    private AuditedLog(SealedLog log, LogKey key, byte[] kept) => (Log, Key, Kept) = (log, key, kept);

    public SealedLog Log { get; }

    public LogKey Key { get; }

    /// <summary>The newest checkpoint, kept by the auditor.</summary>
    public byte[] Kept { get; }

    public static async Task<AuditedLog> CreateAsync(CancellationToken cancellationToken)
    {
        var log = await SealedLog.CreateAsync(Events - 10, cancellationToken);
        (await log.SealAsync(cancellationToken)).Alarm.ShouldBeNull();

        // A gap, as a rollback leaves it: where somebody may put a row afterwards.
        await log.AsSuperuserAsync("SELECT nextval('lofte.mt_events_sequence')", cancellationToken);
        await log.ArmAsync(cancellationToken);
        await log.SayAsync(10, cancellationToken);
        (await log.SealAsync(cancellationToken)).Alarm.ShouldBeNull();
        var audited = new AuditedLog(
            log, await log.KeyAsync(cancellationToken), (await NewestAsync(log, cancellationToken)).Note);
        (await audited.FoundAsync(cancellationToken)).ShouldBeEmpty("the clean control");
        return audited;
    }

    /// <summary>Names of the checks that found something, each with the first position that it names.</summary>
    public async Task<IReadOnlyList<string>> FoundAsync(CancellationToken cancellationToken, bool withKept = false)
    {
        await using var database = await AuditedDatabase.OpenAsync(Log.Database.App, cancellationToken);
        return await FoundAsync(database, cancellationToken, withKept);
    }

    public async Task<IReadOnlyList<string>> FoundAsync(
        IAuditedLog database, CancellationToken cancellationToken, bool withKept = false)
    {
        var report = await ReportAsync(database, cancellationToken, withKept);
        return
        [
            .. report.Checks.Where(check => check.First is not null).Select(check =>
                check.First!.Position is { } position ? $"{check.Name} @{position}" : check.Name),
        ];
    }

    public Task<AuditReport> ReportAsync(IAuditedLog log, CancellationToken cancellationToken, bool withKept = false) =>
        new LogAudit(log, new AuditTrust([Key], [], 0, withKept ? [Kept] : [])).RunAsync(null, cancellationToken);

    /// <summary>What the sealer says when it is started after the deed.</summary>
    public async Task<string?> AlarmAsync(CancellationToken cancellationToken) =>
        (await Log.SealAsync(cancellationToken)).Alarm?.Code;

    /// <summary>Does the deed and puts the triggers back, as somebody would who does not want to be seen.</summary>
    public async Task DoAsync(string sql, CancellationToken cancellationToken)
    {
        await Log.AsSuperuserAsync(sql, cancellationToken);
        await Log.ArmAsync(cancellationToken);
    }

    /// <summary>Changes the payload of an event, then its leaf, then every tile, so that only the signature is left.</summary>
    public async Task RewriteAsync(long position, bool tiles, CancellationToken cancellationToken)
    {
        await DoAsync(
            $$"""UPDATE lofte.mt_events SET data = '{"kind":"other"}' WHERE seq_id = {{position}}""", cancellationToken);
        await using var connection = await Log.Database.Owner.OpenConnectionAsync(cancellationToken);
        var rows = new List<StoredRow>();
        await foreach (var row in LogRows.ReadAsync(connection, 0, long.MaxValue, cancellationToken))
        {
            rows.Add(row);
        }

        var tree = GrowingTree.From(new SealedAnchor(0, 0, []), new Dictionary<int, byte[]>())!;
        foreach (var row in rows)
        {
            tree.Append(row.Event.Position, Leaf.From(row.Event, tree.Size, row.Parts).Encode());
        }

        foreach (var (leaf, index) in tree.Leaves.Select((leaf, index) => (leaf, index)))
        {
            await ExecuteAsync(
                connection,
                "UPDATE lofte.log_leaf SET leaf = $1 WHERE leaf_index = $2",
                cancellationToken,
                leaf.Bytes,
                (long)index);
        }

        foreach (var tile in tiles ? tree.Tiles() : [])
        {
            await ExecuteAsync(
                connection,
                "UPDATE lofte.log_tile SET hashes = $1 WHERE level = $2 AND tile_index = $3",
                cancellationToken,
                tile.Hashes,
                (short)tile.Level,
                (long)tile.Index);
        }

        Rewritten = new Checkpoint(Key.Name, tree.Size, tree.Root());
    }

    /// <summary>The checkpoint that the rewritten history would have.</summary>
    public Checkpoint? Rewritten { get; private set; }

    /// <summary>Puts another note in the newest checkpoint's place, and takes the older ones away.</summary>
    public async Task ForgeAsync(byte[] note, CancellationToken cancellationToken)
    {
        await using var connection = await Log.Database.Owner.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(
            connection,
            "DELETE FROM lofte.log_checkpoint WHERE size < (SELECT max(size) FROM lofte.log_checkpoint)",
            cancellationToken);
        await ExecuteAsync(connection, "UPDATE lofte.log_checkpoint SET note = $1", cancellationToken, note);
    }

    public async Task<byte[]> SignAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        using var key = (await LogKeyFile.ReadAsync(Log.Folder.KeyFile, cancellationToken)).ShouldNotBeNull();
        return Sign(checkpoint, key);
    }

    public static byte[] Sign(Checkpoint checkpoint, ECDsa key) =>
        SignedNote.Of(checkpoint.ToText(), new LogSigner(checkpoint.Origin, key).Sign(checkpoint)).ToBytes();

    public static async Task<(long Size, byte[] Note)> NewestAsync(SealedLog log, CancellationToken cancellationToken)
    {
        await using var command = log.Database.App.CreateCommand(
            "SELECT size, note FROM lofte.log_checkpoint ORDER BY incarnation DESC, size DESC LIMIT 1");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }

    public ValueTask DisposeAsync() => Log.DisposeAsync();

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(value is byte[] bytes
                ? new NpgsqlParameter { Value = bytes, NpgsqlDbType = NpgsqlDbType.Bytea }
                : new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
